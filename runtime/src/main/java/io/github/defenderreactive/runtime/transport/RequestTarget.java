package io.github.defenderreactive.runtime.transport;

import java.net.URI;

/** What stands in the request line, and what of it others may know. */
final class RequestTarget {

    private RequestTarget() {}

    /** Path and query as they go into the request line. */
    static String of(URI uri) {
        String query = uri.getRawQuery();
        return path(uri) + (query == null ? "" : "?" + query);
    }

    /** The URI without its query and fragment, which may hold a signature or words of a user. */
    static URI without(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path(uri));
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
