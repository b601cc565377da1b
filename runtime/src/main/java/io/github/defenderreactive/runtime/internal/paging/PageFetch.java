package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.internal.retry.Countdown;
import io.github.defenderreactive.runtime.json.Envelope;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * One page request in progress. Its signals invoke the drain loop of the subscription, which polls the items received.
 */
final class PageFetch<T> implements CoreSubscriber<T> {

    private static final long NOT_IDLE = -1;

    private final PagedSubscription<T> stream;
    private final PageLocation location;
    private final PageProgress<T> progress;
    private final PageSource.PageCall<T> call;
    private final Countdown clock;
    private final PageSettings settings;
    private final @Nullable WindowRowTimes<T> rowTimes;
    private final Queue<T> items = Queues.<T>unbounded(PagedSubscription.BATCH).get();

    private volatile @Nullable Subscription subscription;
    private volatile boolean done;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable error;

    // The following fields are confined to the drain loop.
    private long outstanding;
    private boolean delivered;
    private boolean followed;
    private @Nullable PageLocation successor;
    private @Nullable Throwable wrongWay;
    private long idleSince = NOT_IDLE;
    private @Nullable Alarm deadlineAlarm;
    private @Nullable Alarm pauseAlarm;

    PageFetch(PagedSubscription<T> stream, PageLocation location, PagePlan<T> plan, int stalls) {
        this.stream = stream;
        this.location = location;
        this.settings = plan.settings();
        this.rowTimes = plan.strategy().rowTimes(location);
        this.clock = new Countdown(settings.deadline(), settings.nanos());
        this.progress = plan.progress();
        this.call = plan.source()
                .call(new PageRequest<>(
                        location.target(),
                        clock,
                        stalls,
                        progress,
                        location.before() == 0 ? progress::emptyPage : null,
                        progress));
    }

    void start() {
        call.items().subscribe(this);
    }

    @Override
    public Context currentContext() {
        return stream.context();
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        if (!Operators.validate(subscription, upstream)) {
            return;
        }
        subscription = upstream;
        if (abandoned) {
            upstream.cancel();
        } else {
            stream.drain();
        }
    }

    @Override
    public void onNext(T item) {
        if (abandoned) {
            Operators.onDiscard(item, currentContext());
            return;
        }
        try {
            if (rowTimes != null) {
                rowTimes.row(item);
            }
            items.offer(item);
        } catch (Throwable failure) {
            Operators.onDiscard(item, currentContext());
            failLocally(JvmErrorException.signal(failure, stream.operationId()));
        }
        stream.drain();
    }

    /** Fails the request locally and cancels the upstream. */
    private void failLocally(Throwable failure) {
        if (done) {
            return;
        }
        error = failure;
        done = true;
        Subscription upstream = subscription;
        if (upstream != null) {
            upstream.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // A cancel closes the connection; the resulting error is expected and dropped.
        if (!done && !abandoned) {
            error = failure;
            done = true;
            stream.drain();
        }
    }

    @Override
    public void onComplete() {
        if (!done && !abandoned) {
            done = true;
            stream.drain();
        }
    }

    PageLocation location() {
        return location;
    }

    PageProgress<T> progress() {
        return progress;
    }

    /** Returns the times of the rows, or null if they are not needed. */
    @Nullable
    WindowRowTimes<T> rowTimes() {
        return rowTimes;
    }

    /** Returns the envelope of the items, which is present if the request completed without an error. */
    Envelope envelope() {
        return Objects.requireNonNull(progress.envelope(), "A page completed without its envelope");
    }

    boolean done() {
        return done;
    }

    @Nullable
    Throwable error() {
        return error;
    }

    boolean drained() {
        return items.isEmpty();
    }

    /** Returns the next item, or null if none has arrived. */
    @Nullable
    T poll() {
        T item = items.poll();
        if (item != null) {
            delivered = true;
            if (outstanding != Long.MAX_VALUE) {
                outstanding--;
            }
        }
        return item;
    }

    /** Returns whether an item was polled. */
    boolean delivered() {
        return delivered;
    }

    /** Requests a batch after the previous one was received. */
    void request(long rows) {
        Subscription upstream = subscription;
        if (rows > 0 && outstanding == 0 && !done && upstream != null) {
            outstanding = rows;
            clock.run(true);
            upstream.request(rows);
        }
    }

    void abandon() {
        abandoned = true;
        stop(deadlineAlarm);
        stop(pauseAlarm);
        deadlineAlarm = null;
        pauseAlarm = null;
        Subscription upstream = subscription;
        if (upstream != null && !done) {
            upstream.cancel();
        }
        Operators.onDiscardQueueWithClear(items, currentContext(), null);
    }

    boolean followed() {
        return followed;
    }

    void follow(@Nullable PageLocation next, @Nullable Throwable failure) {
        followed = true;
        successor = next;
        wrongWay = failure;
    }

    @Nullable
    PageLocation successor() {
        return successor;
    }

    @Nullable
    Throwable wrongWay() {
        return wrongWay;
    }

    /**
     * Updates the clocks.
     *
     * @param pausable whether the connection may be released while there is no demand
     * @return true if the maximum wait for demand has passed
     */
    boolean watchTime(boolean pausable) {
        if (done) {
            return false;
        }
        boolean wanted = outstanding > 0;
        clock.run(wanted);
        if (wanted) {
            idleSince = NOT_IDLE;
            watchDeadline();
            return false;
        }
        return pausable && watchIdleness();
    }

    private void watchDeadline() {
        if (deadlineAlarm != null && !deadlineAlarm.rung) {
            return;
        }
        long left = clock.remainingNanos();
        if (left > 0) {
            deadlineAlarm = alarm(left);
            return;
        }
        failLocally(call.timeout());
    }

    private boolean watchIdleness() {
        long now = settings.nanos().getAsLong();
        if (idleSince == NOT_IDLE) {
            idleSince = now;
        }
        if (pauseAlarm != null && !pauseAlarm.rung) {
            return false;
        }
        long left = settings.pauseAfter().toNanos() - (now - idleSince);
        if (left <= 0) {
            return true;
        }
        pauseAlarm = alarm(left);
        return false;
    }

    private Alarm alarm(long delay) {
        Alarm alarm = new Alarm(stream);
        alarm.timer = settings.scheduler().schedule(alarm, delay, TimeUnit.NANOSECONDS);
        return alarm;
    }

    private static void stop(@Nullable Alarm alarm) {
        if (alarm != null && alarm.timer != null) {
            alarm.timer.dispose();
        }
    }

    /**
     * A timer that is not cancelled when its purpose has changed, because one timer per page is cheaper than one per
     * item.
     */
    private static final class Alarm implements Runnable {

        private final PagedSubscription<?> stream;
        private volatile boolean rung;
        private @Nullable Disposable timer;

        Alarm(PagedSubscription<?> stream) {
            this.stream = stream;
        }

        @Override
        public void run() {
            rung = true;
            stream.drain();
        }
    }
}
