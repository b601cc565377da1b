package io.github.defenderreactive.emulator.internal.description;

import io.github.defenderreactive.emulator.internal.json.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the description.
 *
 * @param api the API it belongs to
 * @param queryParameters schemas by name in any case
 * @param filterable properties that $filter may name
 * @param form whether the body is a form instead of JSON
 * @param requestSchema schema of the body, null if the operation takes none
 * @param itemSchema schema of the response, or of the items when it is a collection; null for an empty response
 * @param plainText whether the response is plain text instead of JSON
 * @param status the status of success; the highest where several are documented, as seen live
 * @param strategy the paging strategy
 * @param maxPageSize most items of a page, null if none is documented
 * @param linkPath path that its links lead to where it is not its own, else null
 */
public record ApiOperation(
        ServedApi api,
        String id,
        String method,
        String template,
        List<String> permissions,
        List<String> delegatedPermissions,
        String quotaGroup,
        @Nullable Integer perMinute,
        @Nullable Integer perHour,
        Map<String, Node> queryParameters,
        List<String> filterable,
        @Nullable Node requestSchema,
        boolean requestRequired,
        boolean form,
        @Nullable Node itemSchema,
        boolean collection,
        boolean plainText,
        int status,
        String strategy,
        @Nullable Integer maxPageSize,
        @Nullable String linkPath) {

    /** Returns whether a page with {@code $top} has a next link. */
    public boolean linksWithTop() {
        return strategy.equals("sized-link");
    }
}
