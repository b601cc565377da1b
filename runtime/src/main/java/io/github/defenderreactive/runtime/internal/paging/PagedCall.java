package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call for a collection, and what its arguments and its operation say about pages.
 *
 * @param call the call
 * @param basePath path of the API root, without a slash at its end; links may repeat it
 */
record PagedCall<T>(Call<T> call, String basePath) {

    static final String TOP = "$top";
    static final String SKIP = "$skip";
    static final String ORDER = "$orderby";
    static final String PAGE_SIZE = "pageSize";

    /** Items of a page of an operation that documents no size. */
    static final int DEFAULT_PAGE_SIZE = 1000;

    OperationInfo info() {
        return call.operation().info();
    }

    String operationId() {
        return info().id();
    }

    String operationPath() {
        return call.renderedPath();
    }

    /** Items of the largest page. */
    int largestPage() {
        int documented = info().paging().maxPageSize();
        return documented == 0 ? DEFAULT_PAGE_SIZE : documented;
    }

    /** Whether a page may have been cut: it has as many items as a documented page can have. */
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

    /** The same call with another argument; null removes it. */
    PagedCall<T> with(String argument, @Nullable String value) {
        return new PagedCall<>(call.mutate().query(argument, value).build(), basePath);
    }

    /** The parameter by which pages that follow links are sized, or null if the operation takes none. */
    @Nullable
    String sizeParameter() {
        String parameter = isSnapshot() ? PAGE_SIZE : linksWithTop() ? TOP : null;
        return parameter != null && takes(parameter) ? parameter : null;
    }

    /** Whether the pages are those of a snapshot, which rows neither enter nor leave. */
    boolean isSnapshot() {
        return info().paging().strategy() == Paging.Strategy.SKIP_TOKEN;
    }

    /** Whether the service links on with {@code $top}; most send no link to a call that has it. */
    boolean linksWithTop() {
        return info().paging().strategy() == Paging.Strategy.SIZED_LINK;
    }

    /** Whether {@code $top} makes the call one page, which is complete. */
    boolean isLimitedByTop() {
        return !linksWithTop() && has(TOP);
    }

    Deduplicator<T> deduplicator() {
        return isSnapshot()
                ? new PrefixDeduplicator<>(operationId())
                : new KeyDeduplicator<>(call.operation().key());
    }

    /** Path and query below the API root. */
    String target() {
        String query = call.renderedQuery();
        return query.isEmpty() ? call.renderedPath() : call.renderedPath() + "?" + query;
    }

    /** Path and query of a next link below the API root, or null if it leads to another operation. */
    @Nullable
    String follow(String link) {
        // The service does not know the base that a client is given.
        return below(
                link,
                Stream.of(basePath, basePath + "/v1.0", "/api", "/api/v1.0", "/v1.0", "")
                        .distinct()
                        .toList());
    }

    /** Whether a path and query below the API root leads to a page of this call. */
    boolean reaches(String target) {
        return below(target, List.of("")) != null;
    }

    private @Nullable String below(String link, List<String> roots) {
        String target = PageLink.below(link, operationPath(), roots);
        String other = info().paging().linkPath();
        return target != null || other == null ? target : PageLink.below(link, other, roots);
    }

    /** Calls for so many items in pages of so many rows. */
    static long calls(long items, long rows) {
        return items / rows + (items % rows == 0 ? 0 : 1);
    }
}
