package io.github.defenderreactive.cli.internal.connect;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.runtime.transport.LoopbackHost;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A converter of URLs that secrets and tokens are sent to. A blank URL counts as not given, because some platforms pass
 * an unset variable as a blank option.
 */
final class UrlConverter implements ITypeConverter<@Nullable URI> {

    @Override
    public @Nullable URI convert(String text) {
        if (text.isBlank()) {
            return null;
        }
        URI address = parsed(text);
        if (address == null) {
            throw new TypeConversionException(message(text));
        }
        return address;
    }

    /**
     * Returns the URL in an environment variable.
     *
     * @throws UsageException naming the variable, if its value is not a valid URL
     */
    static URI of(String variable, String text) {
        URI address = parsed(text);
        if (address == null) {
            throw new UsageException(variable + ": " + message(text));
        }
        return address;
    }

    private static @Nullable URI parsed(String text) {
        try {
            URI address = new URI(text.strip());
            boolean safe = "https".equalsIgnoreCase(address.getScheme())
                    || "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address);
            return safe && address.getHost() != null && isRoot(address) ? address : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean isRoot(URI address) {
        return address.getRawQuery() == null && address.getRawFragment() == null && address.getRawUserInfo() == null;
    }

    private static String message(String text) {
        return "'" + shown(text)
                + "' is not a URL such as https://eu.api.security.microsoft.com, without a query, a fragment and user"
                + " information; http is accepted for loopback addresses only";
    }

    /** Removes the query, the fragment and user information, which may contain secrets. */
    private static String shown(String text) {
        return text.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
    }

    static boolean isLoopback(URI address) {
        return LoopbackHost.matches(address.getHost());
    }
}
