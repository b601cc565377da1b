package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.http.PercentEncoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parser of next links. The path and query are sent back unchanged, and the host is ignored. Only characters that are
 * not valid in an HTTP request are encoded.
 */
final class PageLink {

    private PageLink() {}

    /**
     * Returns the part of a link below the API root.
     *
     * @param link the link as received, absolute or not
     * @param operationPath the operation's path with its arguments
     * @param roots paths that may precede it
     * @return the operation's path and the query as spelled in the link, or null if it points elsewhere
     */
    static @Nullable String below(String link, String operationPath, List<String> roots) {
        String local = withoutFragment(withoutHost(link));
        int question = local.indexOf('?');
        String path = question < 0 ? local : local.substring(0, question);
        String query = question < 0 ? "" : local.substring(question);
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        String wanted = PercentEncoded.decode(operationPath);
        for (String root : roots) {
            if (path.regionMatches(true, 0, root, 0, root.length())
                    && PercentEncoded.decode(path.substring(root.length())).equalsIgnoreCase(wanted)) {
                return PercentEncoded.path(path.substring(root.length())) + PercentEncoded.query(query);
            }
        }
        return null;
    }

    private static String withoutHost(String link) {
        int scheme = link.indexOf("://");
        int firstSlash = link.indexOf('/');
        boolean absolute = scheme > 0 && firstSlash == scheme + 1;
        if (!absolute && !link.startsWith("//")) {
            return link;
        }
        int host = absolute ? scheme + 3 : 2;
        for (int i = host; i < link.length(); i++) {
            char c = link.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return link.substring(i);
            }
        }
        return "";
    }

    private static String withoutFragment(String link) {
        int hash = link.indexOf('#');
        return hash < 0 ? link : link.substring(0, hash);
    }
}
