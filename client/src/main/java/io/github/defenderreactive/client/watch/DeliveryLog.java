package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.SeenVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The versions that were delivered, and those that are not acknowledged yet. A delivered version stays known, whatever
 * version is delivered after it: if two replicas of the service disagree, each of their versions is delivered once.
 * Thread-safe, because acknowledgements come from any thread.
 */
final class DeliveryLog {

    /** Approximate memory of a version without its id, here and in a store in memory. */
    private static final int BYTES_OF_VERSION = 256;

    /** Limit of the versions of one item. Users do not cause more within the deepest overlap. */
    static final int MOST_VERSIONS = 64;

    /** One version of an item, linked to the version delivered before it. */
    private static final class Version {

        private final Instant updated;
        private final int poll;
        private final int digest;
        private @Nullable Version before;

        Version(Instant updated, int poll, int digest, @Nullable Version before) {
            this.updated = updated;
            this.poll = poll;
            this.digest = digest;
            this.before = before;
        }
    }

    private final Map<String, Version> versions = new HashMap<>();
    private final Set<SeenVersion> outstanding = new HashSet<>();
    private Sinks.@Nullable Empty<Void> settled;
    private boolean abandoned;
    private final long mostBytes;
    private long bytes;
    private int count;

    /**
     * Creates a log whose limit leaves room for the rest of the process, and for a store that keeps the same versions.
     */
    DeliveryLog() {
        this(Runtime.getRuntime().maxMemory() / 5 * 2);
    }

    /**
     * Creates an empty log.
     *
     * @param mostBytes approximate limit of its memory
     */
    DeliveryLog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void load(List<SeenVersion> seen) {
        seen.forEach(version -> note(version, 0, 0));
    }

    private void note(SeenVersion seen, int poll, int digest) {
        if (find(seen) == null) {
            Version newest = new Version(seen.lastUpdateTime(), poll, digest, versions.get(seen.id()));
            versions.put(seen.id(), newest);
            count(seen.id(), 1);
            limit(seen.id(), newest);
        }
    }

    private void limit(String id, Version newest) {
        Version last = newest;
        for (int i = 1; i < MOST_VERSIONS && last.before != null; i++) {
            last = last.before;
        }
        if (last.before != null) {
            last.before = null;
            count(id, -1);
        }
    }

    private void count(String id, int more) {
        count += more;
        bytes += (long) more * (BYTES_OF_VERSION + id.length());
    }

    private @Nullable Version find(SeenVersion seen) {
        Version version = versions.get(seen.id());
        while (version != null && !version.updated.equals(seen.lastUpdateTime())) {
            version = version.before;
        }
        return version;
    }

    /** Returns whether any version of an item was delivered. */
    synchronized boolean knows(String id) {
        return versions.containsKey(id);
    }

    /** Returns whether a version was delivered. */
    synchronized boolean knows(SeenVersion seen) {
        return find(seen) != null;
    }

    /** Returns whether a version was delivered in the same poll with other content. */
    synchronized boolean contradicts(SeenVersion seen, int poll, int digest) {
        Version version = find(seen);
        return version != null && version.poll == poll && version.digest != digest;
    }

    /**
     * Records a delivery.
     *
     * @param poll the number of the poll that read it, from 1
     * @param digest a hash of its content
     * @throws IllegalStateException if the log exceeds its limit
     */
    synchronized void delivered(SeenVersion seen, int poll, int digest) {
        note(seen, poll, digest);
        requireLimit();
        outstanding.add(seen);
    }

    private void requireLimit() {
        if (bytes > mostBytes) {
            throw new IllegalStateException("The watch must remember " + count + " versions, which take about "
                    + (bytes >> 20) + " MB, more than its limit of " + (mostBytes >> 20)
                    + " MB. Start at a later time, or give the JVM more memory");
        }
    }

    /**
     * Records a version that is not delivered.
     *
     * @return whether it was unknown
     */
    synchronized boolean remember(SeenVersion seen) {
        if (find(seen) != null) {
            return false;
        }
        note(seen, 0, 0);
        requireLimit();
        return true;
    }

    /** Discards everything when the watch has ended. */
    synchronized void abandon() {
        abandoned = true;
        versions.clear();
        outstanding.clear();
    }

    /** Returns whether a version waits for its acknowledgement, or may do so. */
    synchronized boolean isOutstanding(SeenVersion version) {
        return abandoned || outstanding.contains(version);
    }

    synchronized int outstanding() {
        return outstanding.size();
    }

    void acknowledged(SeenVersion version) {
        Sinks.Empty<Void> last = remove(version);
        if (last != null) {
            last.tryEmitEmpty();
        }
    }

    private synchronized Sinks.@Nullable Empty<Void> remove(SeenVersion version) {
        outstanding.remove(version);
        return outstanding.isEmpty() ? settled : null;
    }

    /** Completes when no version is outstanding. */
    synchronized Mono<Void> settled() {
        if (outstanding.isEmpty()) {
            return Mono.empty();
        }
        Sinks.Empty<Void> sink = Sinks.empty();
        settled = sink;
        return sink.asMono();
    }

    /** Returns the newest update seen up to a time, or null. */
    synchronized @Nullable Instant newestUntil(Instant time) {
        Instant newest = null;
        for (Version latest : versions.values()) {
            for (Version version = latest; version != null; version = version.before) {
                Instant updated = version.updated;
                if (!updated.isAfter(time) && (newest == null || updated.isAfter(newest))) {
                    newest = updated;
                }
            }
        }
        return newest;
    }

    /**
     * Forgets the versions before a time and returns them.
     *
     * @param retained whether the newest version of an item is kept all the same
     */
    synchronized List<SeenVersion> forgetBefore(Instant horizon, Predicate<String> retained) {
        List<SeenVersion> forgotten = new ArrayList<>();
        Iterator<Map.Entry<String, Version>> items = versions.entrySet().iterator();
        while (items.hasNext()) {
            Map.Entry<String, Version> item = items.next();
            Version latest = item.getValue();
            Version kept =
                    without(item.getKey(), latest, horizonOf(item.getKey(), latest, horizon, retained), forgotten);
            if (kept == null) {
                items.remove();
            } else {
                item.setValue(kept);
            }
        }
        return forgotten;
    }

    private static Instant horizonOf(String id, Version latest, Instant horizon, Predicate<String> retained) {
        Instant newest = latest.updated;
        for (Version version = latest; version != null; version = version.before) {
            newest = version.updated.isAfter(newest) ? version.updated : newest;
        }
        return newest.isBefore(horizon) && retained.test(id) ? newest : horizon;
    }

    private @Nullable Version without(String id, Version latest, Instant horizon, List<SeenVersion> forgotten) {
        Version first = null;
        Version last = null;
        for (Version version = latest; version != null; version = version.before) {
            if (version.updated.isBefore(horizon)) {
                forgotten.add(new SeenVersion(id, version.updated));
                count(id, -1);
            } else {
                if (last == null) {
                    first = version;
                } else {
                    last.before = version;
                }
                last = version;
            }
        }
        if (last != null) {
            last.before = null;
        }
        return first;
    }

    synchronized List<SeenVersion> all() {
        List<SeenVersion> all = new ArrayList<>(versions.size());
        versions.forEach((id, latest) -> {
            for (Version version = latest; version != null; version = version.before) {
                all.add(new SeenVersion(id, version.updated));
            }
        });
        return all;
    }
}
