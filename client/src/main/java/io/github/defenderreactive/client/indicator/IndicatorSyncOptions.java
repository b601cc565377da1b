package io.github.defenderreactive.client.indicator;

import java.util.regex.Pattern;

/**
 * Options of a sync. Immutable.
 *
 * <p>The owner marks the indicators that a sync has created: {@code [owner: NAME]} is added to the end of their
 * description. A sync deletes only the indicators of its owner, and updates only these unless it takes over others. So
 * several programs and the portal can use one tenant. An indicator whose mark is removed no longer belongs to the
 * owner.
 *
 * @since 0.1.0
 */
public final class IndicatorSyncOptions {

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String owner;
    private final boolean deleteMissing;
    private final boolean takeOver;
    private final boolean dryRun;

    private IndicatorSyncOptions(String owner, boolean deleteMissing, boolean takeOver, boolean dryRun) {
        this.owner = owner;
        this.deleteMissing = deleteMissing;
        this.takeOver = takeOver;
        this.dryRun = dryRun;
    }

    /**
     * Returns options that create and update indicators of an owner, and delete nothing.
     *
     * @param owner a name of letters, digits, dots, underscores and hyphens that begins with a letter or digit, at most
     *     64 characters; another program needs another one
     * @return the options
     * @throws IllegalArgumentException if it is another text
     */
    public static IndicatorSyncOptions ownedBy(String owner) {
        if (!OWNER.matcher(owner).matches()) {
            throw new IllegalArgumentException(
                    "owner must be 1 to 64 letters, digits, '.', '_' and '-', was '" + owner + "'");
        }
        return new IndicatorSyncOptions(owner, false, false, false);
    }

    /**
     * Returns options that also delete the indicators of the owner that are not wanted, all of them if none is wanted.
     *
     * @return the options
     */
    public IndicatorSyncOptions deleteMissing() {
        return new IndicatorSyncOptions(owner, true, takeOver, dryRun);
    }

    /**
     * Returns options that also update wanted indicators that exist without an owner or with another one, and make them
     * those of this owner. Without this option they are reported as failures, unless they exist as wanted.
     *
     * @return the options
     */
    public IndicatorSyncOptions takeOver() {
        return new IndicatorSyncOptions(owner, deleteMissing, true, dryRun);
    }

    /**
     * Returns options that send nothing: the report names the changes that would be made.
     *
     * @return the options
     */
    public IndicatorSyncOptions dryRun() {
        return new IndicatorSyncOptions(owner, deleteMissing, takeOver, true);
    }

    /** Returns the mark of the owner. */
    String mark() {
        return "[owner: " + owner + "]";
    }

    boolean deletesMissing() {
        return deleteMissing;
    }

    boolean takesOver() {
        return takeOver;
    }

    boolean isDryRun() {
        return dryRun;
    }
}
