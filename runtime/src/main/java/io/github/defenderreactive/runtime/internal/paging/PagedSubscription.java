package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.DroppedFailure;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.internal.position.PageLocation;
import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The subscription that reads the pages for one subscriber. Every event (demand, an item, the end of a page, a timer, a
 * cancellation) sets a flag and calls {@link #drain()}. One thread at a time evaluates all flags in a loop, never by
 * recursion, so that a hundred thousand pages do not exhaust the stack.
 *
 * <p>A page that was abandoned, because it was truncated or because there was no demand for a long time, is requested
 * next; {@link Deduplicator} drops the items of it that were emitted.
 *
 * <p>An exception thrown in the loop, by a source, a key function, a subscriber or the JVM, ends the stream with that
 * error.
 */
abstract class PagedSubscription<T> implements Subscription {

    /** Number of items requested from a page at a time, which bounds the queue if demand is unbounded. */
    static final int BATCH = 256;

    /** Maximum number of consecutive truncated attempts at a page without a new item. */
    static final int MAX_STALLS = 3;

    private final PagePlan<T> plan;
    private final PageNavigator<T> navigator;
    private final Deduplicator<T> deduplicator;
    private final ReadTally tally = new ReadTally();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();

    private volatile boolean cancelled;
    private volatile @Nullable Throwable misuse;

    // The following fields are confined to the drain loop.
    private final ArrayDeque<PageFetch<T>> pages = new ArrayDeque<>();
    private @Nullable PageLocation next;
    private long emitted;
    private int stalls;
    private boolean over;

    PagedSubscription(PagePlan<T> plan) {
        this.plan = plan;
        this.navigator = plan.strategy().navigator(plan.options().truncationAllowed());
        this.deduplicator = plan.strategy().deduplicator();
        this.next = plan.strategy().startPage();
    }

    abstract Context context();

    /** Returns whether an item can be emitted now. */
    abstract boolean canEmit();

    abstract void item(T item);

    /** Handles the end of the items of a page. Returns false if the end must wait for demand. */
    abstract boolean page(@Nullable ContinuationToken following);

    /** Returns whether the items of a page are emitted only at its end, so that a truncated page can be discarded. */
    abstract boolean buffersPage();

    /** Discards the items received of the page. */
    abstract void discardPage();

    abstract void complete();

    abstract void fail(Throwable error);

    @Override
    public void request(long n) {
        if (n <= 0) {
            misuse = new IllegalArgumentException("Reactive Streams rule 3.9: demand must be positive, not " + n);
        } else {
            requested.accumulateAndGet(n, Operators::addCap);
        }
        drain();
    }

    @Override
    public void cancel() {
        cancelled = true;
        drain();
    }

    boolean demanded() {
        return emitted != requested.get();
    }

    /** Counts the items of a complete page when the page is emitted. */
    void countEmitted(int items) {
        tally.items(items);
    }

    void emitted() {
        if (requested.get() != Long.MAX_VALUE) {
            emitted++;
        }
    }

    String operationId() {
        return plan.operationId();
    }

    private long itemsToRequest() {
        if (!demanded()) {
            return 0;
        }
        return plan.options().prefetch() > 0 ? Long.MAX_VALUE : Math.min(BATCH, itemsFor(requested.get() - emitted));
    }

    /** Returns the number of items that a demand requires. */
    abstract long itemsFor(long demand);

    final void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                while (step()) {
                    // step() returns whether to continue
                }
            } catch (Throwable failure) {
                failUnexpectedly(failure);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void failUnexpectedly(Throwable failure) {
        if (over) {
            // Thrown by the subscriber from its terminal signal.
            dropped(failure);
            return;
        }
        PageFetch<T> head = pages.peek();
        PageLocation at = head == null ? next : head.location();
        Throwable error = JvmErrorException.signal(failure, plan.operationId());
        if (cancelled) {
            end();
            report(false);
            dropped(error);
        } else {
            endWith(error, at);
        }
    }

    private boolean step() {
        if (over) {
            return false;
        }
        if (cancelled) {
            end();
            report(false);
            return false;
        }
        Throwable refused = misuse;
        if (refused != null) {
            endWith(refused, null);
            return false;
        }
        PageFetch<T> head = pages.peek();
        if (head == null) {
            return begin();
        }
        boolean done = head.done();
        emit(head);
        if (cancelled) {
            return true;
        }
        if (done && head.drained()) {
            return leave(head);
        }
        return advance(head) || readAhead();
    }

    private boolean begin() {
        if (next == null) {
            end();
            Throwable unheard = report(true);
            if (unheard == null) {
                complete();
            } else {
                fail(unheard);
            }
            return false;
        }
        if (!demanded()) {
            return false;
        }
        open(next);
        return true;
    }

    private void open(PageLocation location) {
        PageFetch<T> page = new PageFetch<>(this, location, plan, stalls);
        pages.add(page);
        next = null;
        page.start();
    }

    /** Emits the items received. */
    private void emit(PageFetch<T> head) {
        while (canEmit() && !cancelled) {
            T item = head.poll();
            if (item == null) {
                return;
            }
            if (admits(item)) {
                if (!buffersPage()) {
                    stalls = 0;
                    tally.items(1);
                }
                item(item);
            } else {
                tally.duplicate();
                Operators.onDiscard(item, context());
            }
        }
    }

    private boolean admits(T item) {
        try {
            return deduplicator.admit(item);
        } catch (Throwable failure) {
            Operators.onDiscard(item, context());
            throw failure;
        }
    }

    /** Requests items of the pages and checks the clocks. Returns true if the state has changed. */
    private boolean advance(PageFetch<T> head) {
        head.request(itemsToRequest());
        boolean pausable = plan.options().prefetch() == 0
                && plan.isReplayable()
                && deduplicator.isRetryable()
                && !head.progress().isBodyRead();
        if (head.watchTime(pausable)) {
            requestAgain(head);
            return true;
        }
        for (PageFetch<T> page : pages) {
            if (page != head) {
                page.request(Long.MAX_VALUE);
                page.watchTime(false);
            }
        }
        return head.done() && head.drained();
    }

    private boolean readAhead() {
        PageFetch<T> last = pages.peekLast();
        if (plan.options().prefetch() == 0 || last == null) {
            return false;
        }
        if (last.done() && last.error() == null) {
            follow(last);
        }
        PageFetch<T> head = pages.peek();
        int begun = head != null && (head.delivered() || demanded()) ? 1 : 0;
        if (next == null || pages.size() - begun >= plan.options().prefetch()) {
            return false;
        }
        open(next);
        return true;
    }

    private void follow(PageFetch<T> page) {
        if (page.followed()) {
            return;
        }
        try {
            PageLocation successor = navigator.after(page.location(), page.envelope(), page.rowTimes());
            page.follow(successor, null);
            next = successor;
        } catch (Throwable failure) {
            // Kept until the items of the page were emitted.
            page.follow(null, JvmErrorException.signal(failure, plan.operationId()));
        }
    }

    private boolean leave(PageFetch<T> page) {
        Throwable failure = page.error();
        if (failure != null) {
            Throwable error = plan.strategy().explained(failure);
            boolean lost = isLost(page, error);
            if (lost && isRetryable() && ++stalls <= MAX_STALLS) {
                requestAgain(page);
                return true;
            }
            endWith(lost ? notReplayable(error) : error, page.location());
            return false;
        }
        follow(page);
        PageLocation successor = page.successor();
        Throwable guard = guard(page, successor);
        if (!page(guard == null ? token(successor) : token(page.location()))) {
            return false;
        }
        if (guard != null) {
            endWith(guard, page.location());
            return false;
        }
        tally.page(page.location());
        release(page);
        pages.remove();
        deduplicator.endPage(successor);
        stalls = 0;
        return true;
    }

    private @Nullable Throwable guard(PageFetch<T> page, @Nullable PageLocation successor) {
        Throwable wrongWay = page.wrongWay();
        if (wrongWay != null) {
            return wrongWay;
        }
        PagingException missing = deduplicator.missing();
        if (missing != null) {
            return missing;
        }
        Envelope read = page.envelope();
        ErrorContext context =
                ErrorContext.of(plan.operationId()).withAttempts(page.progress().attempts());
        if (successor != null && read.items() > 0 && deduplicator.isStale()) {
            return new PagingException(
                    "A page of " + read.items() + " items contained no new item; requesting the next page would loop",
                    context);
        }
        if (successor == null && read.nextLink() == null && plan.maybeTruncated(page.location(), read.items())) {
            return new PossibleTruncationException(
                    "The only page has exactly the maximum of " + read.items()
                            + " items and no nextLink, so items may be missing. Narrow the request with"
                            + " a filter, or set a page size to count pages by offset",
                    context);
        }
        return null;
    }

    /**
     * Returns whether the page was truncated after its first bytes and can be requested again. A page that never began
     * was already retried.
     */
    private boolean isLost(PageFetch<T> page, Throwable error) {
        boolean broken = error instanceof ConnectionException
                || (error instanceof CallTimeoutException timeout
                        && timeout.phase() == CallTimeoutException.Phase.READ);
        boolean cut = error instanceof DecodeException && page.progress().isTruncated();
        return (broken && page.progress().hasEmitted()) || cut;
    }

    private boolean isRetryable() {
        return plan.isReplayable() && (buffersPage() || deduplicator.isRetryable());
    }

    private Throwable notReplayable(Throwable error) {
        return !plan.isReplayable() && error instanceof DefenderException failure
                ? ErrorCopy.withNote(
                        failure, "not requested again, because the service may execute the operation twice")
                : error;
    }

    private void requestAgain(PageFetch<T> page) {
        release(page);
        pages.remove();
        next = page.location();
        if (buffersPage()) {
            discardPage();
            deduplicator.restartPage();
        } else {
            deduplicator.retryPage();
        }
    }

    private @Nullable ContinuationToken token(@Nullable PageLocation target) {
        return target == null ? null : plan.token(target);
    }

    private void endWith(Throwable error, @Nullable PageLocation target) {
        end();
        Throwable told =
                error instanceof DefenderException failure && target != null ? continuing(target, failure) : error;
        report(false);
        fail(told);
    }

    /**
     * Adds the continuation token to an error. A token is as long as the query of the call, so it may be missing if
     * memory is exhausted.
     */
    private DefenderException continuing(PageLocation target, DefenderException failure) {
        try {
            return ErrorCopy.withContinuation(failure, plan.token(target).toString());
        } catch (VirtualMachineError exhausted) {
            // The original error is more specific.
            return failure;
        }
    }

    /**
     * Releases all pages. This comes first, because it frees memory, and never throws, because the terminal signal must
     * still be sent.
     */
    private void end() {
        over = true;
        next = null;
        for (PageFetch<T> page : pages) {
            try {
                release(page);
            } catch (Throwable failure) {
                dropped(failure);
            }
        }
        pages.clear();
    }

    private void release(PageFetch<T> page) {
        // Abandoned first, so that a wait that ends with it is counted.
        page.abandon();
        tally.ended(page.progress());
    }

    /** Invokes the report listener. A listener that fails must not prevent the terminal signal. */
    private @Nullable Throwable report(boolean complete) {
        Consumer<? super ReadReport> listener = plan.options().report();
        if (listener == null) {
            return null;
        }
        try {
            listener.accept(tally.report(complete));
            return null;
        } catch (Throwable failure) {
            if (!complete) {
                dropped(failure);
            }
            return JvmErrorException.signal(failure, plan.operationId());
        }
    }

    private void dropped(Throwable failure) {
        DroppedFailure.report(failure, context());
    }
}
