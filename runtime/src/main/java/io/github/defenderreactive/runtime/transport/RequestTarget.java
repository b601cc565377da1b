package io.github.defenderreactive.runtime.transport;

import java.net.URI;

/** The request target of a URI, and the part of it that may be logged. */
final class RequestTarget {

    private RequestTarget() {}

    /** Returns path and query for the request line. */
    static String of(URI uri) {
        String query = uri.getRawQuery();
        return path(uri) + (query == null ? "" : "?" + query);
    }

    /** Returns the URI without query and fragment, which may contain a signature or user input. */
    static URI without(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path(uri));
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
