package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.paging.ContinuationToken;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Subscription that emits items while their page is being received. */
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
    boolean canEmit() {
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
    boolean buffersPage() {
        return false;
    }

    @Override
    void discardPage() {
        // Emitted items cannot be discarded.
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
