package io.github.defenderreactive.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * Memory that is given up when there is no other left, so that subscribers can be told and connections closed. One for the
 * process, because memory runs out for all of it.
 *
 * @since 0.1.0
 */
public final class MemoryReserve {

    /** Below half of the smallest region of the collector, so that it is an ordinary object. */
    private static final int BYTES = 400 << 10;

    private static volatile byte @Nullable [] reserve = new byte[BYTES];

    private MemoryReserve() {}

    /**
     * Lays the reserve up again, if it was given up. Called where work begins; the first call also loads what is needed to
     * tell a failure, because a class cannot be loaded without memory.
     */
    public static void refill() {
        if (reserve == null) {
            reserve = new byte[BYTES];
        }
        JvmErrorException.load();
        DroppedFailure.load();
    }

    static void giveUp() {
        reserve = null;
    }
}
