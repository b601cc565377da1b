package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.SeenVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The alerts of a tenant: a backlog, then inserts and updates, each version visible at once or some time after its update.
 * It draws from numbers of its own, so that every reader of a seed meets the same history.
 */
final class SimulatedTenant {

    record Row(
            @Nullable String id, Instant created, @Nullable Instant updated) {}

    /** When alerts become visible. */
    enum Lateness {
        /** With their update. */
        NONE,
        /** Four of ten later. */
        SOME
    }

    /** How a list is sorted. */
    enum Order {
        /** The order that a page counted by skip is most harmed by. */
        NEWEST_UPDATE_FIRST,
        /** That of Microsoft Graph and Defender XDR, where nothing else can be asked for. */
        NEWEST_FIRST
    }

    /** Which alerts are asked for. */
    record Query(Instant from, boolean inclusive, Instant until) {

        static Query since(Instant from) {
            return new Query(from, true, Instant.MAX);
        }

        static Query after(Instant from) {
            return new Query(from, false, Instant.MAX);
        }

        private boolean matches(Instant updated) {
            return (updated.isAfter(from) || inclusive && updated.equals(from)) && updated.isBefore(until);
        }
    }

    private record Version(Instant updated, Instant visible) {}

    private record Alert(String id, Instant created, List<Version> versions) {

        Version newest() {
            return versions.get(versions.size() - 1);
        }
    }

    private final VirtualTimeScheduler time;
    private final RandomGenerator random;
    private final Duration skew;
    private final Lateness lateness;
    private final Duration longestLag;
    private final Instant start;
    private final List<Alert> alerts = new ArrayList<>();
    private Order order = Order.NEWEST_UPDATE_FIRST;

    /**
     * A tenant that is busy from now on.
     *
     * @param busy for how long
     * @param deepest how late an alert becomes visible; in one history of eight it may be a quarter later
     */
    SimulatedTenant(
            VirtualTimeScheduler time, RandomGenerator random, Duration busy, Duration deepest, Lateness lateness) {
        this.time = time;
        this.random = random;
        this.lateness = lateness;
        this.skew = Duration.ofSeconds(random.nextInt(-600, 600));
        this.longestLag = random.nextInt(8) == 0 ? deepest.plus(deepest.dividedBy(4)) : deepest;
        this.start = now().minus(Duration.ofHours(random.nextInt(0, 6))).truncatedTo(ChronoUnit.SECONDS);
        backlog();
        times(random.nextInt(10, 80), busy, () -> insert(rounded(now()), lag()));
        times(random.nextInt(0, 80), busy, this::updateAny);
        for (int i = random.nextInt(4); i > 0; i--) {
            // Half of them while the backlog is read, which no later poll reads again.
            burst(random.nextBoolean() ? 0 : random.nextLong(busy.toMillis()));
        }
    }

    /** Somebody closes many alerts at once. */
    private void burst(long at) {
        for (int i = random.nextInt(10, 40); i > 0; i--) {
            time.schedule(this::updateAny, at + random.nextLong(30_000), TimeUnit.MILLISECONDS);
        }
    }

    void sortedBy(Order by) {
        order = by;
    }

    /** The service's clock is not the reader's. */
    Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(skew);
    }

    /** No alert was updated before. */
    Instant start() {
        return start;
    }

    /** What a consumer must have got in the end. */
    List<SeenVersion> newest() {
        return alerts.stream()
                .map(alert -> new SeenVersion(alert.id(), alert.newest().updated()))
                .toList();
    }

    /** When an alert was updated, as far as that is visible now and asked for. */
    List<Instant> versions(String id, Query query) {
        Instant now = now();
        return alerts.get(Integer.parseInt(id.substring(1))).versions().stream()
                .filter(version -> !version.visible().isAfter(now))
                .map(Version::updated)
                .filter(query::matches)
                .toList();
    }

    /** What is visible now, newest update first. */
    List<Row> rows(Query query) {
        Instant now = now();
        List<Row> rows = new ArrayList<>();
        for (Alert alert : alerts) {
            Version shown = null;
            for (Version version : alert.versions()) {
                if (!version.visible().isAfter(now)) {
                    shown = version;
                }
            }
            if (shown != null && query.matches(shown.updated())) {
                rows.add(new Row(alert.id(), alert.created(), shown.updated()));
            }
        }
        Function<Row, Instant> key = order == Order.NEWEST_FIRST ? Row::created : Row::updated;
        rows.sort(Comparator.comparing(key).reversed().thenComparing(Row::id));
        return rows;
    }

    private void times(int count, Duration busy, Runnable event) {
        for (int i = 0; i < count; i++) {
            time.schedule(event, random.nextLong(busy.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void backlog() {
        insert(start, Duration.ZERO);
        long seconds = Duration.between(start, now()).toSeconds();
        int count = random.nextInt(60);
        for (int i = 0; i < count && seconds > 0; i++) {
            insert(start.plusSeconds(random.nextLong(seconds)), Duration.ZERO);
        }
    }

    private void insert(Instant updated, Duration lag) {
        List<Version> versions = new ArrayList<>();
        versions.add(new Version(updated, updated.plus(lag)));
        alerts.add(new Alert("a" + alerts.size(), updated, versions));
    }

    private void updateAny() {
        Instant updated = rounded(now());
        Duration lag = lag();
        Alert alert = alerts.get(random.nextInt(alerts.size()));
        if (alert.newest().updated().isBefore(updated)) {
            alert.versions().add(new Version(updated, updated.plus(lag)));
        }
    }

    /** Whole seconds half of the time, so that many share one. */
    private Instant rounded(Instant moment) {
        return random.nextBoolean() ? moment.truncatedTo(ChronoUnit.SECONDS) : moment;
    }

    private Duration lag() {
        int draw = random.nextInt(100);
        if (draw < 60) {
            return Duration.ZERO;
        }
        Duration most = draw < 85 ? Duration.ofMinutes(2) : draw < 95 ? Duration.ofMinutes(10) : longestLag;
        Duration drawn = Duration.ofMillis(random.nextLong(most.toMillis() + 1));
        return lateness == Lateness.NONE ? Duration.ZERO : drawn;
    }
}
