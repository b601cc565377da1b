package io.github.defenderreactive.runtime.transport;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that tunnels {@code https} with {@code CONNECT}. Its password shows in no rendering.
 *
 * @since 0.1.0
 */
public final class HttpProxy {

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
            throw new IllegalArgumentException("port must be between 1 and 65535, not " + port);
        }
    }

    /**
     * A proxy that asks for no credentials.
     *
     * @param host its name or address
     * @param port its port, 1 to 65,535
     * @return the proxy
     */
    public static HttpProxy of(String host, int port) {
        return new HttpProxy(host, port, null, null);
    }

    /**
     * The same with Basic credentials.
     *
     * @param name the user
     * @param secret the password, asked for at each new connection; must not block
     * @return the proxy
     */
    public HttpProxy withCredentials(String name, Supplier<String> secret) {
        return new HttpProxy(
                host, port, Objects.requireNonNull(name, "name"), Objects.requireNonNull(secret, "secret"));
    }

    /**
     * Its host.
     *
     * @return a name or an address
     */
    public String host() {
        return host;
    }

    /**
     * Its port.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return port;
    }

    @Nullable
    String user() {
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
