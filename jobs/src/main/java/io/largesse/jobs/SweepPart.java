package io.largesse.jobs;

import io.largesse.coupons.CouponPartition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Some pages of a partition. A partition that grows gets more parts; those that it had stay as they were. */
record SweepPart(String partition, long firstPage, long lastPage) {

    /** 64 MiB, some 200,000 coupons. */
    private static final long PAGES = 8_192;

    private static final char SEPARATOR = '.';

    static SweepPart named(String stepName) {
        var name = stepName.substring(stepName.indexOf(':') + 1);
        var at = name.indexOf(SEPARATOR);
        var first = Long.parseLong(name.substring(at + 1)) * PAGES;
        return new SweepPart(name.substring(0, at), first, first + PAGES - 1);
    }

    /** Without pages that the partition does not have. */
    SweepPart within(long pages) {
        return new SweepPart(partition, firstPage, Math.min(lastPage, pages - 1));
    }

    static Map<String, ExecutionContext> of(List<CouponPartition> partitions) {
        var parts = new LinkedHashMap<String, ExecutionContext>();
        for (var partition : partitions) {
            for (long part = 0; part * PAGES < partition.pages(); part++) {
                parts.put(partition.name() + SEPARATOR + part, new ExecutionContext());
            }
        }
        return parts;
    }
}
