package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.paging.ContinuationToken;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Hands on item by item, while the page arrives. */
final class ItemStream<T> extends PagedSubscription<T> {

    private final CoreSubscriber<? super T> actual;

    ItemStream(CoreSubscriber<? super T> actual, PagePlan<T> plan) {
        super(plan);
        this.actual = actual;
    }

    @Override
    Context context() {
        return actual.currentContext();
    }

    @Override
    boolean takesItems() {
        return demanded();
    }

    @Override
    long itemsFor(long demand) {
        return demand;
    }

    @Override
    void item(T item) {
        emitted();
        actual.onNext(item);
    }

    @Override
    boolean page(@Nullable ContinuationToken following) {
        return true;
    }

    @Override
    boolean keepsPage() {
        return false;
    }

    @Override
    void dropPage() {
        // Items handed on stay handed on.
    }

    @Override
    void complete() {
        actual.onComplete();
    }

    @Override
    void fail(Throwable error) {
        actual.onError(error);
    }
}
