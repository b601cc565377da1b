package io.github.defenderreactive.runtime.internal.rows;

import java.util.HashSet;
import java.util.Set;

/**
 * Detector of pages that form a loop although each has another link: for a number of consecutive pages, every row was
 * received recently. Keeps fingerprints of at most a few megabytes.
 */
public final class Recurrence {

    /** Maximum number of consecutive pages without a new row. */
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

    /** Starts a retry of the page. */
    public void retryPage() {
        rows = 0;
    }

    public void endPage() {
        if (rows > 0) {
            pages = fresh ? 0 : pages + 1;
        }
        rows = 0;
        fresh = false;
    }

    /** Returns whether the current page exceeds the number of consecutive pages without a new row. */
    public boolean isLoop() {
        return rows > 0 && !fresh && pages >= MOST_PAGES;
    }
}
