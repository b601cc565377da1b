package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A service on virtual time: versions of alerts become visible some time after their update, pages are cut from the list
 * as it is when they are asked for, newest update first, and calls fail.
 */
final class SimulatedService {

    record Row(String id, Instant created, Instant updated) {}

    private record Version(Instant updated, Instant visible) {}

    private record Alert(String id, Instant created, List<Version> versions) {}

    private final VirtualTimeScheduler time;
    private final Random random;
    private final Duration skew;
    private final int pageSize;
    private final Flaw flaw;
    private final List<Alert> alerts = new ArrayList<>();
    private double faultRate;
    private int calls;

    SimulatedService(VirtualTimeScheduler time, Random random, Flaw flaw) {
        this.time = time;
        this.random = random;
        this.flaw = flaw;
        this.skew = Duration.ofSeconds(random.nextInt(-600, 600));
        this.pageSize = random.nextInt(4, 12);
    }

    Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(skew);
    }

    void faultRate(double rate) {
        faultRate = rate;
    }

    int calls() {
        return calls;
    }

    void insert(Instant updated, Duration lag) {
        List<Version> versions = new ArrayList<>();
        versions.add(new Version(updated, updated.plus(lag)));
        alerts.add(new Alert("a" + alerts.size(), updated, versions));
    }

    void updateAny(Duration lag) {
        if (!alerts.isEmpty()) {
            Instant updated = rounded(now());
            Alert alert = alerts.get(random.nextInt(alerts.size()));
            if (alert.versions().get(alert.versions().size() - 1).updated().isBefore(updated)) {
                alert.versions().add(new Version(updated, updated.plus(lag)));
            }
        }
    }

    /** Whole seconds half of the time, so that many share one. */
    Instant rounded(Instant moment) {
        return random.nextBoolean() ? moment.truncatedTo(ChronoUnit.SECONDS) : moment;
    }

    /** What a consumer must have got in the end. */
    List<Seen> newest() {
        return alerts.stream()
                .map(alert -> new Seen(
                        alert.id(),
                        alert.versions().get(alert.versions().size() - 1).updated()))
                .toList();
    }

    Flux<Row> since(Instant from, Consumer<Instant> serverDate) {
        return Flux.defer(() -> {
            // The flaw: a list with an upper bound, which alerts leave when they are updated.
            Instant until = flaw == Flaw.SKIP_OVER_A_MOVING_LIST ? now() : Instant.MAX;
            return page(from, until, 0, serverDate);
        });
    }

    private Flux<Row> page(Instant from, Instant until, int skip, Consumer<Instant> serverDate) {
        return Mono.delay(Duration.ofMillis(random.nextInt(20, 3000)), time).thenMany(Flux.defer(() -> {
            calls++;
            List<Row> rows = rows(from, until);
            int end = Math.min(rows.size(), skip + pageSize);
            List<Row> cut = skip >= end ? List.of() : rows.subList(skip, end);
            if (random.nextDouble() < faultRate) {
                DefenderException fault = fault();
                int sent = fault instanceof ThrottledException || fault instanceof ServiceException || cut.isEmpty()
                        ? 0
                        : random.nextInt(cut.size());
                return Flux.fromIterable(cut.subList(0, sent)).concatWith(Flux.error(fault));
            }
            serverDate.accept(now().truncatedTo(ChronoUnit.SECONDS));
            Flux<Row> page = Flux.fromIterable(cut);
            return end < rows.size() ? page.concatWith(page(from, until, end, serverDate)) : page;
        }));
    }

    private List<Row> rows(Instant from, Instant until) {
        Instant now = now();
        List<Row> rows = new ArrayList<>();
        for (Alert alert : alerts) {
            Version shown = null;
            for (Version version : alert.versions()) {
                if (!version.visible().isAfter(now)) {
                    shown = version;
                }
            }
            if (shown != null
                    && matches(shown.updated(), from)
                    && shown.updated().isBefore(until)) {
                rows.add(new Row(alert.id(), alert.created(), shown.updated()));
            }
        }
        rows.sort(Comparator.comparing(Row::updated).reversed().thenComparing(Row::id));
        return rows;
    }

    private boolean matches(Instant updated, Instant from) {
        return flaw == Flaw.STRICT_GREATER_THAN ? updated.isAfter(from) : !updated.isBefore(from);
    }

    private DefenderException fault() {
        ErrorContext context = ErrorContext.of("listAlerts");
        return switch (random.nextInt(4)) {
            case 0 -> new ThrottledException("slow down", Duration.ofSeconds(random.nextInt(1, 90)), context);
            case 1 -> new ServiceException("unwell", null, context);
            case 2 -> new ConnectionException("reset", true, context, null);
            default -> new DecodeException("cut short", "$.value", 17, context, null);
        };
    }
}
