package io.github.defenderreactive.cli.connect;

import io.github.defenderreactive.cli.arguments.UsageException;
import io.github.defenderreactive.runtime.transport.LoopbackHost;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Roots to send secrets and tokens to. A blank one is none, because that is how some platforms hand on what is not set. */
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

    /** The address in a variable; {@link UsageException} naming the variable when it holds none. */
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
                + "' is not an address such as https://eu.api.security.microsoft.com, without a query, a fragment and user"
                + " information; http is for loopback only";
    }

    /** Removes a query, a fragment and user information, which may hold secrets. */
    private static String shown(String text) {
        return text.replaceAll("[?#].*", "").replaceAll("//[^/]*@", "//");
    }

    static boolean isLoopback(URI address) {
        return LoopbackHost.matches(address.getHost());
    }
}
