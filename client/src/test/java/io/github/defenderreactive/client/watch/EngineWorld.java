package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A service of a few rows, and a process that watches it, on virtual time. */
final class EngineWorld {

    /** What the service has of an item; the content tells rows of one version apart. */
    record Row(@Nullable String id, @Nullable Instant updated, String content) {

        Row(@Nullable String id, @Nullable Instant updated) {
            this(id, updated, "");
        }
    }

    static final Duration HOUR = Duration.ofHours(1);

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final LocalTime localTime = new LocalTime(time);
    final List<WatchEvent> events = new ArrayList<>();
    final List<Instant> asked = new ArrayList<>();
    final List<Delivery<Row>> got = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    CursorStore store = CursorStore.memory();
    UnaryOperator<@Nullable Instant> dates = now -> now;
    boolean acknowledging = true;

    EngineWorld() {
        time.advanceTimeBy(Duration.ofDays(20_000));
    }

    /** The true time, which is that of the service unless its dates are wrong. */
    Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    void pass(Duration span) {
        time.advanceTimeBy(span);
    }

    WatchOptions.Builder options() {
        return WatchOptions.builder().store(store).listener(events::add);
    }

    Flux<Row> service(Instant from, PollSource.Notes notes) {
        return Flux.defer(() -> {
            asked.add(from);
            Instant date = dates.apply(now());
            if (date != null) {
                notes.date(date);
            }
            return Flux.fromIterable(List.copyOf(rows))
                    .filter(row -> row.updated() == null || !row.updated().isBefore(from));
        });
    }

    Flux<Delivery<Row>> watch(PollSource<Row> source, WatchOptions options) {
        return Flux.defer(() -> {
            Guard guard = new Guard();
            return Flux.usingWhen(
                    guard.mono(() -> options.store().open()),
                    session -> new WatchEngine<>(
                                    source,
                                    new ItemAccessors<>(Row::id, Row::updated, Row::updated, Row::toString),
                                    options,
                                    session,
                                    guard,
                                    localTime,
                                    () -> time.now(TimeUnit.NANOSECONDS),
                                    () -> 0)
                            .deliveries(),
                    session -> guard.mono(session::close));
        });
    }

    Disposable start(WatchOptions options) {
        return start(this::service, options);
    }

    Disposable start(PollSource<Row> source, WatchOptions options) {
        return watch(source, options)
                .subscribe(
                        delivery -> {
                            got.add(delivery);
                            if (acknowledging) {
                                delivery.acknowledge().subscribe(null, failures::add);
                            }
                        },
                        failures::add);
    }

    List<Row> delivered() {
        return got.stream().map(Delivery::item).toList();
    }

    <E extends WatchEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Instant watermark() {
        List<WatchEvent.Polled> polls = told(WatchEvent.Polled.class);
        return polls.get(polls.size() - 1).watermark();
    }

    Progress kept() {
        CursorStore.Session session = Objects.requireNonNull(store.open().block(HOUR));
        Progress progress = Objects.requireNonNull(session.load().block(HOUR));
        session.close().block(HOUR);
        return progress;
    }
}
