package io.github.defenderreactive.client.watch;

/** Mistakes that other connectors were seen to make, to show that the simulation finds each. */
enum Flaw {
    NONE("none"),
    /** {@code gt} for {@code ge}. */
    STRICT_GREATER_THAN("`gt` instead of `ge`"),
    /** Every poll begins at the watermark. */
    NO_OVERLAP("no overlap"),
    /** The watermark moves before the consumer has acknowledged. */
    WATERMARK_BEFORE_ACKNOWLEDGEMENT("the watermark moves before the acknowledgement"),
    /** Pages counted over a list that rows leave. */
    SKIP_OVER_A_MOVING_LIST("pages counted by `$skip` over a list with an upper bound"),
    /** The store keeps the time and not what was seen. */
    ONLY_THE_CURSOR_IS_KEPT("the store keeps the cursor and not what was seen");

    private final String words;

    Flaw(String words) {
        this.words = words;
    }

    /** As the documentation calls it. */
    String words() {
        return words;
    }
}
