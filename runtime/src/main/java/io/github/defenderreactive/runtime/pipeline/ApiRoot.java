package io.github.defenderreactive.runtime.pipeline;

import java.net.URI;
import java.util.Objects;

/** The API root, the only destination of access tokens. */
final class ApiRoot {

    private final String text;
    private final String authority;
    private final String path;

    ApiRoot(URI uri) {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("apiRoot must be an absolute http or https URI with a host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("apiRoot must only have a scheme, a host, a port and a path: remove"
                    + " query, fragment and user information");
        }
        this.authority = uri.getRawAuthority();
        String whole = uri.getRawPath() == null ? "" : uri.getRawPath();
        int end = whole.length();
        while (end > 0 && whole.charAt(end - 1) == '/') {
            end--;
        }
        this.path = whole.substring(0, end);
        this.text = scheme + "://" + authority + path;
    }

    /** Returns the path of the root without a trailing slash. */
    String path() {
        return path;
    }

    /** Returns the URI of a path and query below the root. */
    URI below(String target) {
        URI uri = URI.create(text + target);
        if (!target.startsWith("/") || !Objects.equals(uri.getRawAuthority(), authority)) {
            throw new IllegalArgumentException("Path must be below the API root");
        }
        return uri;
    }
}
