package io.github.defenderreactive.samples.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Roots to send secrets and tokens to. A blank one is none, because that is how some platforms hand on what is not set. */
final class Address implements ITypeConverter<@Nullable URI> {

    @Override
    public @Nullable URI convert(String text) {
        if (text.isBlank()) {
            return null;
        }
        try {
            URI address = new URI(text.strip());
            boolean safe = "https".equalsIgnoreCase(address.getScheme())
                    || "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address);
            if (safe && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below, without the words of a parser.
        }
        throw new TypeConversionException("'" + text
                + "' is not an address such as https://eu.api.security.microsoft.com; http is for loopback only");
    }

    static boolean isLoopback(URI address) {
        String host = address.getHost();
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }
}
