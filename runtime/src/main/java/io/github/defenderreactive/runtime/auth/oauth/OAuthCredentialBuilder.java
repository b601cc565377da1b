package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of every credential of an authority: the application, its tenant, the authority, and a transport.
 *
 * <p>With {@link #build(AuthorityContext)}, a client supplies its own authority and transport for what is not set.
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
     * @param id the tenant id, or one of its verified domain names; for a user also {@code organizations}; blanks, line
     *     ends and a byte order mark around it are ignored
     * @return this builder
     * @throws IllegalArgumentException if the id contains characters other than letters, digits, {@code .} and
     *     {@code -}
     */
    public B tenantId(String id) {
        this.tenantId = CredentialSettings.tenant(id);
        return self();
    }

    /**
     * Sets the application.
     *
     * @param id the application (client) id; blanks, line ends and a byte order mark around it are ignored
     * @return this builder
     */
    public B clientId(String id) {
        this.clientId = GivenText.of(Objects.requireNonNull(id, "id")).strip();
        return self();
    }

    /**
     * Sets the authority.
     *
     * @param uri the base address without tenant; default {@link #DEFAULT_AUTHORITY}, or that of the client's cloud
     * @return this builder
     */
    public B authority(URI uri) {
        this.authority = Objects.requireNonNull(uri, "uri");
        return self();
    }

    /**
     * Sets the endpoints of an authority whose addresses differ from those of the platform. Authority and tenant then
     * have no effect, and no tenant is needed.
     *
     * @param addresses the endpoints
     * @return this builder
     */
    public B endpoints(AuthorityEndpoints addresses) {
        this.endpoints = Objects.requireNonNull(addresses, "addresses");
        return self();
    }

    /**
     * Sets the transport for token requests. It is not closed with the credential. Use another one than for the
     * service, so that a service that does not respond cannot delay tokens.
     *
     * @param sender the transport; default that of the client for which the credential is built
     * @return this builder
     */
    public B transport(Transport sender) {
        this.transport = Objects.requireNonNull(sender, "sender");
        return self();
    }

    /**
     * Sets the clock used for expiry.
     *
     * @param source the clock; default the system clock
     * @return this builder
     */
    public B clock(Clock source) {
        this.clock = Objects.requireNonNull(source, "source");
        return self();
    }

    /**
     * Builds the credential.
     *
     * @return the credential
     * @throws IllegalStateException if a setting is missing; the message names all missing settings
     */
    public TokenCredential build() {
        return build(settings());
    }

    /**
     * Builds the credential for a client. Settings that this builder does not set are taken from the client; the
     * builder is not changed, so it can be used for several clients.
     *
     * @param client the defaults of the client
     * @return the credential
     * @throws IllegalStateException if a setting is missing; the message names all missing settings
     */
    public TokenCredential build(AuthorityContext client) {
        return build(settings().withDefaults(client));
    }

    abstract TokenCredential build(CredentialSettings settings);

    abstract B self();

    final void version(TokenEndpoint.Version chosen) {
        this.version = chosen;
    }

    final CredentialSettings settings() {
        return new CredentialSettings(tenantId, clientId, authority, endpoints, transport, version, clock);
    }
}
