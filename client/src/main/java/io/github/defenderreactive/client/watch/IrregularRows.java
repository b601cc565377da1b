package io.github.defenderreactive.client.watch;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports rows that cannot be delivered. Each row is reported once, although every poll reads it again. Keeps a
 * fingerprint of each row, and no more than fit in a megabyte.
 */
final class IrregularRows {

    /** Limit of the characters of a row in a report. */
    static final int MOST_TEXT = 4096;

    static final int MOST_ROWS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(IrregularRows.class);

    private final String watch;
    private final Consumer<WatchEvent> listener;
    private final Set<Long> told = new HashSet<>();
    private boolean full;

    IrregularRows(String watch, Consumer<WatchEvent> listener) {
        this.watch = watch;
        this.listener = listener;
    }

    void report(String problem, String json) {
        if (isNew(json)) {
            String text = json.length() <= MOST_TEXT ? json : json.substring(0, MOST_TEXT);
            listener.accept(new WatchEvent.Irregular(watch, problem, text));
        }
    }

    private synchronized boolean isNew(String json) {
        long fingerprint = ((long) json.hashCode() << Integer.SIZE) ^ json.length() ^ reversed(json);
        if (told.contains(fingerprint)) {
            return false;
        }
        if (told.size() == MOST_ROWS) {
            if (!full) {
                full = true;
                LOG.warn("{}: more than {} rows cannot be delivered; further ones are not reported", watch, MOST_ROWS);
            }
            return false;
        }
        return told.add(fingerprint);
    }

    /** Returns a second hash, to distinguish rows with the same first hash. */
    private static long reversed(String json) {
        int hash = 0;
        for (int i = json.length() - 1; i >= 0; i--) {
            hash = 31 * hash + json.charAt(i);
        }
        return hash & 0xFFFFFFFFL;
    }
}
