package io.github.defenderreactive.runtime.internal.http;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for headers that an application adds to the requests of its client. */
public final class CustomHeaders {

    /** Headers that the library sets, or that would change how it reads a response. */
    private static final Set<String> RESERVED = Set.of(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
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

    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e](?:[\\t\\x20-\\x7e]*[\\x21-\\x7e])?");

    private CustomHeaders() {}

    /**
     * Checks the name of a header.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is not a valid name, or the name of a header that the library sets itself
     */
    public static String name(String name) {
        requireName(name);
        if (isReserved(name)) {
            throw new IllegalArgumentException("header " + name + " is set by the client"
                    + (name.equalsIgnoreCase("user-agent") ? "; use userAgent(...)" : " and cannot be replaced"));
        }
        return name;
    }

    /**
     * Checks the name of the header that authorizes requests, which may be {@code Authorization}.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if it is not a valid name, or the name of a header that the library sets itself
     */
    public static String authorizationName(String name) {
        requireName(name);
        return name.equalsIgnoreCase("authorization") ? name : name(name);
    }

    /**
     * Returns whether the library sets a header itself.
     *
     * @param name the name in any case
     * @return true if an application cannot set it
     */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static void requireName(String name) {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("header name must consist of letters, digits and -, was " + name);
        }
    }

    /**
     * Checks the value of a header. The message does not contain it, because it may be a secret.
     *
     * @param name the name of the header
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if it is empty, begins or ends with a blank, or has another character than
     *     printable ASCII
     */
    public static String value(String name, String value) {
        Objects.requireNonNull(value, name);
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "value of header " + name + " must be printable ASCII without blanks at its ends");
        }
        return value;
    }
}
