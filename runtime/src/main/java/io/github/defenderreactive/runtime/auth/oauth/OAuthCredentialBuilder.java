package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What every credential needs that asks an authority: which application, in which tenant, where, over what.
 *
 * <p>Whoever knows the cloud, such as a client, fills in authority and transport with {@link #otherwise}.
 *
 * @param <B> the builder itself
 * @since 0.1.0
 */
public abstract class OAuthCredentialBuilder<B extends OAuthCredentialBuilder<B>> {

    /** The authority of the worldwide cloud and of GCC. */
    public static final URI DEFAULT_AUTHORITY = URI.create("https://login.microsoftonline.com");

    private @Nullable String tenantId;
    private @Nullable String clientId;
    private @Nullable URI authority;
    private @Nullable AuthorityEndpoints endpoints;
    private @Nullable Transport transport;
    private TokenEndpoint.Version version = TokenEndpoint.Version.V2;
    private Clock clock = Clock.systemUTC();

    OAuthCredentialBuilder() {}

    /**
     * Sets the tenant.
     *
     * @param id its id, or one of its verified domain names; for a user also {@code organizations}; blanks, line ends and a
     *     byte order mark around it are ignored
     * @return this builder
     * @throws IllegalArgumentException if it holds other characters than letters, digits, {@code .} and {@code -}
     */
    public B tenantId(String id) {
        this.tenantId = tenant(GivenText.of(id).strip());
        return self();
    }

    static String tenant(String id) {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
            throw new IllegalArgumentException("A tenant is its id or a domain name, not \"" + id + "\"");
        }
        return id;
    }

    /**
     * Sets the application.
     *
     * @param id its application (client) id; blanks, line ends and a byte order mark around it are ignored
     * @return this builder
     */
    public B clientId(String id) {
        this.clientId = GivenText.of(Objects.requireNonNull(id, "id")).strip();
        return self();
    }

    /**
     * Sets the authority.
     *
     * @param uri its base address without tenant; default {@link #DEFAULT_AUTHORITY}, or that of the client's cloud
     * @return this builder
     */
    public B authority(URI uri) {
        this.authority = Objects.requireNonNull(uri, "uri");
        return self();
    }

    /**
     * Sets each address of an authority that lays them out otherwise than the platform. Authority and tenant then have no
     * effect, and no tenant is needed.
     *
     * @param addresses the endpoints
     * @return this builder
     */
    public B endpoints(AuthorityEndpoints addresses) {
        this.endpoints = Objects.requireNonNull(addresses, "addresses");
        return self();
    }

    /**
     * Sets how requests are sent. It stays open when the credential is gone; use another one than for the service, so that
     * a stuck service cannot hold up tokens.
     *
     * @param sender the transport; default that of the client the credential is given to
     * @return this builder
     */
    public B transport(Transport sender) {
        this.transport = Objects.requireNonNull(sender, "sender");
        return self();
    }

    /**
     * Sets the clock that says when a token ends.
     *
     * @param source the clock; default the system's
     * @return this builder
     */
    public B clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "source");
        return self();
    }

    /**
     * Fills in what is not set.
     *
     * @param base the authority of the cloud
     * @param tenant the tenant, or null when only this builder knows it
     * @param sender the transport for token requests
     * @return this builder
     */
    public B otherwise(URI base, @Nullable String tenant, Transport sender) {
        if (authority == null) {
            authority = Objects.requireNonNull(base, "base");
        }
        if (tenantId == null && tenant != null) {
            tenantId(tenant);
        }
        if (transport == null) {
            transport = Objects.requireNonNull(sender, "sender");
        }
        return self();
    }

    /**
     * Builds the credential.
     *
     * @return the credential
     * @throws IllegalStateException if something is missing; the message names all of it
     */
    public abstract TokenCredential build();

    abstract B self();

    final void version(TokenEndpoint.Version chosen) {
        this.version = chosen;
    }

    final Clock clock() {
        return clock;
    }

    final String requiredClientId() {
        require(List.of());
        return Objects.requireNonNull(clientId);
    }

    final Transport requiredTransport() {
        require(List.of());
        return Objects.requireNonNull(transport);
    }

    final URI authority() {
        return authority == null ? DEFAULT_AUTHORITY : authority;
    }

    final String requiredTenantId() {
        require(List.of());
        return Objects.requireNonNull(tenantId);
    }

    /** Takes what the environment says where nothing else is set. */
    final void fillIn(@Nullable String tenant, @Nullable String client, @Nullable URI base) {
        if (tenantId == null && tenant != null) {
            tenantId(tenant);
        }
        if (clientId == null) {
            clientId = client;
        }
        if (authority == null) {
            authority = base;
        }
    }

    /** Tells another builder what this one was told. */
    final <O extends OAuthCredentialBuilder<O>> O into(O other) {
        OAuthCredentialBuilder<O> to = other;
        to.tenantId = tenantId == null ? to.tenantId : tenantId;
        to.clientId = clientId == null ? to.clientId : clientId;
        to.authority = authority == null ? to.authority : authority;
        to.endpoints = endpoints == null ? to.endpoints : endpoints;
        to.transport = transport == null ? to.transport : transport;
        to.clock = clock;
        return other;
    }

    /** Names everything that is missing at once. */
    final void require(List<String> others) {
        List<String> missing = new ArrayList<>();
        if (tenantId == null && endpoints == null) {
            missing.add("tenantId");
        }
        if (clientId == null) {
            missing.add("clientId");
        }
        if (transport == null) {
            missing.add("transport");
        }
        missing.addAll(others);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Missing: " + String.join(", ", missing));
        }
    }

    final OAuthClient client(ClientAuthentication proof) {
        AuthorityEndpoints addresses =
                endpoints == null ? AuthorityEndpoints.of(authority(), requiredTenantId(), version) : endpoints;
        TokenEndpoint endpoint = new TokenEndpoint(addresses, version, requiredTransport(), clock);
        return new OAuthClient(requiredClientId(), proof, endpoint);
    }
}
