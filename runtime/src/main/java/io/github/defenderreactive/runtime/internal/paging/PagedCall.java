package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call for a collection, with the paging properties of its arguments and its operation.
 *
 * @param call the call
 * @param basePath path of the API root without a trailing slash; links may contain it
 */
record PagedCall<T>(Call<T> call, String basePath) {

    static final String TOP = "$top";
    static final String SKIP = "$skip";
    static final String ORDER = "$orderby";
    static final String PAGE_SIZE = "pageSize";

    /** Assumed items per page of an operation that does not document its page size. */
    static final int DEFAULT_PAGE_SIZE = 1000;

    OperationInfo info() {
        return call.operation().info();
    }

    Paging paging() {
        return info().paging();
    }

    /** Returns whether the service links pages as OData does. */
    boolean isOData() {
        return switch (paging().strategy()) {
            case CURSOR, PAGE_NUMBER, LINK_HEADER -> false;
            default -> true;
        };
    }

    /** Returns the path and query of the page with a cursor or number. */
    String at(String position) {
        return with(Objects.requireNonNull(paging().parameter(), "parameter"), position)
                .target();
    }

    /** Returns the number of the page that this call requests; 0 if pages have no numbers. */
    long firstNumber() {
        String parameter = paging().parameter();
        return paging().strategy() == Paging.Strategy.PAGE_NUMBER && parameter != null
                ? number(parameter, paging().firstPage())
                : 0;
    }

    String operationId() {
        return info().id();
    }

    String operationPath() {
        return call.renderedPath();
    }

    /** Returns the maximum number of items per page. */
    int largestPage() {
        int documented = info().paging().maxPageSize();
        return documented == 0 ? DEFAULT_PAGE_SIZE : documented;
    }

    /** Returns whether a page may be truncated, because it has the documented maximum number of items. */
    boolean isLargestPage(long items) {
        return items > 0 && items == info().paging().maxPageSize();
    }

    boolean has(String argument) {
        return call.query().containsKey(argument);
    }

    long number(String argument, long absent) {
        String value = call.query().get(argument);
        return value == null ? absent : Long.parseLong(value);
    }

    boolean takes(String parameter) {
        return info().parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }

    /** Returns the call with another value of an argument; null removes the argument. */
    PagedCall<T> with(String argument, @Nullable String value) {
        return new PagedCall<>(call.mutate().query(argument, value).build(), basePath);
    }

    /** Returns the page size parameter of pages that follow links, or null if the operation has none. */
    @Nullable
    String sizeParameter() {
        String parameter = isSnapshot() ? PAGE_SIZE : linksWithTop() ? TOP : null;
        return parameter != null && takes(parameter) ? parameter : null;
    }

    /** Returns whether the pages are those of a snapshot, whose rows do not change. */
    boolean isSnapshot() {
        return info().paging().strategy() == Paging.Strategy.SKIP_TOKEN;
    }

    /** Returns whether the service sends next links even with {@code $top}; most operations do not. */
    boolean linksWithTop() {
        return info().paging().strategy() == Paging.Strategy.SIZED_LINK;
    }

    /** Returns whether {@code $top} limits the call to a single page, which is complete. */
    boolean isLimitedByTop() {
        return !linksWithTop() && has(TOP);
    }

    Deduplicator<T> deduplicator() {
        return isSnapshot()
                ? new PrefixDeduplicator<>(operationId())
                : new KeyDeduplicator<>(call.operation().key());
    }

    /** Returns the path and query below the API root. */
    String target() {
        String query = call.renderedQuery();
        return query.isEmpty() ? call.renderedPath() : call.renderedPath() + "?" + query;
    }

    /** Returns the path and query of a next link below the API root, or null if it points to another operation. */
    @Nullable
    String follow(String link) {
        // The service does not know the base URL of the client.
        return below(
                link.startsWith("?") ? operationPath() + link : link,
                Stream.of(basePath, basePath + "/v1.0", "/api", "/api/v1.0", "/v1.0", "")
                        .distinct()
                        .toList());
    }

    /** Returns whether a path and query below the API root is a page of this call. */
    boolean reaches(String target) {
        return below(target, List.of("")) != null;
    }

    private @Nullable String below(String link, List<String> roots) {
        String target = PageLink.below(link, operationPath(), roots);
        String other = info().paging().linkPath();
        return target != null || other == null ? target : PageLink.below(link, other, roots);
    }

    /** Returns the number of calls for a number of items in pages of a number of rows. */
    static long calls(long items, long rows) {
        return items / rows + (items % rows == 0 ? 0 : 1);
    }
}
