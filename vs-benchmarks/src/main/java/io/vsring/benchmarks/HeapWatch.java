package io.vsring.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What is on the heap after collections: what lives, and what has died among the old since the last full one. */
final class HeapWatch {

    private final AtomicLong peak = new AtomicLong();

    /** Begins to watch. */
    HeapWatch() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, unused) -> take(
                                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())),
                            notification -> notification
                                    .getType()
                                    .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
                            null);
        }
    }

    private void take(GarbageCollectionNotificationInfo info) {
        long bytes = 0;
        for (Map.Entry<String, MemoryUsage> pool :
                info.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
            bytes += pool.getKey().matches(".*(Eden|Survivor|Old|Tenured).*")
                    ? pool.getValue().getUsed()
                    : 0;
        }
        long used = bytes;
        peak.updateAndGet(before -> Math.max(before, used));
    }

    /** What lives now, in bytes. Collects everything. */
    static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Forgets what has been. */
    void restart() {
        peak.set(0);
    }

    /** The most that was there after a collection since the last {@link #restart}, in bytes. */
    long peakBytes() {
        return peak.get();
    }
}
