package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.paging.ReadForecast;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A list whose pages a test makes; of the settings it has the listener of responses, and all of its rows are readable. */
final class SimulatedList<T> extends PagedFlux<T> {

    private final Function<Consumer<? super ResponseInfo>, Flux<T>> rows;
    private final Consumer<? super ResponseInfo> listener;

    SimulatedList(Function<Consumer<? super ResponseInfo>, Flux<T>> rows) {
        this(rows, response -> {});
    }

    private SimulatedList(
            Function<Consumer<? super ResponseInfo>, Flux<T>> rows, Consumer<? super ResponseInfo> listener) {
        this.rows = rows;
        this.listener = listener;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Flux.defer(() -> rows.apply(listener)).subscribe(actual);
    }

    @Override
    public PagedFlux<T> doOnResponse(Consumer<? super ResponseInfo> observer) {
        return new SimulatedList<>(rows, observer);
    }

    @Override
    public PagedFlux<T> skipUnreadable(Consumer<? super UnreadableItem> observer) {
        return this;
    }

    @Override
    public Flux<Page<T>> byPage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> resumeFrom(ContinuationToken from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> prefetchPages(int pages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> pageSize(int size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> allowTruncation() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> withoutTimeWindows() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PagedFlux<T> doOnReport(Consumer<? super ReadReport> observer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ReadForecast forecast(long items) {
        throw new UnsupportedOperationException();
    }
}
