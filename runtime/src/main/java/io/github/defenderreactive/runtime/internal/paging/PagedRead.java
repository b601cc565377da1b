package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.paging.ContinuationToken;
import io.github.defenderreactive.runtime.paging.Page;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.paging.ReadForecast;
import io.github.defenderreactive.runtime.paging.ReadReport;
import java.util.Objects;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** The {@link PagedFlux} of a call whose pages come from a {@link PageSource}. */
public final class PagedRead<T> extends PagedFlux<T> {

    private final PagePlan<T> plan;
    private final CallScope scope;

    private PagedRead(PagePlan<T> plan, CallScope scope) {
        this.plan = plan;
        this.scope = scope;
    }

    /**
     * Returns the pages of a call in a scope.
     *
     * @param call the call
     * @param source the source of its pages
     * @param basePath path of the API root without a trailing slash; links may contain it
     * @param settings deadline, clocks and limits
     * @param scope the scope of each read, from its subscribe to its end
     */
    public static <T> PagedFlux<T> of(
            Call<T> call, PageSource<T> source, String basePath, PageSettings settings, CallScope scope) {
        PagingStrategy<T> strategy = PagingStrategy.of(new PagedCall<>(call, basePath));
        return new PagedRead<>(new PagePlan<>(strategy, source, settings, PageOptions.DEFAULTS), scope);
    }

    private PagedFlux<T> with(PagingStrategy<T> strategy) {
        return new PagedRead<>(plan.with(strategy), scope);
    }

    private PagedFlux<T> with(PageOptions options) {
        return new PagedRead<>(plan.with(options), scope);
    }

    @Override
    public Flux<Page<T>> byPage() {
        return scope.admit(new Pages<>(plan));
    }

    @Override
    public PagedFlux<T> resumeFrom(ContinuationToken from) {
        return with(plan.strategy().resumeFrom(from));
    }

    @Override
    public PagedFlux<T> prefetchPages(int pages) {
        return with(plan.options().withPrefetch(pages));
    }

    @Override
    public PagedFlux<T> pageSize(int rows) {
        return with(plan.strategy().withPageSize(rows));
    }

    @Override
    public PagedFlux<T> allowTruncation() {
        return with(plan.options().withTruncationAllowed());
    }

    @Override
    public PagedFlux<T> withoutTimeWindows() {
        return with(plan.strategy().withoutTimeWindows());
    }

    @Override
    public PagedFlux<T> doOnReport(Consumer<? super ReadReport> listener) {
        return with(plan.options().withReport(Objects.requireNonNull(listener, "listener")));
    }

    @Override
    public PagedFlux<T> doOnResponse(Consumer<? super ResponseInfo> listener) {
        return with(plan.options().withResponses(Objects.requireNonNull(listener, "listener")));
    }

    @Override
    public PagedFlux<T> skipUnreadable(Consumer<? super UnreadableItem> listener) {
        return with(plan.options().withUnreadable(Objects.requireNonNull(listener, "listener")));
    }

    @Override
    public ReadForecast forecast(long items) {
        if (items < 0) {
            throw new IllegalArgumentException("items must be >= 0, was " + items);
        }
        long calls = plan.strategy().estimateCalls(items);
        return new ReadForecast(calls, plan.settings().permits().apply(calls));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        scope.admit(new Items<>(plan)).subscribe(actual);
    }

    private static final class Items<T> extends Flux<T> {

        private final PagePlan<T> plan;

        Items(PagePlan<T> plan) {
            this.plan = plan;
        }

        @Override
        public void subscribe(CoreSubscriber<? super T> actual) {
            Subscription stream = new ItemStream<>(actual, plan);
            actual.onSubscribe(stream);
        }
    }

    private static final class Pages<T> extends Flux<Page<T>> {

        private final PagePlan<T> plan;

        Pages(PagePlan<T> plan) {
            this.plan = plan;
        }

        @Override
        public void subscribe(CoreSubscriber<? super Page<T>> actual) {
            actual.onSubscribe(new WholePages<>(actual, plan));
        }
    }
}
