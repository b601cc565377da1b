package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/**
 * The items of a collection, page after page.
 *
 * <p>Cold, and strict about demand: no request before items are asked for, and no page more than those items need, because
 * a page costs quota. Items leave while their page still arrives. The end of the last page completes the stream without
 * further demand, except when pages are counted by offset, where only an empty page shows their end, and when the page of
 * a window of time is full to the last item.
 *
 * <p>A page that breaks off is asked for again, and so is one whose items nobody wanted for so long that its connection was
 * given up; items delivered before are known by their id and do not come twice. Items without an id cannot be told apart:
 * such a page ends in the error, and {@link ContinuationToken#of(Throwable)} says where to go on. So does a page whose ids
 * take more than 4 MiB, which is more than 10,000 of 140 characters; behind such a page an item may come twice. An item
 * that stands on two neighbouring pages, because rows moved in between, comes once. Pages of a snapshot (exports) do
 * without ids: what was delivered is counted off, and a page that does not begin with it any more ends in
 * {@link io.github.defenderreactive.runtime.error.PagingException}, because its snapshot is gone.
 *
 * <p>Where the operation is read in windows over a time that never changes
 * ({@link io.github.defenderreactive.runtime.operation.Paging.Strategy#TIME_WINDOW}), the read is complete: every item that
 * was there at subscribe and stays until the end comes exactly once, whatever comes, goes or changes in between. An item
 * that comes meanwhile may be among them. So is one that enters or leaves the call's own filter meanwhile, for instance by
 * a change of its {@code lastUpdateTime}. The first window has neither a beginning nor an end, so that no clock can narrow
 * it; a window whose page is full is narrowed to what did not come. The order of items is not promised. A row outside its window
 * is a {@link io.github.defenderreactive.runtime.error.PagingException}, a full page of items of one and the same 100
 * nanoseconds a {@link io.github.defenderreactive.runtime.error.PossibleTruncationException}. A call with {@code $top},
 * {@code $skip} or {@code $orderby} is not read in windows, nor after {@link #pageSize} or {@link #withoutTimeWindows}.
 *
 * <p>An operation that must not be sent twice asks for no page again; its error says so.
 *
 * <p>Errors, besides those of every call: {@link io.github.defenderreactive.runtime.error.PagingException} when links
 * repeat, lead nowhere new (20 pages without an item that did not come not long before) or to another operation, and
 * {@link io.github.defenderreactive.runtime.error.PossibleTruncationException} behind the last item when the first
 * page is exactly as large as a page can be and names no next one. Anything thrown by the JVM, by a subscriber or by a
 * function of the operation ends the stream and frees its connections too; errors such as {@link OutOfMemoryError} come as
 * {@link io.github.defenderreactive.runtime.error.JvmErrorException}.
 *
 * <p>Items come on the connection's thread, or on the thread that asks for them when they are decoded already. A consumer
 * that blocks needs {@code publishOn}, whose prefetch is then the demand. Each subscriber walks the pages anew.
 *
 * <p>Not meant to be extended but by this library, and by tests that stand in for it: methods may be added.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public abstract class PagedFlux<T> extends Flux<T> {

    /** For the library; not meant to be called by others. */
    protected PagedFlux() {}

    /**
     * The same pages, each when it is whole. Demand counts pages.
     *
     * @return emits every page, an empty one too, with the token of the page behind it
     */
    public abstract Flux<Page<T>> byPage();

    /**
     * The pages from a token on, each when it is whole.
     *
     * @param from a token of this operation
     * @return emits the page the token names, and those behind it
     * @throws IllegalArgumentException if the token belongs to another operation or other arguments
     */
    public Flux<Page<T>> byPage(ContinuationToken from) {
        return resumeFrom(from).byPage();
    }

    /**
     * The items from a token on.
     *
     * @param from a token of this operation
     * @return emits the items of the page the token names from its start, and those behind it
     * @throws IllegalArgumentException if the token belongs to another operation or other arguments
     */
    public abstract PagedFlux<T> resumeFrom(ContinuationToken from);

    /**
     * Asks for pages before their items are wanted. Then pages are read at full speed and wait in memory.
     *
     * @param pages most pages asked for early; 0, the default, asks for none
     * @return the same stream, reading ahead
     */
    public abstract PagedFlux<T> prefetchPages(int pages);

    /**
     * Chooses the size of pages. An operation that pages a snapshot is told so by its {@code pageSize} parameter, one of a
     * service that links on with {@code $top} by that, and its links are followed as before.
     *
     * <p>For others pages are counted by offset instead of following links. A {@code $top} of the call is then the number
     * of items wanted in all, a {@code $skip} where to begin.
     *
     * <p>Rows that come or go while the pages are read move the others: one that moves back is delivered once, one that
     * moves forward over a page's edge is missed.
     *
     * @param rows items of a page, 1 to the documented maximum
     * @return the same stream in such pages; counted by offset it ends at an empty page
     * @throws IllegalArgumentException if the size is out of range or the operation takes neither {@code pageSize} nor
     *     {@code $top} and {@code $skip}
     */
    public abstract PagedFlux<T> pageSize(int rows);

    /**
     * Completes behind a first page that is exactly as large as a page can be and names no next one, rather than failing. In
     * windows, goes on beside a moment that has more items than a page.
     *
     * @return the same stream without that error
     */
    public abstract PagedFlux<T> allowTruncation();

    /**
     * Follows the links of the service where the pages would be windows of time. Its links count rows, so an item that
     * comes while the pages are read shifts the others: one may come twice and is dropped, and one may be missed. Without
     * effect on operations that are not read in windows.
     *
     * @return the same stream without windows
     */
    public abstract PagedFlux<T> withoutTimeWindows();

    /**
     * Tells what each read came to, once and right before its end: the last item has been handed on by then, and completion,
     * error or cancel is about to take effect.
     *
     * @param listener called on the thread that ends the stream, once per subscriber; must not block. When it fails, a
     *     stream that would complete ends in that error. Takes the place of an earlier one
     * @return the same stream with that listener
     */
    public abstract PagedFlux<T> doOnReport(Consumer<? super ReadReport> listener);

    /**
     * Invokes a listener with each response to the requests for pages, of any status, before its items.
     *
     * @param listener called on the connection's thread, once per attempt that gets a response; must not block. What it
     *     throws ends the stream. Takes the place of an earlier one
     * @return the same stream with that listener
     */
    public abstract PagedFlux<T> doOnResponse(Consumer<? super ResponseInfo> listener);

    /**
     * Skips what stands in the place of an item and cannot be read as one: null, a value of another kind, an item over a
     * limit. Without this the first of them ends the stream with
     * {@link io.github.defenderreactive.runtime.error.DecodeException}.
     *
     * @param listener called with each item that is skipped, on the thread that decodes the page; must not block. A page
     *     that is asked for again brings its items again. What it throws ends the stream
     * @return the same stream without those items
     */
    public abstract PagedFlux<T> skipUnreadable(Consumer<? super UnreadableItem> listener);

    /**
     * What a read of so many items would cost. Sends nothing.
     *
     * @param items how many are expected, 0 or more
     * @return the calls for them and how long the quota makes those wait: behind callers that wait already, and at the
     *     most calls the limiter lets through. An operation that documents no size of its pages is taken to have 1,000
     *     items in one
     * @throws IllegalArgumentException if the number is negative
     */
    public abstract ReadForecast forecast(long items);
}
