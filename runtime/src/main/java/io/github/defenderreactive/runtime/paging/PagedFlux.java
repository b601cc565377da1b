package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.error.PagingException;
import io.github.defenderreactive.runtime.error.PossibleTruncationException;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/**
 * The items of a paged collection.
 *
 * <p>Cold and strict about demand: no request is sent before items are requested, and no more pages are requested than
 * those items need, because a page uses quota. Items are emitted while their page is still being received. The end of
 * the last page completes the stream without further demand. The exceptions are pages counted by offset, whose end only
 * an empty page shows, and the page of a time window that is full to the last item.
 *
 * <p>A page is requested again if its response is truncated, or if its connection was released because there was no
 * demand for a long time. Items that were already emitted are recognised by their id and are not emitted again. Items
 * without an id cannot be distinguished, so such a page fails with the error, and
 * {@link ContinuationToken#of(Throwable)} returns the position at which to resume. The same applies to a page whose ids
 * take more than 4 MiB, which is more than 10,000 ids of 140 characters; after such a page an item may be emitted
 * twice. An item that is on two neighbouring pages, because rows moved in between, is emitted once. Pages of a snapshot
 * (exports) need no ids: the items already emitted are skipped by their number, and if the page no longer begins with
 * them, the stream fails with {@link PagingException}, because the snapshot no longer exists.
 *
 * <p>If the operation is read in windows of a time that never changes ({@link Paging.Strategy#TIME_WINDOW}), the read
 * is complete: every item that exists from subscribe until the end is emitted exactly once, even if other items are
 * added, removed or changed during the read. An item added during the read may or may not be emitted. The same applies
 * to an item that starts or stops matching the filter of the call, for example because its {@code lastUpdateTime}
 * changes. The first window is unbounded, so that it does not depend on a clock; a window whose page is full is
 * narrowed to the part that was not received. The order of items is unspecified. A row outside its window is a
 * {@link PagingException}; a full page of items of the same 100 nanoseconds is a {@link PossibleTruncationException}. A
 * call with {@code $top}, {@code $skip} or {@code $orderby} is not read in windows, nor is one after {@link #pageSize}
 * or {@link #withoutTimeWindows}.
 *
 * <p>Pages of an operation that must not be sent twice are not requested again; the message of the error says so.
 *
 * <p>Errors, in addition to those of every call: {@link PagingException} if a next link repeats, leads to no new items
 * (20 pages whose items were all received shortly before) or leads to another operation, and
 * {@link PossibleTruncationException} after the last item if the first page has exactly the maximum page size and no
 * next link. Anything thrown by the JVM, by a subscriber or by a function of the operation also ends the stream and
 * releases its connections; errors such as {@link OutOfMemoryError} are signalled as {@link JvmErrorException}.
 *
 * <p>Items are emitted on the thread of the connection, or on the thread that requests them if they are already
 * decoded. A consumer that blocks needs {@code publishOn}, whose prefetch then is the demand. Each subscriber reads the
 * pages from the start.
 *
 * <p>Only this library, and tests that replace it, should extend this class: methods may be added.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
public abstract class PagedFlux<T> extends Flux<T> {

    /** Creates an instance. For this library only. */
    protected PagedFlux() {}

    /**
     * Returns the complete pages. Demand is the number of pages.
     *
     * @return emits every page, even if it is empty, with the token of the next page
     */
    public abstract Flux<Page<T>> byPage();

    /**
     * Returns the complete pages from a token on.
     *
     * @param from a token of this operation
     * @return emits the page of the token and those after it
     * @throws IllegalArgumentException if the token is for another operation or for other arguments
     */
    public Flux<Page<T>> byPage(ContinuationToken from) {
        return resumeFrom(from).byPage();
    }

    /**
     * Returns the items from a token on.
     *
     * @param from a token of this operation
     * @return emits all items of the page of the token, and those after it
     * @throws IllegalArgumentException if the token is for another operation or for other arguments
     */
    public abstract PagedFlux<T> resumeFrom(ContinuationToken from);

    /**
     * Requests pages before there is demand for their items. Pages are then read at full speed and buffered in memory.
     *
     * @param pages maximum number of pages requested early; default 0
     * @return the same stream, reading ahead
     */
    public abstract PagedFlux<T> prefetchPages(int pages);

    /**
     * Sets the size of pages. An operation that pages a snapshot receives it as its {@code pageSize} parameter, and an
     * operation whose service returns next links even with {@code $top} receives it as {@code $top}; links are followed
     * as before.
     *
     * <p>For other operations, pages are counted by offset instead of following links. A {@code $top} of the call is
     * then the total number of items, and a {@code $skip} is the start.
     *
     * <p>Rows that are added or removed during the read move the others: a row that moves back is emitted once, a row
     * that moves forward across a page boundary is missed.
     *
     * @param rows items per page, from 1 to the documented maximum
     * @return the same stream with that page size; if counted by offset, it ends at an empty page
     * @throws IllegalArgumentException if the size is out of range, or the operation accepts neither {@code pageSize}
     *     nor {@code $top} and {@code $skip}
     */
    public abstract PagedFlux<T> pageSize(int rows);

    /**
     * Completes instead of failing if the first page has exactly the maximum page size and no next link. In time
     * windows, continues after a moment that has more items than fit in a page.
     *
     * @return the same stream without that error
     */
    public abstract PagedFlux<T> allowTruncation();

    /**
     * Follows the links of the service instead of reading in time windows. These links count rows, so an item that is
     * added during the read shifts the others: one may be received twice and is dropped, and one may be missed. Has no
     * effect on operations that are not read in windows.
     *
     * @return the same stream without windows
     */
    public abstract PagedFlux<T> withoutTimeWindows();

    /**
     * Invokes a listener with the report of each read, once, immediately before the read completes, fails or is
     * cancelled. The last item was emitted by then.
     *
     * @param listener invoked on the thread that ends the stream, once per subscriber; must not block. If it throws, a
     *     stream that would complete fails with that error. Replaces an earlier listener
     * @return the same stream with that listener
     */
    public abstract PagedFlux<T> doOnReport(Consumer<? super ReadReport> listener);

    /**
     * Invokes a listener with each response to a page request, of any status, before its items.
     *
     * @param listener invoked on the thread of the connection, once per attempt that gets a response; must not block.
     *     If it throws, the stream fails. Replaces an earlier listener
     * @return the same stream with that listener
     */
    public abstract PagedFlux<T> doOnResponse(Consumer<? super ResponseInfo> listener);

    /**
     * Skips elements that cannot be decoded as an item: null, a value of another type, or an item over a limit.
     * Otherwise the first of them ends the stream with {@link DecodeException}.
     *
     * @param listener invoked with each skipped item, on the thread that decodes the page; must not block. Invoked
     *     again for the items of a page that is requested again. If it throws, the stream fails
     * @return the same stream without those items
     */
    public abstract PagedFlux<T> skipUnreadable(Consumer<? super UnreadableItem> listener);

    /**
     * Returns the estimated cost of a read. Sends no request.
     *
     * @param items the expected number of items, 0 or more
     * @return the number of calls and their wait for the quota, after callers that already wait, and at the highest
     *     rate that the limiter permits. If the operation does not document its page size, 1,000 items per page are
     *     assumed
     * @throws IllegalArgumentException if the number is negative
     */
    public abstract ReadForecast forecast(long items);
}
