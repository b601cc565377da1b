package io.github.defenderreactive.runtime.internal.position;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reader of {@code Link} headers (RFC 8288). */
public final class LinkHeader {

    /** A link and its parameters. Quoted values may contain commas and semicolons. */
    private static final Pattern LINK = Pattern.compile(
            "<([^>]*+)>((?:\\s*+;\\s*+[\\w!#$&+.^`|~*-]++(?:\\s*+=\\s*+(?:\"[^\"]*+\"|[^\\s\",;]++))?+)*+)");

    private static final Pattern RELATION =
            Pattern.compile(";\\s*+rel\\s*+=\\s*+(?:\"([^\"]*+)\"|([^\\s\",;]++))", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /**
     * Returns the first link with the relation {@code next}.
     *
     * @param headers the values of the headers
     * @return the target as received, or null if there is none
     */
    public static @Nullable String next(List<String> headers) {
        for (String header : headers) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                Matcher relation = RELATION.matcher(link.group(2));
                // Only the first one counts.
                if (relation.find() && isNext(relation.group(1) == null ? relation.group(2) : relation.group(1))) {
                    return link.group(1);
                }
            }
        }
        return null;
    }

    private static boolean isNext(String relations) {
        return List.of(relations.strip().split("\\s+", -1)).stream().anyMatch("next"::equalsIgnoreCase);
    }
}
