package io.github.defenderreactive.client.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;

/**
 * Where a watch stands. Printable by {@link #toString()} and read back by {@link #parse(String)}; versioned, so that a
 * later release can still read it. On its own it loses nothing, but repeats what the overlap covers; a
 * {@link CursorStore} keeps what was delivered beside it.
 *
 * @param start nothing that was last updated before is delivered
 * @param watermark everything updated before was delivered and acknowledged, apart from late arrivals
 * @param swept the watermark when the deepest overlap was last read
 * @since 0.1.0
 */
public record Cursor(Instant start, Instant watermark, Instant swept) {

    private static final String VERSION = "w1";

    /**
     * Checks that nothing is null.
     *
     * @param start nothing that was last updated before is delivered
     * @param watermark everything updated before was delivered and acknowledged, apart from late arrivals
     * @param swept the watermark when the deepest overlap was last read
     */
    public Cursor {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(swept, "swept");
    }

    /**
     * A watch that has read nothing yet.
     *
     * @param start the first update wanted
     * @return the cursor
     */
    public static Cursor startingAt(Instant start) {
        return new Cursor(start, start, start);
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @param text the text
     * @return the cursor
     * @throws IllegalArgumentException if it is not a cursor, or one of a later release
     */
    public static Cursor parse(String text) {
        String[] parts = text.split("_", -1);
        if (!parts[0].equals(VERSION) || parts.length != 4) {
            throw new IllegalArgumentException("Not a cursor this release knows: " + text);
        }
        try {
            return new Cursor(Instant.parse(parts[1]), Instant.parse(parts[2]), Instant.parse(parts[3]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a cursor: " + text, e);
        }
    }

    /** One word without blanks, for {@link #parse(String)}. */
    @Override
    public String toString() {
        return VERSION + "_" + start + "_" + watermark + "_" + swept;
    }
}
