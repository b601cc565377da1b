package io.github.defenderreactive.codegen.internal.description;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places of the items of a page and of what leads to the next page, from {@code x-defender-paging}.
 *
 * @param items the JSON pointer to the list of items, empty if the response is the list
 * @param next the JSON pointer to the next link or cursor, empty if there is none
 * @param parameter the query parameter of the cursor or page number, or null
 * @param firstPage the number of the first page
 */
public record PageShape(String items, String next, @Nullable String parameter, int firstPage) {

    static final String CURSOR = "cursor";
    static final String PAGE_NUMBER = "page-number";
    static final String LINK_HEADER = "link-header";

    private static final String VALUE = "/value";
    private static final String NEXT_LINK = "/@odata.nextLink";
    private static final Set<String> LINKED = Set.of("next-link", "sized-link", "skip-token");
    private static final PageShape ODATA = new PageShape(VALUE, NEXT_LINK, null, 0);

    /**
     * Reads the shape.
     *
     * @throws DescriptionException if a part is missing, or does not belong to the strategy
     */
    public static PageShape of(Element paging) {
        String strategy = paging.text("strategy", "none");
        boolean cursor = strategy.equals(CURSOR);
        boolean numbered = strategy.equals(PAGE_NUMBER);
        String parameter = null;
        if (cursor || numbered) {
            parameter = paging.need("parameter").text();
        } else if (paging.has("parameter")) {
            throw paging.get("parameter").problem("needs the strategy " + CURSOR + " or " + PAGE_NUMBER);
        }
        if (!numbered && paging.has("firstPage")) {
            throw paging.get("firstPage").problem("needs the strategy " + PAGE_NUMBER);
        }
        if (cursor) {
            paging.need("next");
        } else if (paging.has("next") && !LINKED.contains(strategy)) {
            throw paging.get("next").problem("needs the strategy next-link or " + CURSOR);
        }
        return new PageShape(
                pointer(paging, "items", VALUE),
                pointer(paging, "next", NEXT_LINK),
                parameter,
                numbered ? paging.number("firstPage", 1) : 0);
    }

    /** Returns the pointer to a member that is given by its name or by a pointer. */
    private static String pointer(Element paging, String key, String otherwise) {
        if (!paging.has(key)) {
            return otherwise;
        }
        String given = paging.get(key).text();
        if (given.isEmpty() || given.startsWith("/")) {
            if (given.split("/", -1).length > 3) {
                throw paging.get(key).problem("must be at most two members deep; use the strategy none");
            }
            return given;
        }
        return "/" + given.replace("~", "~0").replace("/", "~1");
    }

    /** Returns whether pages are those of OData. */
    public boolean isOData() {
        return equals(ODATA);
    }

    /** Returns whether the response is the list of items. */
    public boolean isBare() {
        return items.isEmpty();
    }

    /** Returns the schema of an item of a page. */
    public Element item(Element page) {
        Element at = page.followed();
        for (String name : Pointer.parse(items).segments()) {
            at = at.need("properties").need(name).followed();
        }
        if (!Schemas.typeName(at).equals("array")) {
            throw page.problem("the items of a page must be a list at " + items
                    + "; name its member with items in x-defender-paging, or use the strategy none");
        }
        return at.need("items");
    }

    /** Returns the places in words, empty for OData. */
    public String words() {
        return isOData()
                ? ""
                : "items '" + items + "', next '" + next + "'" + (parameter == null ? "" : ", parameter " + parameter);
    }
}
