package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.EnvironmentVariables;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.transport.HttpProxy;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for a proxy. Without them the environment determines the proxy. */
final class ProxyOptions {

    private static final String PASSWORD = "DEFENDER_PROXY_PASSWORD";

    /** The variables that the library reads if no proxy is given. */
    private static final List<String> READ_BY_LIBRARY =
            List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY");

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            required = true,
            description =
                    "HTTP proxy for every https connection: http://host:port, or http://user@host:port if it requires"
                            + " credentials (environment: HTTPS_PROXY, and NO_PROXY for hosts to reach directly).")
    private String url = "";

    @Option(
            names = "--proxy-password-file",
            paramLabel = "FILE",
            description =
                    "File with the password of the user in --proxy (environment: DEFENDER_PROXY_PASSWORD, which holds"
                            + " the password itself).")
    private @Nullable Path passwordFile;

    /**
     * Sets the proxy of a transport.
     *
     * @throws UsageException if the proxy is invalid; the message omits its credentials
     */
    void applyTo(TransportOptions.Builder transport, EnvironmentVariables variables) {
        if (url.isBlank()) {
            if (passwordFile != null) {
                throw new UsageException("--proxy-password-file requires --proxy http://user@host:port");
            }
            ofEnvironment(transport, variables);
        } else {
            transport.proxy(named(variables));
        }
    }

    private static void ofEnvironment(TransportOptions.Builder transport, EnvironmentVariables variables) {
        READ_BY_LIBRARY.forEach(variables::get);
        try {
            transport.systemProxy(variables.all());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private HttpProxy named(EnvironmentVariables variables) {
        HttpProxy proxy;
        try {
            proxy = HttpProxy.parse(url);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--proxy: " + e.getMessage());
        }
        String user = proxy.user();
        if (user == null) {
            if (passwordFile != null) {
                throw new UsageException("--proxy-password-file requires a user: --proxy http://user@host:port");
            }
            return proxy;
        }
        if (holdsPassword()) {
            throw new UsageException("--proxy must not hold a password, because other processes can read arguments; use"
                    + " --proxy-password-file or " + PASSWORD);
        }
        String password = passwordFile == null
                ? variables.get(PASSWORD)
                : new OptionFile("--proxy-password-file", passwordFile).text();
        if (password == null) {
            throw new UsageException(
                    "The password of the user in --proxy is missing; use --proxy-password-file or " + PASSWORD);
        }
        return proxy.withCredentials(user, () -> password);
    }

    private boolean holdsPassword() {
        String credentials = url.substring(0, url.lastIndexOf('@'));
        return credentials.indexOf(':', credentials.indexOf("://") + 1) >= 0;
    }
}
