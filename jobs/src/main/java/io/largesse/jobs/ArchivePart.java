package io.largesse.jobs;

import io.largesse.coupons.CouponPartition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Some pages of a partition, whose coupons are exported together and deleted together. */
record ArchivePart(String partition, long firstPage, long lastPage) {

    /** 16 MiB, some 45,000 coupons (125,000 of pages that were full): a second of work at most, since a run stops between two of them. */
    private static final long PAGES = 2_048;

    private static final char SEPARATOR = '.';

    static ArchivePart named(String name) {
        var at = name.indexOf(SEPARATOR);
        var first = Long.parseLong(name.substring(at + 1)) * PAGES;
        return new ArchivePart(name.substring(0, at), first, first + PAGES - 1);
    }

    /** Of a partition of a step. */
    static String nameOf(String stepName) {
        return stepName.substring(stepName.indexOf(':') + 1);
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
