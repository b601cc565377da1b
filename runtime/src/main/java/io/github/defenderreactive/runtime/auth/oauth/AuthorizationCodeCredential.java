package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A user who signs in with a browser on this machine (OAuth 2.0 authorization code with PKCE). The credential does not
 * open a browser: it passes the address to a function of the application, and listens on the loopback address for the
 * redirect. After that it uses the refresh token.
 *
 * <p>The application's registration needs the redirect address {@code http://localhost}. Does not cache: wrap it in a
 * {@link TokenCache}. Thread-safe. See the platform's page <i>OAuth 2.0 authorization code flow</i>.
 *
 * <p>A token request fails with an {@link AuthenticationException} if the user declines or does not sign in in time.
 * Cancel closes the listener.
 *
 * @since 0.1.0
 */
public final class AuthorizationCodeCredential extends OAuthCredential {

    /** The default time limit of a sign-in. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    /** Lets the system choose the port of the listener. */
    public static final int ANY_PORT = 0;

    private final Map<String, String> hints;
    private final int port;
    private final Duration timeout;
    private final Scheduler scheduler;
    private final Function<URI, Mono<Void>> open;
    private final UserSession session;

    private AuthorizationCodeCredential(OAuthClient client, Builder options, Function<URI, Mono<Void>> open) {
        super(client);
        this.hints = Map.copyOf(options.hints);
        this.port = options.port;
        this.timeout = options.timeout;
        this.scheduler = options.scheduler;
        this.open = open;
        this.session = new UserSession(
                client,
                options.store == null ? RefreshTokenStore.inMemory() : options.store,
                (request, refusal) -> signIn(request),
                scheduler);
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
        return session.tokens(request);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    private Mono<IssuedTokens> signIn(TokenRequest request) {
        return Mono.fromCallable(Attempt::new)
                // gathering randomness may block
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(attempt -> Mono.usingWhen(
                        RedirectListener.open(port, attempt.state),
                        listener -> ForeignCode.signals(
                                        "The function that opens the address",
                                        () -> open.apply(address(request, attempt, listener.uri())))
                                .then(listener.code())
                                .timeout(timeout, Mono.error(this::timeoutError), scheduler)
                                .flatMap(code -> client().requestTokens(
                                                new AuthorizationCodeGrant(
                                                        new AuthorizationCode(code), listener.uri(), attempt.verifier),
                                                request)),
                        RedirectListener::close));
    }

    /** The values that tie a redirect to this sign-in. */
    private static final class Attempt {

        private final State state = new State();
        private final CodeVerifier verifier = new CodeVerifier();
    }

    private Throwable timeoutError() {
        return TokenErrors.unusable(
                "No user signed in within " + timeout + ": request the token again to get a new address");
    }

    private URI address(TokenRequest request, Attempt attempt, URI redirect) {
        AuthorizationRequest.Builder message = new AuthorizationRequest.Builder(ResponseType.CODE, client().id())
                .endpointURI(client().endpoint().endpoints().authorize())
                .redirectionURI(redirect)
                .responseMode(ResponseMode.QUERY)
                .scope(Scope.parse(request.scope()))
                .state(attempt.state)
                .codeChallenge(attempt.verifier, CodeChallengeMethod.S256);
        if (request.claims() != null) {
            message.customParameter("claims", request.claims());
        }
        hints.forEach((name, value) -> message.customParameter(name, value));
        return message.build().toURI();
    }

    /**
     * Builds {@link AuthorizationCodeCredential} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private final Map<String, String> hints = new LinkedHashMap<>();
        private @Nullable Function<URI, Mono<Void>> open;
        private @Nullable RefreshTokenStore store;
        private int port = ANY_PORT;
        private Duration timeout = DEFAULT_TIMEOUT;
        private Scheduler scheduler = Schedulers.parallel();

        private Builder() {}

        /**
         * Sets the function that opens the sign-in page.
         *
         * @param browse shows the address or opens a browser with it; it must not block, because it may be called on a
         *     connection's thread; the time limit starts when it completes, and its error ends the sign-in
         * @return this builder
         */
        public Builder open(Function<URI, Mono<Void>> browse) {
            this.open = Objects.requireNonNull(browse, "browse");
            return this;
        }

        /**
         * Sets the store of the refresh token.
         *
         * @param tokens the store; default a new one in memory for each credential
         * @return this builder
         */
        public Builder store(RefreshTokenStore tokens) {
            this.store = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Sets the port of the listener, for registrations whose redirect address contains a port.
         *
         * @param number 1 to 65535, or {@link AuthorizationCodeCredential#ANY_PORT}, the default
         * @return this builder
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("port must be 0-65535, was " + number);
            }
            this.port = number;
            return this;
        }

        /**
         * Sets the time limit of a sign-in.
         *
         * @param limit a positive duration; default 5 minutes
         * @return this builder
         * @throws IllegalArgumentException if the duration is not positive
         */
        public Builder timeout(Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException("timeout must be positive, was " + limit);
            }
            this.timeout = limit;
            return this;
        }

        /**
         * Sets the account that is expected to sign in.
         *
         * @param account the user principal name
         * @return this builder
         */
        public Builder loginHint(String account) {
            hints.put("login_hint", account);
            return this;
        }

        /**
         * Sets the prompt that the authority shows even if it is not needed.
         *
         * @param what {@code login}, {@code consent} or {@code select_account}
         * @return this builder
         */
        public Builder prompt(String what) {
            hints.put("prompt", what);
            return this;
        }

        /**
         * Sets the scheduler for the time limit.
         *
         * @param timers the scheduler; default {@link Schedulers#parallel()}
         * @return this builder
         */
        public Builder scheduler(Scheduler timers) {
            this.scheduler = Objects.requireNonNull(timers, "timers");
            return this;
        }

        /**
         * Builds the credential.
         *
         * @return the credential
         * @throws IllegalStateException if tenant, client, open function or transport is missing
         */
        @Override
        public AuthorizationCodeCredential build() {
            return build(settings());
        }

        @Override
        public AuthorizationCodeCredential build(AuthorityContext client) {
            return build(settings().withDefaults(client));
        }

        @Override
        AuthorizationCodeCredential build(CredentialSettings settings) {
            settings.require(open == null ? List.of("open") : List.of());
            return new AuthorizationCodeCredential(
                    settings.client(authentication(settings)), this, Objects.requireNonNull(open));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
