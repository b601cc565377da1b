package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Subscription that emits complete pages. */
final class WholePages<T> extends PagedSubscription<T> {

    private final CoreSubscriber<? super Page<T>> actual;
    private List<T> items = new ArrayList<>();

    WholePages(CoreSubscriber<? super Page<T>> actual, PagePlan<T> plan) {
        super(plan);
        this.actual = actual;
    }

    @Override
    Context context() {
        return actual.currentContext();
    }

    @Override
    boolean canEmit() {
        return true;
    }

    @Override
    long itemsFor(long demand) {
        return Long.MAX_VALUE;
    }

    @Override
    void item(T item) {
        items.add(item);
    }

    @Override
    boolean page(@Nullable ContinuationToken following) {
        if (!demanded()) {
            return false;
        }
        Page<T> page = new Page<>(items, following);
        items = new ArrayList<>();
        emitted();
        countEmitted(page.items().size());
        actual.onNext(page);
        return true;
    }

    @Override
    boolean buffersPage() {
        return true;
    }

    @Override
    void discardPage() {
        Operators.onDiscardMultiple(items, context());
        items = new ArrayList<>();
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
