package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.client.cursor.Cursor;
import io.github.defenderreactive.client.cursor.CursorStore;
import io.github.defenderreactive.client.cursor.LeaseLostException;
import io.github.defenderreactive.client.cursor.Progress;
import io.github.defenderreactive.client.cursor.SeenVersion;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * The watch of one subscriber. It waits, polls, waits until all deliveries are acknowledged, moves the watermark, and
 * starts again. It is generic over the item and depends on neither HTTP nor the system clock, so that it can be
 * simulated. All calls into it go through a {@link Guard}.
 */
class WatchEngine<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchEngine.class);

    private static final Backoff BACKOFF = Backoff.halfJitter(Duration.ofSeconds(1), Duration.ofMinutes(2));
    /** The longest quota window of the service. A longer wait must be a mistake, so the watch polls anyway. */
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    private static final Duration STUCK_AFTER = Duration.ofMinutes(5);

    /** Start of the first request, whose items are ignored: so far in the future that no clock is that wrong. */
    private static final Duration FAR_AHEAD = Duration.ofDays(36_500);

    private static final Duration BETWEEN_DATES = Duration.ofSeconds(1);
    private static final int MOST_REQUESTS_FOR_A_DATE = 10;

    /** A meaningless response may come from an intermediary; ten in a row are not a coincidence. */
    private static final int MAX_MEANINGLESS = 10;

    /** Status codes that proxies, gateways and login pages send instead of the service, besides redirects. */
    private static final Set<Integer> MEANINGLESS_STATUS = Set.of(404, 408, 421, 425);

    /**
     * With more rows before the start of the poll than these, and more than half of all rows, the filter is ignored.
     */
    private static final int MOST_STRAYS = 20;

    private static final int LONGEST_ID = 1_000;

    /** Versions in one write of a store that combines writes. */
    private static final int STORED_AT_ONCE = 256;

    private static final int NANOS_OF_TICK = 100;

    private final PollSource<T> source;
    private final ItemAccessors<T> accessors;
    private final WatchOptions options;
    private final List<Overlap> levels;
    private final CursorStore.Session session;
    private final Guard guard;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final DoubleSupplier random;
    private final DeliveryLog deliveries = new DeliveryLog();
    /** Versions that are known without a delivery and are not stored yet. */
    private final Set<SeenVersion> unstored = ConcurrentHashMap.newKeySet();

    /** What the first response of a watch that starts now showed. */
    private final Set<SeenVersion> openAtStart = ConcurrentHashMap.newKeySet();

    private final ServiceClock clock = new ServiceClock();
    private final IrregularRows irregular;
    private final long began;
    private final Instant beganLocally;

    // the signals of a cycle are serial, so visibility is enough
    private volatile @Nullable Overlaps overlaps;
    private volatile @Nullable Poll poll;
    private volatile int polls;
    private volatile @Nullable Long lastPoll;
    private volatile long lastMove;
    private volatile boolean loaded;
    /** Whether the watch starts at the time of the service, which may be corrected later. */
    private volatile boolean beginsNow;
    /**
     * Whether the watch started from a cursor alone and its first poll is not complete: unknown items may have been
     * delivered.
     */
    private volatile boolean blind;

    private volatile boolean datesChanged;
    private volatile boolean storing;
    private volatile WatchEvent.Stuck.Reason dateProblem = WatchEvent.Stuck.Reason.FROZEN_DATE;
    private volatile @Nullable Duration clockDifference;

    private volatile boolean stopped;
    private volatile boolean over;
    /** The error that ended the watch, or null. */
    private volatile @Nullable Throwable reason;

    /**
     * Creates a watch that has not started.
     *
     * @param nanos a monotonic clock
     */
    WatchEngine(
            PollSource<T> source,
            ItemAccessors<T> accessors,
            WatchOptions options,
            CursorStore.Session session,
            Guard guard,
            Scheduler scheduler,
            LongSupplier nanos,
            DoubleSupplier random) {
        this.source = source;
        this.accessors = accessors;
        this.options = options;
        this.levels = Overlaps.ordered(options.overlaps());
        this.session = session;
        this.guard = guard;
        guard.releaseAtFailure(this::abandon);
        this.scheduler = guard.timers(scheduler);
        this.nanos = nanos;
        this.random = random;
        this.irregular = new IrregularRows(options.name(), this::report);
        this.began = nanos.getAsLong();
        this.beganLocally = now();
        this.lastMove = began;
    }

    /** Returns a watch with a session of its own for each subscriber. */
    static <T> Flux<Delivery<T>> start(
            Supplier<? extends PollSource<T>> source, ItemAccessors<T> accessors, WatchOptions options) {
        return Flux.defer(() -> {
            Guard guard = new Guard();
            return Flux.usingWhen(
                    guard.mono(() -> options.store().open()),
                    session -> guard.flux(() -> new WatchEngine<>(
                                    source.get(),
                                    accessors,
                                    options,
                                    session,
                                    guard,
                                    Schedulers.parallel(),
                                    System::nanoTime,
                                    () -> ThreadLocalRandom.current().nextDouble())
                            .deliveries()),
                    session -> guard.mono(session::close));
        });
    }

    Flux<Delivery<T>> deliveries() {
        Flux<Delivery<T>> watch = guard.mono(session::load)
                .flatMap(this::begin)
                .thenMany(Flux.defer(this::cycle).repeat(() -> !stopped))
                .doOnError(failure -> reason = failure)
                // before the subscriber receives the end, and before the store is closed
                .doOnTerminate(() -> over = true)
                .doOnCancel(() -> over = true);
        return guard.outlet(watch)
                // no cursor may be reported before the progress is loaded
                .onErrorMap(failure -> loaded && !(failure instanceof WatchException), this::ended);
    }

    private Mono<Void> begin(Progress saved) {
        deliveries.load(saved.seen());
        loaded = true;
        if (saved.cursor() != null) {
            source.restored(saved);
            overlaps = new Overlaps(levels, saved.cursor(), began);
            return Mono.empty();
        }
        blind = options.from() != null;
        Mono<Cursor> first = options.from() != null
                ? Mono.just(options.from())
                : options.since() != null ? Mono.just(Cursor.startingAt(tick(options.since()))) : fromNow();
        return first.flatMap(cursor -> {
            overlaps = new Overlaps(levels, cursor, began);
            openAtStart.stream()
                    .filter(version -> version.lastUpdateTime().isBefore(cursor.start()))
                    .forEach(deliveries::remember);
            openAtStart.clear();
            Progress progress = new Progress(cursor, deliveries.all());
            source.restored(progress);
            return guard.mono(() -> session.replace(progress));
        });
    }

    /**
     * Requests the time of the service, and starts at its time when the watch was started: what was updated while
     * waiting for the response is not missed then. An item that a source follows is stored with the first cursor. A
     * date that is missing or not confirmed is requested again.
     */
    private Mono<Cursor> fromNow() {
        beginsNow = true;
        AtomicInteger requests = new AtomicInteger();
        return Mono.defer(() -> {
                    Poll probe = newPoll(0, now().plus(FAR_AHEAD), Cursor.startingAt(now()), now());
                    openAtStart.clear();
                    return guard.flux(() -> source.since(probe.from(), notes(probe)))
                            .doOnNext(this::openAtStart)
                            // items of a bounded source would be those of a service that ignores the time
                            .take(source.isBounded() ? 1 : Long.MAX_VALUE)
                            .then(Mono.defer(() -> beginning(requests.incrementAndGet())));
                })
                .repeatWhenEmpty(repeats -> repeats.concatMap(repeat -> Mono.delay(BETWEEN_DATES, scheduler)
                        .takeUntilOther(stop())
                        .thenReturn(repeat)))
                .retryWhen(Retry.from(this::retry))
                .takeUntilOther(stop());
    }

    private void openAtStart(T item) {
        String id = accessors.id().apply(item);
        Instant updated = accessors.updated().apply(item);
        if (!source.isBounded() && id != null && !id.isEmpty() && id.length() <= LONGEST_ID && updated != null) {
            openAtStart.add(new SeenVersion(id, updated));
        }
    }

    /** Returns the start, or empty to request the date again. */
    private Mono<Cursor> beginning(int requests) {
        Instant start = clock.at(began);
        if (start == null && requests < MOST_REQUESTS_FOR_A_DATE) {
            return Mono.empty();
        }
        if (start == null) {
            LOG.warn("{}: the service sent no plausible date; the watch starts at the local time", options.name());
        }
        return Mono.just(Cursor.startingAt(tick(start == null ? beganLocally : start)));
    }

    private Flux<Delivery<T>> cycle() {
        return Flux.concat(pause(), polling(), settle());
    }

    private Mono<Delivery<T>> pause() {
        Long last = lastPoll;
        Duration left =
                options.every().minusNanos(last == null ? options.every().toNanos() : nanos.getAsLong() - last);
        return left.isNegative() || left.isZero()
                ? Mono.empty()
                : Mono.delay(left, scheduler).takeUntilOther(stop()).then(Mono.empty());
    }

    private Flux<Delivery<T>> polling() {
        // a consumer without acknowledgements and without demand keeps the poll from completing
        return Flux.defer(this::poll).retryWhen(Retry.from(this::retry)).takeUntilOther(stuckReports());
    }

    private Flux<Delivery<T>> poll() {
        if (stopped) {
            return Flux.empty();
        }
        Overlaps position = overlaps();
        int level = position.due(nanos.getAsLong());
        Poll current = newPoll(level, tick(position.from(level)), position.cursor(), position.horizon());
        poll = current;
        lastPoll = current.began();
        return guard.flux(() -> source.since(current.from(), notes(current)))
                // at once, because passing the error through the operators needs memory
                .doOnError(JvmErrorException.class, guard::fail)
                .doOnComplete(current::complete)
                // before deliveries are counted, so that none is counted that is not delivered
                .takeUntilOther(stop())
                .handle((item, sink) -> admit(current, item, sink));
    }

    private Poll newPoll(int level, Instant from, Cursor cursor, Instant horizon) {
        int number = polls + 1;
        polls = number;
        return new Poll(number, level, from, cursor, horizon, nanos.getAsLong());
    }

    private void admit(Poll current, T item, SynchronousSink<Delivery<T>> sink) {
        current.row();
        String id = accessors.id().apply(item);
        Instant created = accessors.created().apply(item);
        Instant updated = accessors.updated().apply(item);
        if (id == null || id.isEmpty()) {
            irregular.report("It has no id", accessors.json().apply(item));
        } else if (id.length() > LONGEST_ID) {
            irregular.report(
                    "Its id is longer than " + LONGEST_ID + " characters",
                    accessors.json().apply(item));
        } else if (updated == null) {
            irregular.report(
                    "It has no last update time that can be read",
                    accessors.json().apply(item));
        } else {
            admit(current, item, new SeenVersion(id, updated), created, sink);
        }
    }

    private void admit(
            Poll current, T item, SeenVersion version, @Nullable Instant created, SynchronousSink<Delivery<T>> sink) {
        if (deliveries.contradicts(version, current.number(), item.hashCode())) {
            irregular.report(
                    "Another row has the same id and last update time, but other content",
                    accessors.json().apply(item));
        } else if (deliveries.knows(version)) {
            return;
        } else if (version.lastUpdateTime().isBefore(current.from()) && source.isBounded()) {
            stray(current, item, version);
        } else if (version.lastUpdateTime().isBefore(current.cursor().start())) {
            remember(version);
        } else {
            sink.next(delivery(current, item, version, created));
        }
    }

    /** Remembers the state that an item had before the watch started. */
    private void remember(SeenVersion version) {
        if (deliveries.remember(version)) {
            unstored.add(version);
        }
    }

    /**
     * Reports a row from before the start of the poll. A single row may be wrong, or return to an older version; if
     * many items are unknown, the filter was ignored.
     */
    private void stray(Poll current, T item, SeenVersion version) {
        if (!deliveries.knows(version.id())) {
            current.stray();
        }
        long strayed = current.strayed();
        if (strayed > MOST_STRAYS && 2 * strayed > current.rows()) {
            throw new IllegalStateException("The service ignores the filter: " + strayed + " of " + current.rows()
                    + " rows were last updated before " + current.from() + ", the start of the poll");
        }
        irregular.report(
                "It was last updated at " + version.lastUpdateTime() + ", before the start of the poll",
                accessors.json().apply(item));
    }

    private Delivery<T> delivery(Poll current, T item, SeenVersion version, @Nullable Instant created) {
        Instant updated = version.lastUpdateTime();
        boolean known = deliveries.knows(version.id());
        if (!known && !blind && overlaps().late(updated)) {
            report(new WatchEvent.Late(options.name(), version.id(), updated));
        }
        boolean update = known || (created != null && created.isBefore(updated) && beyondMemory(current, created));
        deliveries.delivered(version, current.number(), item.hashCode());
        current.delivery();
        Delivery.Kind kind = update ? Delivery.Kind.UPDATED : Delivery.Kind.NEW;
        return new Delivery<>(item, kind, current.cursor(), () -> acknowledge(version));
    }

    /**
     * Returns whether an item may have been delivered, or may have existed, before the oldest version that is
     * remembered.
     */
    private static boolean beyondMemory(Poll current, Instant created) {
        return created.isBefore(current.horizon())
                || created.isBefore(current.cursor().start());
    }

    private Mono<Void> acknowledge(SeenVersion version) {
        if (!deliveries.isOutstanding(version)) {
            return Mono.empty();
        }
        if (over) {
            // the error of the watch may still be queued after deliveries at the consumer
            Throwable failure = reason != null ? reason : guard.failure();
            return Mono.error(
                    failure != null && !(failure instanceof LeaseLostException)
                            ? ended(failure)
                            : new IllegalStateException(
                                    "The watch has ended; acknowledge deliveries before it is cancelled"));
        }
        return guard.mono(() -> session.acknowledge(version))
                .doOnError(LeaseLostException.class, this::lost)
                .doOnSuccess(done -> deliveries.acknowledged(version));
    }

    private void abandon() {
        over = true;
        deliveries.abandon();
    }

    /** Ends the watch even if the consumer ignores the failure of its acknowledgement. */
    private void lost(LeaseLostException failure) {
        over = true;
        guard.fail(failure);
    }

    private Mono<Delivery<T>> settle() {
        return Mono.defer(() -> settled(deliveries))
                .then(Mono.defer(this::advance))
                .takeUntilOther(stuckReports())
                .then(Mono.empty());
    }

    /** Completes when the consumer has acknowledged all deliveries; the watermark does not move before. */
    Mono<Void> settled(DeliveryLog deliveries) {
        return deliveries.settled();
    }

    /** Periodically reports unacknowledged deliveries and a store that does not complete; never completes. */
    private Mono<Void> stuckReports() {
        return Mono.delay(STUCK_AFTER, scheduler)
                .filter(late -> storing || deliveries.outstanding() > 0)
                .doOnNext(late -> reportStuck())
                .repeat()
                .then();
    }

    private Mono<Void> advance() {
        Poll done = poll;
        if (done == null || !done.isComplete()) {
            return Mono.empty();
        }
        Overlaps position = overlaps();
        Cursor before = position.cursor();
        boolean movedBack = leaveTheFuture(position);
        if (!movedBack) {
            position.completed(done.level(), reached(done), done.began());
        }
        blind = false;
        Cursor after = position.cursor();
        Instant horizon = position.forgettable(deliveries.newestUntil(after.watermark()));
        List<SeenVersion> forgotten = deliveries.forgetBefore(horizon, source::retains);
        storing = true;
        return storeKnown()
                .then(guard.mono(() -> session.advance(after, forgotten)))
                .doOnTerminate(() -> storing = false)
                .doOnSuccess(kept -> {
                    poll = null;
                    if (movedBack) {
                        lastMove = nanos.getAsLong();
                        warn(new WatchEvent.MovedBack(options.name(), before.watermark(), after.watermark()));
                    } else {
                        moved(before, after);
                    }
                    report(new WatchEvent.Polled(
                            options.name(),
                            done.from(),
                            after.watermark(),
                            done.rows(),
                            done.delivered(),
                            Duration.between(after.watermark(), now())));
                });
    }

    /** Stores versions that were not delivered. The watermark does not move before. */
    private Mono<Void> storeKnown() {
        return Flux.fromIterable(List.copyOf(unstored))
                .flatMap(
                        version -> guard.mono(() -> session.acknowledge(version))
                                .doOnSuccess(done -> unstored.remove(version)),
                        STORED_AT_ONCE)
                .then();
    }

    private void moved(Cursor before, Cursor after) {
        long now = nanos.getAsLong();
        if (after.watermark().isAfter(before.watermark())) {
            lastMove = now;
        } else if (now - lastMove > STUCK_AFTER.plus(options.every()).toNanos()) {
            reportStuck();
        }
    }

    private void reportStuck() {
        int waiting = deliveries.outstanding();
        WatchEvent.Stuck.Reason reason = waiting > 0
                ? WatchEvent.Stuck.Reason.UNACKNOWLEDGED
                : storing ? WatchEvent.Stuck.Reason.STORE : dateProblem;
        report(new WatchEvent.Stuck(
                options.name(),
                overlaps().cursor().watermark(),
                reason,
                waiting,
                Duration.ofNanos(nanos.getAsLong() - lastMove)));
    }

    private PollSource.Notes notes(Poll current) {
        return new PollSource.Notes() {
            @Override
            public void date(Instant date) {
                heard(current, date);
            }

            @Override
            public void unreadable(UnreadableItem row) {
                current.row();
                irregular.report(row.problem(), row.json());
            }
        };
    }

    private void heard(Poll current, Instant date) {
        long when = nanos.getAsLong();
        Instant expected = clock.at(when);
        current.dated();
        switch (clock.heard(date, when, now())) {
            case BELIEVED -> {
                current.believed(date);
                compareClocks(when);
            }
            case CHANGED -> {
                current.disbelieve();
                current.believed(date);
                datesChanged = true;
                compareClocks(when);
            }
            case DOUBTED -> warn(new WatchEvent.Doubted(options.name(), date, expected == null ? now() : expected));
        }
    }

    private void compareClocks(long when) {
        Instant theirs = clock.at(when);
        if (theirs == null) {
            return;
        }
        Duration ahead = Duration.between(theirs, now());
        Duration told = clockDifference;
        Duration news = told == null ? ahead : ahead.minus(told);
        if (news.abs().compareTo(ServiceClock.TOLERANCE) > 0) {
            clockDifference = ahead;
            warn(new WatchEvent.ClockDiffers(options.name(), Duration.ofSeconds(ahead.toSeconds())));
        }
    }

    /** Returns the time up to which a poll has read everything, or null if no date of it is believed. */
    private @Nullable Instant reached(Poll done) {
        Instant date = done.date();
        Instant asked = clock.at(done.began());
        dateProblem = date != null
                ? WatchEvent.Stuck.Reason.FROZEN_DATE
                : done.isDated() ? WatchEvent.Stuck.Reason.DOUBTED_DATE : WatchEvent.Stuck.Reason.NO_DATE;
        return date == null || asked == null ? null : tick(asked.isBefore(date) ? asked : date);
    }

    private boolean leaveTheFuture(Overlaps position) {
        long when = nanos.getAsLong();
        Instant theirs = clock.at(when);
        boolean changed = datesChanged;
        datesChanged = false;
        if (theirs != null) {
            Instant present = tick(theirs);
            Instant beginning = beginsNow ? clock.at(began) : null;
            if (position.leaveTheFuture(
                    present, deliveries.newestUntil(present), beginning == null ? null : tick(beginning))) {
                return true;
            }
        }
        if (changed) {
            position.datesChanged(when);
        }
        return false;
    }

    private Publisher<?> retry(Flux<Retry.RetrySignal> failures) {
        AtomicInteger meaningless = new AtomicInteger();
        return failures.concatMap(signal -> {
            Throwable failure = signal.failure();
            int attempt = (int) Math.min(Integer.MAX_VALUE - 1L, signal.totalRetries()) + 1;
            int inARow = isMeaningless(failure) ? meaningless.incrementAndGet() : 0;
            meaningless.set(inARow);
            boolean passing = failure instanceof TransientDefenderException || inARow > 0;
            if (!passing || inARow >= MAX_MEANINGLESS) {
                return Mono.error(failure);
            }
            Duration wait = wait(failure, attempt);
            report(new WatchEvent.Retrying(options.name(), failure, attempt, wait));
            // a stop ends the wait only: ending the retries would drop an item that is already counted
            return Mono.delay(wait, scheduler).takeUntilOther(stop()).thenReturn(attempt);
        });
    }

    private static boolean isMeaningless(Throwable failure) {
        if (failure instanceof TransientDefenderException || !(failure instanceof DefenderException known)) {
            return false;
        }
        int status = known.status();
        return failure instanceof DecodeException
                || (status >= 300 && status < 400)
                || MEANINGLESS_STATUS.contains(status);
    }

    private Duration wait(Throwable failure, int attempt) {
        Duration wait = BACKOFF.delay(attempt, random.getAsDouble());
        Duration asked = failure instanceof DefenderException known ? known.retryAfter() : null;
        if (asked == null || asked.compareTo(wait) <= 0) {
            return wait;
        }
        return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }

    private WatchException ended(Throwable failure) {
        Overlaps position = overlaps;
        Cursor cursor = position != null
                ? position.cursor()
                : options.from() != null
                        ? options.from()
                        : Cursor.startingAt(options.since() != null ? options.since() : beganLocally);
        return new WatchException(cursor, failure);
    }

    private Mono<Void> stop() {
        return Mono.from(guard.flux(options::stopWhen)).then().doOnTerminate(() -> stopped = true);
    }

    private void warn(WatchEvent event) {
        LOG.warn("{}", event);
        report(event);
    }

    private void report(WatchEvent event) {
        try {
            options.listener().accept(event);
        } catch (Throwable failure) {
            logFailure(failure);
        }
    }

    /** Logs any failure of a listener. If it were thrown again, the watch would never end. */
    private static void logFailure(Throwable failure) {
        try {
            LOG.warn("The listener of a watch failed; the watch continues", failure);
        } catch (Throwable notLogged) {
            // not even enough memory for the log line
        }
    }

    private Overlaps overlaps() {
        Overlaps position = overlaps;
        if (position == null) {
            throw new IllegalStateException("The watch has not started");
        }
        return position;
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    /** Rounds down to the 100 nanoseconds that the service stores. */
    private static Instant tick(Instant time) {
        return time.minusNanos(time.getNano() % NANOS_OF_TICK);
    }
}
