package io.github.defenderreactive.client.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** What was delivered, and what of it is not acknowledged yet. Thread-safe: acknowledgements come from anywhere. */
final class Memory {

    private final Map<String, Instant> newest = new HashMap<>();
    private final Set<Seen> outstanding = new HashSet<>();
    private Sinks.@Nullable Empty<Void> settled;

    synchronized void load(List<Seen> seen) {
        seen.forEach(this::note);
    }

    private void note(Seen version) {
        newest.merge(version.id(), version.lastUpdateTime(), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** The newest version delivered, or null. */
    synchronized @Nullable Instant newest(String id) {
        return newest.get(id);
    }

    synchronized void delivered(Seen version) {
        note(version);
        outstanding.add(version);
    }

    synchronized boolean isOutstanding(Seen version) {
        return outstanding.contains(version);
    }

    synchronized int outstanding() {
        return outstanding.size();
    }

    void acknowledged(Seen version) {
        Sinks.Empty<Void> last = remove(version);
        if (last != null) {
            last.tryEmitEmpty();
        }
    }

    private synchronized Sinks.@Nullable Empty<Void> remove(Seen version) {
        outstanding.remove(version);
        return outstanding.isEmpty() ? settled : null;
    }

    /** Completes when nothing is outstanding. */
    synchronized Mono<Void> settled() {
        if (outstanding.isEmpty()) {
            return Mono.empty();
        }
        Sinks.Empty<Void> sink = Sinks.empty();
        settled = sink;
        return sink.asMono();
    }

    synchronized void forgetBefore(Instant horizon) {
        newest.values().removeIf(updated -> updated.isBefore(horizon));
    }

    synchronized List<Seen> all() {
        List<Seen> all = new ArrayList<>(newest.size());
        newest.forEach((id, updated) -> all.add(new Seen(id, updated)));
        return all;
    }
}
