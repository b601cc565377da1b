package io.github.defenderreactive.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Makes a leaked Netty buffer a failure: Netty itself only writes a log line. */
public final class LeakGuard {

    private static final ConcurrentLinkedQueue<String> REPORTS = new ConcurrentLinkedQueue<>();
    private static final int ROUNDS = 3;
    private static final long COLLECTED_WITHIN_MILLIS = 2_000;

    private LeakGuard() {}

    /** Must run before the first buffer class is loaded. */
    public static void install() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    /**
     * Collects garbage, so that every lost buffer is found, and fails if there is one.
     *
     * @throws AssertionError with Netty's account of where each was used
     */
    public static void check() {
        List<String> leaks = collect();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " leaked buffer(s):\n" + String.join("\n", leaks));
        }
    }

    /** Takes the reports up to now. */
    static List<String> collect() {
        for (int round = 0; round < ROUNDS; round++) {
            collectGarbage();
            // Netty looks for lost buffers only when it hands out one
            for (ByteBuf probe :
                    List.of(ByteBufAllocator.DEFAULT.directBuffer(1), ByteBufAllocator.DEFAULT.heapBuffer(1))) {
                probe.release();
            }
        }
        List<String> taken = new ArrayList<>();
        for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            taken.add(report);
        }
        return taken;
    }

    /** Returns when an object that became garbage here was found. */
    private static void collectGarbage() {
        ReferenceQueue<Object> found = new ReferenceQueue<>();
        PhantomReference<Object> canary = new PhantomReference<>(new Object(), found);
        System.gc();
        try {
            if (found.remove(COLLECTED_WITHIN_MILLIS) != canary) {
                throw new IllegalStateException("Garbage was not collected");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {

        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
            return new RecordingDetector<>(resource, samplingInterval);
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {

        @SuppressWarnings("deprecation")
        RecordingDetector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            REPORTS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            REPORTS.add(resourceType);
        }
    }
}
