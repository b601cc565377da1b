package io.github.defenderreactive.client.cursor;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;

/**
 * The position of a watch. {@link #toString()} prints it and {@link #parse(String)} reads it. The text has a version,
 * so that later releases can still read it. A watch that starts from a cursor alone loses nothing, but repeats the
 * versions within the overlap. A {@link CursorStore} stores the delivered versions too.
 *
 * @param start items that were last updated earlier are not delivered
 * @param watermark all items that were last updated earlier are delivered and acknowledged, except for late arrivals
 * @param swept the watermark at the last poll of the deepest overlap
 * @since 0.1.0
 */
public record Cursor(Instant start, Instant watermark, Instant swept) {

    private static final String VERSION = "w1";

    /**
     * Checks that no component is null.
     *
     * @param start items that were last updated earlier are not delivered
     * @param watermark all items that were last updated earlier are delivered and acknowledged, except for late
     *     arrivals
     * @param swept the watermark at the last poll of the deepest overlap
     */
    public Cursor {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(swept, "swept");
    }

    /**
     * Returns the cursor of a watch that has read nothing yet.
     *
     * @param start the first update time to deliver
     * @return the cursor
     */
    public static Cursor startingAt(Instant start) {
        return new Cursor(start, start, start);
    }

    /**
     * Reads a cursor from the text that {@link #toString()} returns.
     *
     * @param text the text
     * @return the cursor
     * @throws IllegalArgumentException if it is not a cursor, or one of a later release
     */
    public static Cursor parse(String text) {
        String[] parts = text.split("_", -1);
        if (!parts[0].equals(VERSION) || parts.length != 4) {
            throw new IllegalArgumentException("cursor must have version " + VERSION + ", was " + text);
        }
        try {
            return new Cursor(Instant.parse(parts[1]), Instant.parse(parts[2]), Instant.parse(parts[3]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("cursor must consist of three times, was " + text, e);
        }
    }

    /** Returns one word without blanks, for {@link #parse(String)}. */
    @Override
    public String toString() {
        return VERSION + "_" + start + "_" + watermark + "_" + swept;
    }
}
