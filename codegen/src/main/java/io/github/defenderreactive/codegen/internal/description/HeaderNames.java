package io.github.defenderreactive.codegen.internal.description;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of headers that a parameter cannot have. The runtime refuses them too, but generated code must not depend on
 * a failure at run time; a test compares both.
 */
public final class HeaderNames {

    /** Headers that the client sets itself, or that would change how it reads a response. */
    public static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-encoding",
            "content-length",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent");

    private static final Pattern NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]+");

    private HeaderNames() {}

    static boolean isFree(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
