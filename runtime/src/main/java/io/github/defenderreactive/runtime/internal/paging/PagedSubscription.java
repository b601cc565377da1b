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
 * One subscriber's way over the pages. Whatever happens (demand, an item, the end of a page, a timer, a cancel) leaves
 * its mark and calls {@link #drain()}; one thread at a time looks at all marks and acts, in a loop and never by recursion,
 * so that a hundred thousand pages need no stack.
 *
 * <p>A page that is given up, because it broke off or because nobody wanted its items for long, is simply the next one to
 * ask for; {@link Deduplicator} drops what was delivered of it.
 *
 * <p>Whatever is thrown in the loop, by a source, a key function, a subscriber or the JVM, ends the stream with that error.
 */
abstract class PagedSubscription<T> implements Subscription {

    /** Items asked of a page at once: what may lie between it and a subscriber of unbounded demand. */
    static final int BATCH = 256;

    /** Requests of one page in a row that may break off without a new item. */
    static final int MAX_STALLS = 3;

    private final PagePlan<T> plan;
    private final PageNavigator<T> navigator;
    private final Deduplicator<T> deduplicator;
    private final ReadTally tally = new ReadTally();
    private final AtomicInteger wip = new AtomicInteger();
    private final AtomicLong requested = new AtomicLong();

    private volatile boolean cancelled;
    private volatile @Nullable Throwable misuse;

    // The rest belongs to whoever drains.
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

    // ---- what items and whole pages differ in --------------------------------------------------------------------

    abstract Context context();

    /** Whether an item can be handed on now. */
    abstract boolean takesItems();

    abstract void item(T item);

    /** The items of a page have come; false when its end must wait for demand. */
    abstract boolean page(@Nullable ContinuationToken following);

    /** Whether nothing of a page is handed on before its end, so that one that breaks off can be thrown away. */
    abstract boolean keepsPage();

    /** What came of the page is thrown away. */
    abstract void dropPage();

    abstract void complete();

    abstract void fail(Throwable error);

    // ---- demand ------------------------------------------------------------------------------------------------

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

    /** For whole pages, whose items count when their page does. */
    void handedOn(int items) {
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

    private long wantedItems() {
        if (!demanded()) {
            return 0;
        }
        return plan.options().prefetch() > 0 ? Long.MAX_VALUE : Math.min(BATCH, itemsFor(requested.get() - emitted));
    }

    /** How many items so much demand needs. */
    abstract long itemsFor(long demand);

    // ---- the loop ----------------------------------------------------------------------------------------------

    final void drain() {
        if (wip.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            try {
                while (step()) {
                    // step says whether to look again
                }
            } catch (Throwable failure) {
                collapse(failure);
            }
            missed = wip.addAndGet(-missed);
        } while (missed != 0);
    }

    private void collapse(Throwable failure) {
        if (over) {
            // By the subscriber, when it was told of the end.
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
        handOn(head);
        if (cancelled) {
            return true;
        }
        if (done && head.drained()) {
            return leave(head);
        }
        return attend(head) || readAhead();
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

    /** Gives what has come. */
    private void handOn(PageFetch<T> head) {
        while (takesItems() && !cancelled) {
            T item = head.poll();
            if (item == null) {
                return;
            }
            if (admits(item)) {
                if (!keepsPage()) {
                    stalls = 0;
                    tally.items(1);
                }
                item(item);
            } else {
                tally.repeat();
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

    /** Asks the pages for items and looks at the clocks; true when that changed something. */
    private boolean attend(PageFetch<T> head) {
        head.want(wantedItems());
        boolean pausable = plan.options().prefetch() == 0
                && plan.repeatable()
                && deduplicator.resumable()
                && !head.progress().isBodyRead();
        if (head.watchTime(pausable)) {
            askAgain(head);
            return true;
        }
        for (PageFetch<T> page : pages) {
            if (page != head) {
                page.want(Long.MAX_VALUE);
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
            // Kept until the items of the page have been handed on.
            page.follow(null, JvmErrorException.signal(failure, plan.operationId()));
        }
    }

    // ---- the end of a page -------------------------------------------------------------------------------------

    private boolean leave(PageFetch<T> page) {
        Throwable failure = page.error();
        if (failure != null) {
            Throwable error = plan.strategy().explained(failure);
            boolean lost = isLost(page, error);
            if (lost && resumable() && ++stalls <= MAX_STALLS) {
                askAgain(page);
                return true;
            }
            endWith(lost ? notRepeatable(error) : error, page.location());
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
        if (successor != null && read.items() > 0 && deduplicator.stale()) {
            return new PagingException(
                    "A page of " + read.items() + " items brought no new one; following its link would not end",
                    context);
        }
        if (successor == null && read.nextLink() == null && plan.maybeTruncated(page.location(), read.items())) {
            return new PossibleTruncationException(
                    "The only page holds exactly the " + read.items()
                            + " items a page can hold and names no next one, so items may be missing. Ask for less with"
                            + " a filter, or choose a page size to count pages by offset",
                    context);
        }
        return null;
    }

    /** A page that broke off while it came can be asked for again; one that never began has been tried often enough. */
    private boolean isLost(PageFetch<T> page, Throwable error) {
        boolean broken = error instanceof ConnectionException
                || (error instanceof CallTimeoutException timeout
                        && timeout.phase() == CallTimeoutException.Phase.READ);
        boolean cut = error instanceof DecodeException && page.progress().isTruncated();
        return (broken && page.progress().hasEmitted()) || cut;
    }

    private boolean resumable() {
        return plan.repeatable() && (keepsPage() || deduplicator.resumable());
    }

    private Throwable notRepeatable(Throwable error) {
        return !plan.repeatable() && error instanceof DefenderException failure
                ? ErrorCopy.withNote(failure, "not asked for again, because the service has acted and could act twice")
                : error;
    }

    private void askAgain(PageFetch<T> page) {
        release(page);
        pages.remove();
        next = page.location();
        if (keepsPage()) {
            dropPage();
            deduplicator.restartPage();
        } else {
            deduplicator.repeatPage();
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

    /** A token is as long as the query of the call, so in want of memory there may be none. */
    private DefenderException continuing(PageLocation target, DefenderException failure) {
        try {
            return ErrorCopy.withContinuation(failure, plan.token(target).toString());
        } catch (VirtualMachineError exhausted) {
            // the error itself tells more
            return failure;
        }
    }

    /** First of all, because it frees memory; never throws, because the subscriber's last signal is still to come. */
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
        // First, so that a wait that ends with it is counted.
        page.abandon();
        tally.ended(page.progress());
    }

    /** Tells what the read came to; a listener that fails must not keep the stream from its end. */
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
