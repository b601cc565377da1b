package io.github.defenderreactive.client;

import java.net.URI;
import java.util.Objects;

/**
 * A cloud: where the API is, where tokens come from, and what they are asked for. The audience is a value of its own,
 * because the service accepts a token for {@code api.securitycenter.microsoft.com} at
 * {@code api.security.microsoft.com} and answers 403 to one made for the host it was sent to.
 *
 * @param baseUrl service root without {@code /api}
 * @param authority login root
 * @param audience resource that tokens are asked for; the scope is this with {@code /.default}
 * @since 0.1.0
 */
public record Environment(URI baseUrl, URI authority, String audience) {

    /** The worldwide cloud; the default. */
    public static final Environment WORLDWIDE = of(
            "https://api.security.microsoft.com",
            "https://login.microsoftonline.com",
            "https://api.securitycenter.microsoft.com");

    /** The US government community cloud (GCC). */
    public static final Environment GCC = of(
            "https://api-gcc.securitycenter.microsoft.us",
            "https://login.microsoftonline.com",
            "https://api-gcc.securitycenter.microsoft.us");

    /** The US government cloud GCC High. */
    public static final Environment GCC_HIGH = of(
            "https://api-gov.securitycenter.microsoft.us",
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us");

    /** The US Department of Defense cloud; hosts and audience are those of GCC High. */
    public static final Environment DOD = GCC_HIGH;

    /**
     * Checks the components.
     *
     * @param baseUrl service root without {@code /api}
     * @param authority login root
     * @param audience resource that tokens are asked for; the scope is this with {@code /.default}
     */
    public Environment {
        Objects.requireNonNull(baseUrl, "baseUrl");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(audience, "audience");
        if (baseUrl.getHost() == null || authority.getHost() == null) {
            throw new IllegalArgumentException(
                    "Base URL and authority must be absolute: " + baseUrl + ", " + authority);
        }
    }

    private static Environment of(String baseUrl, String authority, String audience) {
        return new Environment(URI.create(baseUrl), URI.create(authority), audience);
    }

    /**
     * The same cloud behind another API host, such as a regional one ({@code https://eu.api.security.microsoft.com}). The
     * audience stays.
     *
     * @param url service root without {@code /api}; {@code http} only for loopback
     * @return the environment
     */
    public Environment withBaseUrl(URI url) {
        return new Environment(url, authority, audience);
    }

    /**
     * The same cloud with another login root.
     *
     * @param url login root; {@code http} only for loopback
     * @return the environment
     */
    public Environment withAuthority(URI url) {
        return new Environment(baseUrl, url, audience);
    }

    /**
     * The same cloud with another audience.
     *
     * @param resource resource that tokens are asked for
     * @return the environment
     */
    public Environment withAudience(String resource) {
        return new Environment(baseUrl, authority, resource);
    }

    /**
     * Where the operations' paths begin.
     *
     * @return the base URL with {@code /api}
     */
    public URI apiRoot() {
        String root = baseUrl.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + "/api");
    }

    /**
     * The scope tokens are asked for.
     *
     * @return the audience with {@code /.default}
     */
    public String scope() {
        return audience + "/.default";
    }
}
