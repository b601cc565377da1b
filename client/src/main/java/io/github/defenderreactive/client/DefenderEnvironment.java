package io.github.defenderreactive.client;

import java.net.URI;
import java.util.Objects;

/**
 * A cloud: where each API is, where tokens come from, and what they are asked for. The audience is a value of its own,
 * because Defender for Endpoint accepts a token for {@code api.securitycenter.microsoft.com} at
 * {@code api.security.microsoft.com} and answers 403 to one made for the host it was sent to.
 *
 * @param baseUrl service root of Defender for Endpoint, without {@code /api} and slashes at its end
 * @param authority login root
 * @param audience resource that tokens for Defender for Endpoint are asked for; the scope is this with {@code /.default}
 * @param graphUrl service root of Microsoft Graph without {@code /v1.0}
 * @param graphAudience resource that tokens for Microsoft Graph are asked for
 * @param xdrUrl service root of Defender XDR, without {@code /api} and slashes at its end
 * @param xdrAudience resource that tokens for Defender XDR are asked for
 * @since 0.1.0
 */
public record DefenderEnvironment(
        URI baseUrl,
        URI authority,
        String audience,
        URI graphUrl,
        String graphAudience,
        URI xdrUrl,
        String xdrAudience) {

    private static final String DEFENDER_PATH = "/api";
    private static final String VERSIONED_DEFENDER_PATH = "/api/v1.0";
    private static final String GRAPH_PATH = "/v1.0";
    private static final String WORLDWIDE_HOST = "api.security.microsoft.com";

    /** The worldwide cloud; the default. */
    public static final DefenderEnvironment WORLDWIDE = of(
            "https://login.microsoftonline.com",
            "https://api.security.microsoft.com",
            "https://api.securitycenter.microsoft.com",
            "https://graph.microsoft.com",
            "https://api.security.microsoft.com");

    /** The US government community cloud (GCC). Its Microsoft Graph is the worldwide one. */
    public static final DefenderEnvironment GCC = of(
            "https://login.microsoftonline.com",
            "https://api-gcc.securitycenter.microsoft.us",
            "https://api-gcc.securitycenter.microsoft.us",
            "https://graph.microsoft.com",
            "https://api-gcc.security.microsoft.us");

    /** The US government cloud GCC High. */
    public static final DefenderEnvironment GCC_HIGH = of(
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://graph.microsoft.us",
            "https://api-gov.security.microsoft.us");

    /** The US Department of Defense cloud; hosts and audiences are those of GCC High but for Microsoft Graph. */
    public static final DefenderEnvironment DOD = of(
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://dod-graph.microsoft.us",
            "https://api-gov.security.microsoft.us");

    /**
     * Checks the components. A service root that ends in what each request adds to it, such as {@code /api}, is taken
     * without that and without slashes at its end.
     *
     * @param baseUrl service root of Defender for Endpoint
     * @param authority login root
     * @param audience resource that tokens for Defender for Endpoint are asked for; the scope is this with
     *     {@code /.default}
     * @param graphUrl service root of Microsoft Graph
     * @param graphAudience resource that tokens for Microsoft Graph are asked for
     * @param xdrUrl service root of Defender XDR
     * @param xdrAudience resource that tokens for Defender XDR are asked for
     * @throws IllegalArgumentException if a URI has no host, or a service root has a query, a fragment or user
     *     information
     */
    public DefenderEnvironment {
        baseUrl = root(baseUrl, "baseUrl", VERSIONED_DEFENDER_PATH, DEFENDER_PATH);
        absolute(authority, "authority");
        Objects.requireNonNull(audience, "audience");
        graphUrl = root(graphUrl, "graphUrl", GRAPH_PATH);
        Objects.requireNonNull(graphAudience, "graphAudience");
        xdrUrl = root(xdrUrl, "xdrUrl", VERSIONED_DEFENDER_PATH, DEFENDER_PATH);
        Objects.requireNonNull(xdrAudience, "xdrAudience");
    }

    private static void absolute(URI uri, String name) {
        Objects.requireNonNull(uri, name);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(name + " must be absolute: " + uri);
        }
    }

    /** A service root without what each request adds to it: both ways to write it are common. */
    private static URI root(URI uri, String name, String... added) {
        absolute(uri, name);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " must be a service root such as https://"
                    + WORLDWIDE_HOST + ", without query, fragment and user information; its host was "
                    + uri.getHost());
        }
        String path = withoutSlashes(uri.getRawPath() == null ? "" : uri.getRawPath());
        for (String end : added) {
            int kept = path.length() - end.length();
            if (path.regionMatches(true, kept, end, 0, end.length())) {
                path = withoutSlashes(path.substring(0, kept));
            }
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static DefenderEnvironment of(String authority, String baseUrl, String audience, String graph, String xdr) {
        return new DefenderEnvironment(
                URI.create(baseUrl), URI.create(authority), audience, URI.create(graph), graph, URI.create(xdr), xdr);
    }

    /**
     * The same cloud with Defender for Endpoint behind another host, such as a regional one
     * ({@code https://eu.api.security.microsoft.com}). The audience stays, and so do the other APIs.
     *
     * @param url service root; {@code /api} at its end is taken off. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withBaseUrl(URI url) {
        return new DefenderEnvironment(url, authority, audience, graphUrl, graphAudience, xdrUrl, xdrAudience);
    }

    /**
     * The same cloud with Microsoft Graph behind another host. The audience stays.
     *
     * @param url service root; {@code /v1.0} at its end is taken off. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withGraphUrl(URI url) {
        return new DefenderEnvironment(baseUrl, authority, audience, url, graphAudience, xdrUrl, xdrAudience);
    }

    /**
     * The same cloud with Defender XDR behind another host. The audience stays.
     *
     * @param url service root; {@code /api} at its end is taken off. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withXdrUrl(URI url) {
        return new DefenderEnvironment(baseUrl, authority, audience, graphUrl, graphAudience, url, xdrAudience);
    }

    /**
     * The same cloud with all APIs behind one server, such as a gateway or an emulator. The audiences stay, so each API
     * still gets tokens of its own.
     *
     * @param url service root; {@code /api} or {@code /v1.0} at its end is taken off. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withServer(URI url) {
        URI root = root(url, "url", VERSIONED_DEFENDER_PATH, GRAPH_PATH, DEFENDER_PATH);
        return withBaseUrl(root).withGraphUrl(root).withXdrUrl(root);
    }

    /**
     * The same cloud with another login root.
     *
     * @param url login root; {@code http} only for loopback
     * @return the environment
     */
    public DefenderEnvironment withAuthority(URI url) {
        return new DefenderEnvironment(baseUrl, url, audience, graphUrl, graphAudience, xdrUrl, xdrAudience);
    }

    /**
     * The same cloud with another audience for Defender for Endpoint.
     *
     * @param resource resource that tokens are asked for
     * @return the environment
     */
    public DefenderEnvironment withAudience(String resource) {
        return new DefenderEnvironment(baseUrl, authority, resource, graphUrl, graphAudience, xdrUrl, xdrAudience);
    }

    /**
     * Where the paths of Defender for Endpoint begin.
     *
     * @return the base URL with {@code /api}
     */
    public URI apiRoot() {
        return apiRoot(Api.DEFENDER_ENDPOINT);
    }

    /**
     * Where the paths of an API begin.
     *
     * @param api the API
     * @return its service root with {@code /api} or {@code /v1.0}
     */
    public URI apiRoot(Api api) {
        return switch (api) {
            case DEFENDER_ENDPOINT -> URI.create(baseUrl + DEFENDER_PATH);
            case GRAPH_SECURITY -> URI.create(graphUrl + GRAPH_PATH);
            case DEFENDER_XDR -> URI.create(xdrUrl + DEFENDER_PATH);
        };
    }

    /**
     * The scope tokens for Defender for Endpoint are asked for.
     *
     * @return the audience with {@code /.default}
     */
    public String scope() {
        return scope(Api.DEFENDER_ENDPOINT);
    }

    /**
     * The scope tokens for an API are asked for.
     *
     * @param api the API
     * @return its audience with {@code /.default}
     */
    public String scope(Api api) {
        String resource = switch (api) {
            case DEFENDER_ENDPOINT -> audience;
            case GRAPH_SECURITY -> graphAudience;
            case DEFENDER_XDR -> xdrAudience;
        };
        return resource + "/.default";
    }
}
