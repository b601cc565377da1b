package io.github.defenderreactive.runtime.auth;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * An application that proves its identity with a client secret (OAuth 2.0 client credentials, version 2 endpoint).
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. The secret shows in no message and no rendering.
 *
 * @since 0.1.0
 */
public final class ClientSecretCredential implements TokenCredential {

    /** The authority of the worldwide cloud and of GCC. */
    public static final URI DEFAULT_AUTHORITY = URI.create("https://login.microsoftonline.com");

    private final ClientID clientId;
    private final Supplier<String> secret;
    private final TokenEndpoint endpoint;

    private ClientSecretCredential(Builder from) {
        this.clientId = new ClientID(required(from.clientId, "clientId"));
        this.secret = required(from.secret, "secret");
        this.endpoint = TokenEndpoint.of(
                from.authority, required(from.tenantId, "tenantId"), required(from.transport, "transport"), from.clock);
    }

    private static <V> V required(@Nullable V value, String name) {
        if (value == null) {
            throw new IllegalStateException(name + " is missing");
        }
        return value;
    }

    /**
     * A builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gets a new access token from the authority.
     *
     * @param request what the token is for
     * @return the token; or {@link io.github.defenderreactive.runtime.error.AuthenticationException} when the authority
     *     refuses, {@link io.github.defenderreactive.runtime.error.ThrottledException} or
     *     {@link io.github.defenderreactive.runtime.error.ServiceException} when it cannot answer now,
     *     {@link io.github.defenderreactive.runtime.error.DecodeException} when something else than an authority
     *     answers, or an error of the transport. Cancel stops the exchange
     */
    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        // a supplier may read a file
        return Mono.fromCallable(this::readSecret)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(value ->
                        endpoint.ask(uri -> message(uri, value, request), text -> text.replace(value, "(secret)")));
    }

    private String readSecret() {
        String value = secret.get();
        if (value == null || value.isEmpty()) {
            throw TokenErrors.unusable("The supplier of the client secret gave none");
        }
        return value;
    }

    private com.nimbusds.oauth2.sdk.TokenRequest message(URI uri, String value, TokenRequest request) {
        var message = new com.nimbusds.oauth2.sdk.TokenRequest.Builder(
                        uri, new ClientSecretPost(clientId, new Secret(value)), new ClientCredentialsGrant())
                .scope(Scope.parse(request.scope()));
        String claims = request.claims();
        return (claims == null ? message : message.customParameter("claims", claims)).build();
    }

    @Override
    public String toString() {
        return "ClientSecretCredential[clientId=" + clientId.getValue() + ", " + endpoint + "]";
    }

    /**
     * Collects what a {@link ClientSecretCredential} needs.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private @Nullable String tenantId;
        private @Nullable String clientId;
        private @Nullable Supplier<String> secret;
        private @Nullable Transport transport;
        private URI authority = DEFAULT_AUTHORITY;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Sets the tenant.
         *
         * @param id its id, or one of its verified domain names
         * @return this builder
         * @throws IllegalArgumentException if it holds other characters than letters, digits, {@code .} and {@code -}
         */
        public Builder tenantId(String id) {
            if (!id.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
                throw new IllegalArgumentException("A tenant is its id or a domain name, not \"" + id + "\"");
            }
            this.tenantId = id;
            return this;
        }

        /**
         * Sets the application.
         *
         * @param id its application (client) id
         * @return this builder
         */
        public Builder clientId(String id) {
            this.clientId = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Sets where the secret comes from.
         *
         * @param supplier asked at each token request, so that a new secret works without a restart; may block
         * @return this builder
         */
        public Builder secret(Supplier<String> supplier) {
            this.secret = Objects.requireNonNull(supplier, "supplier");
            return this;
        }

        /**
         * Sets the authority.
         *
         * @param uri its base address without tenant; default {@link ClientSecretCredential#DEFAULT_AUTHORITY}
         * @return this builder
         */
        public Builder authority(URI uri) {
            this.authority = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets how requests are sent. It stays open when the credential is gone; use another one than for the service,
         * so that a stuck service cannot hold up tokens.
         *
         * @param sender the transport
         * @return this builder
         */
        public Builder transport(Transport sender) {
            this.transport = Objects.requireNonNull(sender, "sender");
            return this;
        }

        /**
         * Sets the clock that says when a token ends.
         *
         * @param source the clock; default the system's
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, secret or transport is missing
         */
        public ClientSecretCredential build() {
            return new ClientSecretCredential(this);
        }
    }
}
