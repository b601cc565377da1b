package io.github.defenderreactive.runtime.internal.rows;

import java.util.HashSet;
import java.util.Set;

/**
 * Finds out that pages go in a circle, although each has a link of its own: for a number of pages in a row, every row is one
 * that came not long ago. Keeps fingerprints, and no more of them than fit in a few megabytes.
 */
public final class Recurrence {

    /** Pages in a row that may bring nothing new. */
    public static final int MOST_PAGES = 20;

    private static final int MOST_FINGERPRINTS = 16_384;

    private Set<Long> recent = new HashSet<>();
    private Set<Long> older = new HashSet<>();
    private int rows;
    private boolean fresh;
    private int pages;

    public void row(long fingerprint) {
        rows++;
        if (recent.contains(fingerprint) || older.contains(fingerprint)) {
            return;
        }
        fresh = true;
        if (recent.size() == MOST_FINGERPRINTS) {
            older = recent;
            recent = new HashSet<>();
        }
        recent.add(fingerprint);
    }

    /** The page begins again. */
    public void repeatPage() {
        rows = 0;
    }

    public void endPage() {
        if (rows > 0) {
            pages = fresh ? 0 : pages + 1;
        }
        rows = 0;
        fresh = false;
    }

    /** Whether the page that ends now is one too many. */
    public boolean circles() {
        return rows > 0 && !fresh && pages >= MOST_PAGES;
    }
}
