package io.github.defenderreactive.cli.internal.progress;

/**
 * A measure of the progress of a command.
 *
 * @param unit what is counted, in a plural that ends in s
 * @param done the number that is done
 * @param total the expected number, or {@link #UNKNOWN}
 * @param context other figures to show, or an empty text
 * @param share the part of the work that is done, 0 to 1; 0 if it is unknown
 */
public record Measure(String unit, long done, long total, String context, double share) {

    /** The total of work whose size is not known in advance. */
    public static final long UNKNOWN = -1;

    /** The unit of bytes, which are shown in MB. */
    static final String BYTES = "bytes";

    /**
     * Returns a measure without other figures.
     *
     * @param unit what is counted, in the plural
     * @param done the number that is done
     * @param total the expected number, or {@link #UNKNOWN}
     * @return the measure
     */
    public static Measure of(String unit, long done, long total) {
        return new Measure(unit, done, total, "", total > 0 ? Math.min(1, (double) done / total) : 0);
    }
}
