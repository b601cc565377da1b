package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * Memory that is released when no other is left, so that subscribers can be notified and connections closed. There is
 * one for the process, because memory runs out for all of it.
 *
 * @since 0.1.0
 */
public final class MemoryReserve {

    /** Below half of the smallest region of the collector, so that it is an ordinary object. */
    private static final int BYTES = 400 << 10;

    private static volatile byte @Nullable [] reserve = new byte[BYTES];

    private MemoryReserve() {}

    /**
     * Allocates the reserve again if it was released. Called where work starts; the first call also loads the classes
     * that report a failure, because a class cannot be loaded without memory.
     */
    public static void refill() {
        if (reserve == null) {
            reserve = new byte[BYTES];
        }
        JvmErrorException.load();
        DroppedFailure.load();
    }

    static void release() {
        reserve = null;
    }
}
