package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * One watch, of one subscriber: wait, poll, wait until all is acknowledged, move the watermark, and again. Generic over the
 * item and free of HTTP and of the system's clock, so that it can be simulated.
 */
class WatchEngine<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchEngine.class);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(2);
    /** More than any quota window of the service; a longer wait is a mistake, and timers cannot hold every one. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(7);

    private static final Duration STUCK_AFTER = Duration.ofMinutes(5);
    private static final Duration TOMORROW = Duration.ofDays(1);

    /** An answer that cannot be read may have been cut by something on the way; one that never can is no accident. */
    private static final int MAX_UNREADABLE = 10;

    private static final int NANOS_OF_TICK = 100;

    private final PollSource<T> source;
    private final Traits<T> traits;
    private final WatchOptions options;
    private final List<Overlap> levels;
    private final CursorStore.Session session;
    private final Scheduler scheduler;
    private final DoubleSupplier random;
    private final Memory memory = new Memory();
    private final Instant began;

    // A cycle's signals follow one another.
    private volatile @Nullable Overlaps overlaps;
    private volatile @Nullable Poll poll;
    private volatile @Nullable Instant lastPoll;
    private volatile Instant lastMove;
    private volatile boolean loaded;
    /** Behind a lone cursor, until its first poll is complete: what is not known may have been delivered. */
    private volatile boolean blind;

    private volatile boolean stopped;
    private volatile boolean over;

    WatchEngine(
            PollSource<T> source,
            Traits<T> traits,
            WatchOptions options,
            CursorStore.Session session,
            Scheduler scheduler,
            DoubleSupplier random) {
        this.source = source;
        this.traits = traits;
        this.options = options;
        this.levels = Overlaps.ordered(options.overlaps());
        this.session = session;
        this.scheduler = scheduler;
        this.random = random;
        this.began = now();
        this.lastMove = began;
    }

    Flux<Delivery<T>> deliveries() {
        return session.load()
                .flatMap(this::begin)
                .thenMany(Flux.defer(this::cycle).repeat(() -> !stopped))
                // Before the store has told where the watch stands, no cursor may be named.
                .onErrorMap(failure -> loaded && !(failure instanceof WatchException), this::ended)
                // Before the subscriber hears of the end, and before the store is closed.
                .doOnTerminate(() -> over = true)
                .doOnCancel(() -> over = true);
    }

    // ---- the start ---------------------------------------------------------------------------------------------

    private Mono<Void> begin(Progress saved) {
        memory.load(saved.seen());
        loaded = true;
        if (saved.cursor() != null) {
            overlaps = new Overlaps(levels, saved.cursor());
            return Mono.empty();
        }
        blind = options.cursor() != null;
        Mono<Cursor> first = options.cursor() != null
                ? Mono.just(options.cursor())
                : options.since() != null ? Mono.just(Cursor.startingAt(tick(options.since()))) : fromNow();
        return first.flatMap(cursor -> {
            overlaps = new Overlaps(levels, cursor);
            return session.replace(new Progress(cursor, memory.all()));
        });
    }

    /**
     * Now is what the service calls so. It says it with an answer, and that of tomorrow's items is empty. What was updated
     * while the answer was waited for came later than now.
     */
    private Mono<Cursor> fromNow() {
        return Mono.defer(() -> {
                    Poll question = new Poll(0, now().plus(TOMORROW), Cursor.startingAt(now()), now());
                    return source.since(question.from(), question::dated)
                            .then(Mono.fromSupplier(() -> Cursor.startingAt(beforeTheWait(date(question)))));
                })
                .retryWhen(Retry.from(this::goOn))
                .takeUntilOther(stop());
    }

    private Instant beforeTheWait(Instant answered) {
        Duration waited = Duration.between(began, now());
        // A clock that was set back meanwhile must not put the beginning off.
        return waited.isNegative() ? answered : tick(answered.minus(waited));
    }

    private Instant date(Poll answered) {
        Instant date = answered.date();
        return date == null ? tick(now()) : date;
    }

    // ---- the cycle ---------------------------------------------------------------------------------------------

    private Flux<Delivery<T>> cycle() {
        return Flux.concat(pause(), polling(), settle());
    }

    private Mono<Delivery<T>> pause() {
        Instant last = lastPoll;
        Duration gone = last == null ? options.every() : Duration.between(last, now());
        // A clock that was set back meanwhile must not put the poll off.
        Duration left = gone.isNegative() ? options.every() : options.every().minus(gone);
        return left.isNegative() || left.isZero()
                ? Mono.empty()
                : Mono.delay(left, scheduler).takeUntilOther(stop()).then(Mono.empty());
    }

    private Flux<Delivery<T>> polling() {
        // A consumer that acknowledges nothing and asks for no more keeps the poll from its end.
        return Flux.defer(this::poll).retryWhen(Retry.from(this::goOn)).takeUntilOther(complaining());
    }

    private Flux<Delivery<T>> poll() {
        if (stopped) {
            return Flux.empty();
        }
        Overlaps position = overlaps();
        int level = position.due(now());
        Poll current = new Poll(level, tick(position.from(level)), position.cursor(), position.horizon());
        poll = current;
        lastPoll = now();
        return source.since(current.from(), current::dated)
                .doOnComplete(current::complete)
                // Before deliveries are counted, so that none is that nobody gets.
                .takeUntilOther(stop())
                .handle((item, sink) -> admit(current, item, sink));
    }

    private void admit(Poll current, T item, SynchronousSink<Delivery<T>> sink) {
        current.row();
        String id = traits.id().apply(item);
        Instant created = traits.created().apply(item);
        Instant updated = traits.updated().apply(item);
        if (id == null || updated == null) {
            sink.error(new IllegalStateException("An item without id or time of its last update cannot be watched"));
            return;
        }
        if (updated.isBefore(current.from())) {
            sink.error(new IllegalStateException("The service ignores the filter: " + id + " was last updated at "
                    + updated + ", and only items from " + current.from() + " on were asked for"));
            return;
        }
        Instant known = memory.newest(id);
        if (known != null && !updated.isAfter(known)) {
            return;
        }
        if (known == null && !blind && overlaps().late(updated)) {
            report(new WatchEvent.Late(id, updated));
        }
        boolean update =
                known != null || (created != null && created.isBefore(updated) && beyondMemory(current, created));
        Seen version = new Seen(id, updated);
        memory.delivered(version);
        current.delivery();
        Delivery.Kind kind = update ? Delivery.Kind.UPDATED : Delivery.Kind.NEW;
        sink.next(new Delivery<>(item, kind, current.cursor(), () -> acknowledge(version)));
    }

    /** Whether an item may have been delivered, or have been there, before what is remembered. */
    private static boolean beyondMemory(Poll current, Instant created) {
        return created.isBefore(current.horizon())
                || created.isBefore(current.cursor().start());
    }

    private Mono<Void> acknowledge(Seen version) {
        if (!memory.isOutstanding(version)) {
            return Mono.empty();
        }
        if (over) {
            return Mono.error(new IllegalStateException("The watch is over; acknowledge before it is cancelled"));
        }
        return session.acknowledge(version).doOnSuccess(done -> memory.acknowledged(version));
    }

    private Mono<Delivery<T>> settle() {
        return Mono.firstWithSignal(Mono.defer(() -> settled(memory)), complaining())
                .then(Mono.defer(this::advance))
                .then(Mono.empty());
    }

    /** Nothing moves before the consumer has dealt with all. */
    Mono<Void> settled(Memory deliveries) {
        return deliveries.settled();
    }

    /** Says every now and then that deliveries wait; never completes. */
    private Mono<Void> complaining() {
        return Mono.delay(STUCK_AFTER, scheduler)
                .filter(late -> memory.outstanding() > 0)
                .doOnNext(late -> report(stuck()))
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
        position.completed(done.level(), date(done), now());
        blind = false;
        memory.forgetBefore(position.horizon());
        Cursor after = position.cursor();
        return session.replace(new Progress(after, memory.all())).doOnSuccess(kept -> {
            poll = null;
            moved(before, after);
            report(new WatchEvent.Polled(
                    done.from(),
                    after.watermark(),
                    done.rows(),
                    done.delivered(),
                    Duration.between(after.watermark(), now())));
        });
    }

    private void moved(Cursor before, Cursor after) {
        Instant now = now();
        if (after.watermark().isAfter(before.watermark())) {
            lastMove = now;
        } else if (Duration.between(lastMove, now).compareTo(STUCK_AFTER.plus(options.every())) > 0) {
            report(stuck());
        }
    }

    private WatchEvent stuck() {
        return new WatchEvent.Stuck(
                overlaps().cursor().watermark(), memory.outstanding(), Duration.between(lastMove, now()));
    }

    // ---- failures ----------------------------------------------------------------------------------------------

    private Publisher<?> goOn(Flux<Retry.RetrySignal> failures) {
        AtomicInteger unreadable = new AtomicInteger();
        return failures.concatMap(signal -> {
            Throwable failure = signal.failure();
            int attempt = (int) Math.min(Integer.MAX_VALUE - 1L, signal.totalRetries()) + 1;
            int inARow = failure instanceof DecodeException ? unreadable.incrementAndGet() : 0;
            unreadable.set(inARow);
            boolean passing = failure instanceof TransientDefenderException || inARow > 0;
            if (!passing || inARow >= MAX_UNREADABLE) {
                return Mono.error(failure);
            }
            Duration wait = wait(failure, attempt);
            report(new WatchEvent.Retrying(failure, attempt, wait));
            // A stop ends the wait only: the end of the retries would drop an item that is counted already.
            return Mono.delay(wait, scheduler).takeUntilOther(stop()).thenReturn(attempt);
        });
    }

    private Duration wait(Throwable failure, int attempt) {
        long most = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << Math.min(attempt - 1, 20));
        Duration wait = Duration.ofMillis((long) (most * (1 + random.getAsDouble()) / 2));
        Duration asked = failure instanceof ThrottledException throttled
                ? throttled.retryAfter()
                : failure instanceof ServiceException service ? service.retryAfter() : null;
        if (asked == null || asked.compareTo(wait) <= 0) {
            return wait;
        }
        return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }

    private WatchException ended(Throwable failure) {
        Overlaps position = overlaps;
        Cursor cursor = position != null
                ? position.cursor()
                : options.cursor() != null
                        ? options.cursor()
                        : Cursor.startingAt(options.since() != null ? options.since() : began);
        return new WatchException(cursor, failure);
    }

    // ---- small things ------------------------------------------------------------------------------------------

    private Mono<Void> stop() {
        return Mono.from(options.stopWhen()).then().doOnTerminate(() -> stopped = true);
    }

    private void report(WatchEvent event) {
        try {
            options.listener().accept(event);
        } catch (Throwable failure) {
            Exceptions.throwIfJvmFatal(failure);
            LOG.warn("A listener failed; the watch goes on", failure);
        }
    }

    private Overlaps overlaps() {
        Overlaps position = overlaps;
        if (position == null) {
            throw new IllegalStateException("The watch has not begun");
        }
        return position;
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    /** The service keeps 100 nanoseconds. */
    private static Instant tick(Instant time) {
        return time.minusNanos(time.getNano() % NANOS_OF_TICK);
    }
}
