package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.http.PercentEncoded;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that tunnels {@code https} with {@code CONNECT}. The password never appears in {@link #toString()}.
 *
 * @since 0.1.0
 */
public final class HttpProxy {

    private static final String SCHEME = "http";
    private static final Pattern SCHEME_OF_URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://");
    private static final int DEFAULT_PORT = 80;

    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable Supplier<String> password;

    private HttpProxy(String host, int port, @Nullable String user, @Nullable Supplier<String> password) {
        this.host = Objects.requireNonNull(host, "host");
        this.port = port;
        this.user = user;
        this.password = password;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
    }

    /**
     * Parses the URL of a proxy, in the form of {@code HTTPS_PROXY}: {@code http://user:password@proxy.example:3128}.
     * User and password may be percent-encoded. The scheme, the credentials and the port are optional; the default port
     * is 80.
     *
     * @param url the URL
     * @return the proxy
     * @throws IllegalArgumentException if the URL is not valid or its scheme is not {@code http}; the message does not
     *     contain the credentials
     */
    public static HttpProxy parse(String url) {
        String text = url.strip();
        Matcher scheme = SCHEME_OF_URL.matcher(text);
        boolean hasScheme = scheme.lookingAt();
        if (hasScheme && !scheme.group(1).equalsIgnoreCase(SCHEME)) {
            throw new IllegalArgumentException("Proxy scheme must be http, was "
                    + scheme.group(1).toLowerCase(Locale.ROOT)
                    + "; TLS connections to the proxy and SOCKS are not supported");
        }
        String rest = text.substring(hasScheme ? scheme.end() : 0);
        String authority = upTo("/?#", rest);
        if (rest.indexOf('@', authority.length()) >= 0) {
            // otherwise a part of a password would be used as a port, or looked up as a host name
            throw new IllegalArgumentException(
                    "User and password of a proxy must be percent-encoded: / is %2F, ? is %3F and # is %23");
        }
        int at = authority.lastIndexOf('@');
        String place = authority.substring(at + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > place.lastIndexOf(']');
        String host = hasPort ? place.substring(0, colon) : place;
        if (!host.matches("\\[[0-9A-Fa-f:.%]+]|[^\\s:\\[\\]@\\\\]+")) {
            throw new IllegalArgumentException("Proxy must have the form http://host:port");
        }
        boolean bracketed = host.startsWith("[");
        HttpProxy proxy = of(
                bracketed ? host.substring(1, host.length() - 1) : host,
                hasPort ? port(place.substring(colon + 1)) : DEFAULT_PORT);
        return at < 0 ? proxy : proxy.withCredentials(authority.substring(0, at));
    }

    private static String upTo(String ends, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return text.substring(0, i);
            }
        }
        return text;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("Proxy port must be a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    private HttpProxy withCredentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String secret = PercentEncoded.decode(colon < 0 ? "" : userInfo.substring(colon + 1));
        return withCredentials(PercentEncoded.decode(name), () -> secret);
    }

    /**
     * Returns a proxy without credentials.
     *
     * @param host name or address
     * @param port the port, from 1 to 65,535
     * @return the proxy
     */
    public static HttpProxy of(String host, int port) {
        return new HttpProxy(host, port, null, null);
    }

    /**
     * Returns a copy of this proxy with Basic credentials.
     *
     * @param name the user
     * @param secret supplies the password for each new connection; must not block
     * @return the proxy
     */
    public HttpProxy withCredentials(String name, Supplier<String> secret) {
        return new HttpProxy(
                host, port, Objects.requireNonNull(name, "name"), Objects.requireNonNull(secret, "secret"));
    }

    /**
     * Returns the host.
     *
     * @return a name or an address
     */
    public String host() {
        return host;
    }

    /**
     * Returns the port.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return port;
    }

    /**
     * Returns the user of the credentials.
     *
     * @return the user, or null without credentials
     */
    public @Nullable String user() {
        return user;
    }

    @Nullable
    Supplier<String> password() {
        return password;
    }

    @Override
    public String toString() {
        return "HttpProxy[" + host + ":" + port + "]";
    }
}
