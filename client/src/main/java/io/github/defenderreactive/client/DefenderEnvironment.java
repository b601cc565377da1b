package io.github.defenderreactive.client;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cloud: the addresses of the APIs, the authority that issues tokens, and the audience of the tokens of each API. The
 * audience is a value of its own, because Defender for Endpoint accepts a token for {@code
 * api.securitycenter.microsoft.com} at {@code api.security.microsoft.com} and responds with 403 to a token for the host
 * that it was sent to. Immutable; {@link #mutate()} derives another.
 *
 * @since 0.1.0
 */
public final class DefenderEnvironment {

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

    /** The US Department of Defense cloud. Except for Microsoft Graph, hosts and audiences are those of GCC High. */
    public static final DefenderEnvironment DOD = of(
            "https://login.microsoftonline.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://api-gov.securitycenter.microsoft.us",
            "https://dod-graph.microsoft.us",
            "https://api-gov.security.microsoft.us");

    private final URI baseUrl;
    private final URI authority;
    private final String audience;
    private final URI graphUrl;
    private final String graphAudience;
    private final URI xdrUrl;
    private final String xdrAudience;

    private DefenderEnvironment(Builder builder) {
        this.baseUrl = builder.baseUrl;
        this.authority = builder.authority;
        this.audience = builder.audience;
        this.graphUrl = builder.graphUrl;
        this.graphAudience = builder.graphAudience;
        this.xdrUrl = builder.xdrUrl;
        this.xdrAudience = builder.xdrAudience;
    }

    private static DefenderEnvironment of(String authority, String baseUrl, String audience, String graph, String xdr) {
        return new Builder(
                        root(URI.create(baseUrl), "baseUrl"),
                        URI.create(authority),
                        audience,
                        root(URI.create(graph), "graphUrl"),
                        graph,
                        root(URI.create(xdr), "xdrUrl"),
                        xdr)
                .build();
    }

    /**
     * Returns a builder with the values of {@link #WORLDWIDE}.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return WORLDWIDE.mutate();
    }

    /**
     * Returns a builder with the values of this environment.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder(baseUrl, authority, audience, graphUrl, graphAudience, xdrUrl, xdrAudience);
    }

    /**
     * Returns the service root of Defender for Endpoint.
     *
     * @return the URL, without {@code /api} and without slashes at its end
     */
    public URI baseUrl() {
        return baseUrl;
    }

    /**
     * Returns the login root.
     *
     * @return the URL
     */
    public URI authority() {
        return authority;
    }

    /**
     * Returns the audience of tokens for Defender for Endpoint.
     *
     * @return the resource; the scope is this with {@code /.default}
     */
    public String audience() {
        return audience;
    }

    /**
     * Returns the service root of Microsoft Graph.
     *
     * @return the URL, without {@code /v1.0} and without slashes at its end
     */
    public URI graphUrl() {
        return graphUrl;
    }

    /**
     * Returns the audience of tokens for Microsoft Graph.
     *
     * @return the resource
     */
    public String graphAudience() {
        return graphAudience;
    }

    /**
     * Returns the service root of Defender XDR.
     *
     * @return the URL, without {@code /api} and without slashes at its end
     */
    public URI xdrUrl() {
        return xdrUrl;
    }

    /**
     * Returns the audience of tokens for Defender XDR.
     *
     * @return the resource
     */
    public String xdrAudience() {
        return xdrAudience;
    }

    /**
     * Returns the same environment with Defender for Endpoint at another host, such as a regional one
     * ({@code https://eu.api.security.microsoft.com}). The audience and the other APIs stay the same.
     *
     * @param url service root; {@code /api} at its end is removed. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withBaseUrl(URI url) {
        return mutate().baseUrl(url).build();
    }

    /**
     * Returns the same environment with all APIs at one server, such as a gateway or an emulator. The audiences stay
     * the same, so each API still gets tokens of its own.
     *
     * @param url service root; {@code /api} or {@code /v1.0} at its end is removed. {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
     */
    public DefenderEnvironment withServer(URI url) {
        return mutate().server(url).build();
    }

    /**
     * Returns the same environment with another login root.
     *
     * @param url login root; {@code http} only for loopback
     * @return the environment
     * @throws IllegalArgumentException if it has no host
     */
    public DefenderEnvironment withAuthority(URI url) {
        return mutate().authority(url).build();
    }

    /**
     * Returns the root of the paths of Defender for Endpoint.
     *
     * @return the base URL with {@code /api}
     */
    public URI apiRoot() {
        return apiRoot(Api.DEFENDER_ENDPOINT);
    }

    /**
     * Returns the root of the paths of an API.
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
     * Returns the scope of token requests for Defender for Endpoint.
     *
     * @return the audience with {@code /.default}
     */
    public String scope() {
        return scope(Api.DEFENDER_ENDPOINT);
    }

    /**
     * Returns the scope of token requests for an API.
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

    private List<Object> values() {
        return List.of(baseUrl, authority, audience, graphUrl, graphAudience, xdrUrl, xdrAudience);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DefenderEnvironment environment && values().equals(environment.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "DefenderEnvironment[baseUrl=" + baseUrl + ", authority=" + authority + ", audience=" + audience
                + ", graphUrl=" + graphUrl + ", graphAudience=" + graphAudience + ", xdrUrl=" + xdrUrl
                + ", xdrAudience=" + xdrAudience + "]";
    }

    private static URI absolute(URI uri, String name) {
        Objects.requireNonNull(uri, name);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(name + " must be absolute, was " + uri);
        }
        return uri;
    }

    /** Returns a service root without the paths that each request adds to it: users write it with and without them. */
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

    /**
     * Builds {@link DefenderEnvironment} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private URI baseUrl;
        private URI authority;
        private String audience;
        private URI graphUrl;
        private String graphAudience;
        private URI xdrUrl;
        private String xdrAudience;

        private Builder(
                URI baseUrl,
                URI authority,
                String audience,
                URI graphUrl,
                String graphAudience,
                URI xdrUrl,
                String xdrAudience) {
            this.baseUrl = baseUrl;
            this.authority = authority;
            this.audience = audience;
            this.graphUrl = graphUrl;
            this.graphAudience = graphAudience;
            this.xdrUrl = xdrUrl;
            this.xdrAudience = xdrAudience;
        }

        /**
         * Sets the service root of Defender for Endpoint.
         *
         * @param url service root; {@code /api} and slashes at its end are removed. {@code http} only for loopback
         * @return this builder
         * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
         */
        public Builder baseUrl(URI url) {
            this.baseUrl = root(url, "baseUrl", VERSIONED_DEFENDER_PATH, DEFENDER_PATH);
            return this;
        }

        /**
         * Sets the login root.
         *
         * @param url login root; {@code http} only for loopback
         * @return this builder
         * @throws IllegalArgumentException if it has no host
         */
        public Builder authority(URI url) {
            this.authority = absolute(url, "authority");
            return this;
        }

        /**
         * Sets the audience of tokens for Defender for Endpoint.
         *
         * @param resource the resource; the scope is this with {@code /.default}
         * @return this builder
         */
        public Builder audience(String resource) {
            this.audience = Objects.requireNonNull(resource, "audience");
            return this;
        }

        /**
         * Sets the service root of Microsoft Graph.
         *
         * @param url service root; {@code /v1.0} and slashes at its end are removed. {@code http} only for loopback
         * @return this builder
         * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
         */
        public Builder graphUrl(URI url) {
            this.graphUrl = root(url, "graphUrl", GRAPH_PATH);
            return this;
        }

        /**
         * Sets the audience of tokens for Microsoft Graph.
         *
         * @param resource the resource
         * @return this builder
         */
        public Builder graphAudience(String resource) {
            this.graphAudience = Objects.requireNonNull(resource, "graphAudience");
            return this;
        }

        /**
         * Sets the service root of Defender XDR.
         *
         * @param url service root; {@code /api} and slashes at its end are removed. {@code http} only for loopback
         * @return this builder
         * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
         */
        public Builder xdrUrl(URI url) {
            this.xdrUrl = root(url, "xdrUrl", VERSIONED_DEFENDER_PATH, DEFENDER_PATH);
            return this;
        }

        /**
         * Sets the audience of tokens for Defender XDR.
         *
         * @param resource the resource
         * @return this builder
         */
        public Builder xdrAudience(String resource) {
            this.xdrAudience = Objects.requireNonNull(resource, "xdrAudience");
            return this;
        }

        /**
         * Sets one service root for all APIs, such as that of a gateway or an emulator. The audiences stay the same.
         *
         * @param url service root; {@code /api} or {@code /v1.0} at its end is removed. {@code http} only for loopback
         * @return this builder
         * @throws IllegalArgumentException if it has no host, or a query, a fragment or user information
         */
        public Builder server(URI url) {
            URI root = root(url, "url", VERSIONED_DEFENDER_PATH, GRAPH_PATH, DEFENDER_PATH);
            return baseUrl(root).graphUrl(root).xdrUrl(root);
        }

        /**
         * Builds the environment.
         *
         * @return the environment
         */
        public DefenderEnvironment build() {
            return new DefenderEnvironment(this);
        }
    }
}
