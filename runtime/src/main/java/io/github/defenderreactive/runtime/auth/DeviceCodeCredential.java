package io.github.defenderreactive.runtime.auth;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A user who signs in on another device: the program shows a code, the person types it into a page, the program asks until
 * that is done. For programs without a browser. After that the refresh token serves.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe. Rests on the platform's page <i>Device authorization
 * grant</i>.
 *
 * @since 0.1.0
 */
public final class DeviceCodeCredential implements TokenCredential {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final OAuthClient client;
    private final Function<DeviceCodePrompt, Mono<Void>> prompt;
    private final Scheduler scheduler;
    private final UserSession session;

    private DeviceCodeCredential(
            OAuthClient client,
            Function<DeviceCodePrompt, Mono<Void>> prompt,
            RefreshTokenStore store,
            Scheduler scheduler) {
        this.client = client;
        this.prompt = prompt;
        this.scheduler = scheduler;
        this.session = new UserSession(client, store, this::signIn);
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
     * Gets a new access token: from the refresh token where there is one, else after a sign-in.
     *
     * @param request what the token is for
     * @return the token; or {@link io.github.defenderreactive.runtime.error.AuthenticationException} when the person
     *     declined or did not sign in in time, else as {@link ClientSecretCredential#getToken}. Cancel stops asking
     */
    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return session.token(request);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    private Mono<IssuedTokens> signIn(TokenRequest request) {
        return Mono.defer(() -> {
            Instant asked = client.endpoint().clock().instant();
            DeviceAuthorizationRequest message = new DeviceAuthorizationRequest.Builder(client.id())
                    .endpointURI(client.endpoint().sibling("devicecode"))
                    .scope(Scope.parse(request.scope()))
                    .build();
            return client.endpoint()
                    .send(message)
                    .map(answer -> code(answer, asked))
                    .flatMap(code -> prompt.apply(code.prompt()).then(poll(code, request, code.interval())));
        });
    }

    private record Code(DeviceCode device, DeviceCodePrompt prompt, Duration interval) {

        @Override
        public String toString() {
            return prompt.toString();
        }
    }

    private Code code(TokenEndpoint.Answer answer, Instant asked) {
        String authority = client.endpoint().host();
        Map<String, Object> members = TokenAnswer.parse(answer.text());
        if (answer.head().status() != 200) {
            throw TokenErrors.refused(answer.head(), members, authority, answer.hide(), asked);
        }
        String device = text(members, "device_code");
        String user = text(members, "user_code");
        String uri = text(members, "verification_uri");
        if (members == null || device == null || user == null || uri == null) {
            throw TokenErrors.notAnAuthority(
                    "its answer holds no device code", answer.head().status(), authority);
        }
        Duration lifetime = seconds(members, "expires_in", DEFAULT_LIFETIME);
        String message = text(members, "message");
        return new Code(
                new DeviceCode(device),
                new DeviceCodePrompt(
                        user,
                        URI.create(uri),
                        asked.plus(lifetime),
                        message == null ? "Open " + uri + " and type in " + user : message),
                seconds(members, "interval", DEFAULT_INTERVAL));
    }

    private static @Nullable String text(@Nullable Map<String, Object> members, String name) {
        return members != null && members.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static Duration seconds(Map<String, Object> members, String name, Duration otherwise) {
        Long seconds = TokenAnswer.number(members.get(name));
        return seconds == null || seconds <= 0 ? otherwise : Duration.ofSeconds(seconds);
    }

    private Mono<IssuedTokens> poll(Code code, TokenRequest request, Duration interval) {
        return Mono.delay(interval, scheduler).then(Mono.defer(() -> {
            Instant now = client.endpoint().clock().instant();
            if (!now.isBefore(code.prompt().expiresAt())) {
                return Mono.error(TokenErrors.unusable("Nobody signed in with the code until "
                        + code.prompt().expiresAt() + ": ask for the token again to get a new one"));
            }
            return client.send(new DeviceCodeGrant(code.device()), request, Map.of())
                    .flatMap(answer -> judged(answer, now, code, request, interval))
                    // the person may be signing in right now
                    .onErrorResume(
                            TransientDefenderException.class, error -> poll(code, request, interval.plus(SLOWER)));
        }));
    }

    private Mono<IssuedTokens> judged(
            TokenEndpoint.Answer answer, Instant asked, Code code, TokenRequest request, Duration interval) {
        if (answer.head().status() != 200) {
            String error = text(TokenAnswer.parse(answer.text()), "error");
            if ("authorization_pending".equals(error)) {
                return poll(code, request, interval);
            }
            if ("slow_down".equals(error)) {
                return poll(code, request, interval.plus(SLOWER));
            }
        }
        return Mono.fromCallable(() -> client.endpoint().read(answer, asked));
    }

    @Override
    public String toString() {
        return "DeviceCodeCredential[" + client + "]";
    }

    /**
     * Collects what a {@link DeviceCodeCredential} needs.
     *
     * @since 0.1.0
     */
    public static final class Builder extends ConfidentialClientBuilder<Builder> {

        private @Nullable Function<DeviceCodePrompt, Mono<Void>> prompt;
        private RefreshTokenStore store = RefreshTokenStore.inMemory();
        private Scheduler scheduler = Schedulers.parallel();

        private Builder() {}

        /**
         * Sets how the person is told.
         *
         * @param show shows code and address; asking begins when it completes, and its error ends the sign-in
         * @return this builder
         */
        public Builder prompt(Function<DeviceCodePrompt, Mono<Void>> show) {
            this.prompt = Objects.requireNonNull(show, "show");
            return this;
        }

        /**
         * Sets where the refresh token is kept.
         *
         * @param tokens the store; default one in memory
         * @return this builder
         */
        public Builder store(RefreshTokenStore tokens) {
            this.store = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /**
         * Sets where the waits between two questions run.
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
         * @throws IllegalStateException if tenant, client, prompt or transport is missing
         */
        @Override
        public DeviceCodeCredential build() {
            require(prompt == null ? List.of("prompt") : List.of());
            return new DeviceCodeCredential(client(proof()), Objects.requireNonNull(prompt), store, scheduler);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
