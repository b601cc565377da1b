package io.github.defenderreactive.client.watch;

/** Mistakes that other connectors were seen to make, to show that the simulation finds each. */
enum Flaw {
    NONE,
    /** {@code gt} for {@code ge}. */
    STRICT_GREATER_THAN,
    /** Every poll begins at the watermark. */
    NO_OVERLAP,
    /** The watermark moves before the consumer has acknowledged. */
    WATERMARK_BEFORE_ACKNOWLEDGEMENT,
    /** Pages counted over a list that rows leave. */
    SKIP_OVER_A_MOVING_LIST
}
