package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.JWTBearerGrant;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * A service that calls on behalf of its users. Each {@link TokenRequest} contains the assertion of its user; tokens of
 * two users are never mixed.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. See the platform's page <i>OAuth 2.0 On-Behalf-Of
 * flow</i>.
 *
 * <p>A token request fails with an {@link AuthenticationException} if it has no user, if the user's token was not
 * issued for this application or has expired, or if the user must sign in again.
 *
 * @since 0.1.0
 */
public final class OnBehalfOfCredential extends OAuthCredential {

    private OnBehalfOfCredential(OAuthClient client) {
        super(client);
    }

    /**
     * Returns a new builder.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Mono<IssuedTokens> tokens(TokenRequest request) {
        return Mono.defer(
                () -> client().requestTokens(grant(request), request, Map.of("requested_token_use", "on_behalf_of")));
    }

    private static JWTBearerGrant grant(TokenRequest request) {
        UserAssertion user = request.user();
        if (user == null) {
            throw TokenErrors.unusable("The request has no user assertion: call onBehalfOf(...) of the client first");
        }
        try {
            return new JWTBearerGrant(SignedJWT.parse(user.value()));
        } catch (ParseException e) {
            // without the cause, which may quote the token
            throw TokenErrors.unusable("The user's access token is not a signed JWT: pass the token of the user's call"
                    + ", without \"Bearer\"");
        }
    }

    /**
     * Builds {@link OnBehalfOfCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private Builder() {}

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, transport or the application's authentication is missing
         */
        @Override
        public OnBehalfOfCredential build() {
            return build(settings());
        }

        @Override
        public OnBehalfOfCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        OnBehalfOfCredential build(CredentialSettings settings) {
            settings.require(isPublic() ? List.of("clientSecret, clientCertificate or clientAssertion") : List.of());
            return new OnBehalfOfCredential(settings.client(authentication(settings)));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
