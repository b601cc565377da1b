package io.github.defenderreactive.cli.soak;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Scanner;

/**
 * One row of the series.
 *
 * @param heapKib the heap in use after a full collection, which is all that is still reachable
 * @param directKib buffers outside the heap, whole chunks of Netty's allocator included
 */
record Sample(long seconds, long items, long watched, long heapKib, long directKib) {

    private static final String FORMAT = "sample %d s, %d items, %d watched, %d KiB heap, %d KiB direct";

    static Sample take(long seconds, long items, long watched) {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Sample(seconds, items, watched, heap / 1024, direct() / 1024);
    }

    /** Returns the sum of the buffers that the JDK counts and those that Netty allocates without the JDK. */
    private static long direct() {
        long bytes = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            bytes += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return bytes;
    }

    static boolean is(String line) {
        return line.startsWith("sample ");
    }

    static Sample parse(String line) {
        Scanner numbers = new Scanner(line).useDelimiter("[^0-9]+");
        return new Sample(
                numbers.nextLong(), numbers.nextLong(), numbers.nextLong(), numbers.nextLong(), numbers.nextLong());
    }

    @Override
    public String toString() {
        return String.format(FORMAT, seconds, items, watched, heapKib, directKib);
    }
}
