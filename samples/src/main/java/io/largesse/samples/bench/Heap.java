package io.largesse.samples.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The heap of this process: the most that was in it before a collection, and the most that a collection left. */
final class Heap {

    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong live = new AtomicLong();

    Heap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, handback) -> {
                                var info = GarbageCollectionNotificationInfo.from(
                                        (CompositeData) notification.getUserData());
                                max(peak, info.getGcInfo().getMemoryUsageBeforeGc());
                                max(live, info.getGcInfo().getMemoryUsageAfterGc());
                            },
                            null,
                            null);
        }
    }

    void reset() {
        System.gc();
        peak.set(0);
        live.set(0);
    }

    long peakMegabytes() {
        return peak.get() >> 20;
    }

    long liveMegabytes() {
        return live.get() >> 20;
    }

    private static void max(AtomicLong most, Map<String, MemoryUsage> pools) {
        var heap = pools.entrySet().stream()
                .filter(pool -> !pool.getKey().contains("Metaspace")
                        && !pool.getKey().contains("Code")
                        && !pool.getKey().contains("Class Space"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        most.accumulateAndGet(heap, Math::max);
    }
}
