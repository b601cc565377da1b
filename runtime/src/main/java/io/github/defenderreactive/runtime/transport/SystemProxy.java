package io.github.defenderreactive.runtime.transport;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The proxy for {@code https} that the JVM's properties or the environment define.
 *
 * @param proxy the proxy, or null if there is none
 * @param exceptions the hosts that are connected to directly
 */
record SystemProxy(@Nullable HttpProxy proxy, ProxyExceptions exceptions) {

    private static final SystemProxy NONE = new SystemProxy(null, ProxyExceptions.NONE);

    private static final String HOST_PROPERTY = "https.proxyHost";
    private static final String PORT_PROPERTY = "https.proxyPort";
    private static final String DEFAULT_PORT = "443";
    private static final String EXCEPTIONS_PROPERTY = "http.nonProxyHosts";
    private static final List<String> PROXY_VARIABLES = List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
    private static final List<String> EXCEPTION_VARIABLES = List.of("no_proxy", "NO_PROXY");

    /**
     * Reads the proxy.
     *
     * @param variables returns an environment variable by its name; null if it is not set
     * @param properties returns a property of the JVM by its name; null if it is not set
     */
    static SystemProxy read(UnaryOperator<@Nullable String> variables, UnaryOperator<@Nullable String> properties) {
        String host = properties.apply(HOST_PROPERTY);
        return host == null || host.isBlank() ? ofEnvironment(variables) : ofProperties(host.strip(), properties);
    }

    private static SystemProxy ofProperties(String host, UnaryOperator<@Nullable String> properties) {
        String port = properties.apply(PORT_PROPERTY);
        // an IPv6 address has no brackets here
        String place = (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":"
                + (port == null || port.isBlank() ? DEFAULT_PORT : port.strip());
        String direct = properties.apply(EXCEPTIONS_PROPERTY);
        return new SystemProxy(
                proxy(place, HOST_PROPERTY),
                direct == null ? ProxyExceptions.LOOPBACK : ProxyExceptions.patterns(direct));
    }

    private static SystemProxy ofEnvironment(UnaryOperator<@Nullable String> variables) {
        for (String name : PROXY_VARIABLES) {
            String url = variables.apply(name);
            if (url != null) {
                return url.isBlank() ? NONE : new SystemProxy(proxy(url, name), exceptions(variables));
            }
        }
        return NONE;
    }

    private static ProxyExceptions exceptions(UnaryOperator<@Nullable String> variables) {
        for (String name : EXCEPTION_VARIABLES) {
            String list = variables.apply(name);
            if (list != null) {
                return ProxyExceptions.list(list);
            }
        }
        return ProxyExceptions.LOOPBACK;
    }

    private static HttpProxy proxy(String url, String source) {
        try {
            return HttpProxy.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid proxy in " + source + ": " + e.getMessage());
        }
    }
}
