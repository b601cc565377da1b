package io.github.defenderreactive.runtime.pipeline;

import java.net.URI;
import java.util.Objects;

/** The only place a bearer token is sent to. */
final class ApiRoot {

    private final String text;
    private final String authority;
    private final String path;

    ApiRoot(URI uri) {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException("The API root must be an absolute http URI with a host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The API root must hold nothing but scheme, host, port and path: leave"
                    + " query, fragment and user information out");
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

    /** Path of the root without a slash at its end. */
    String path() {
        return path;
    }

    /** The URI of a path and query below the root. */
    URI below(String target) {
        URI uri = URI.create(text + target);
        if (!target.startsWith("/") || !Objects.equals(uri.getRawAuthority(), authority)) {
            throw new IllegalArgumentException("Not below the API root");
        }
        return uri;
    }
}
