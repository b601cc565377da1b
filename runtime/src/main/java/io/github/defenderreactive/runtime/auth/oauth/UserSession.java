package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import io.github.defenderreactive.runtime.internal.token.RequestedScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A signed-in user. Tokens are requested with the refresh token while the authority accepts it, otherwise by a new
 * sign-in. The refresh token of each response replaces the previous one. Requests for several scopes are serialized, so
 * that the user signs in once and no refresh token is used twice.
 */
final class UserSession {

    /** The authority returns a refresh token only if this scope is requested. */
    private static final String OFFLINE_ACCESS = "offline_access";

    private static final Duration STORE_TIMEOUT = TokenCredential.DEFAULT_DEADLINE;
    private static final String INVALID_GRANT = "invalid_grant";

    /** Errors that require a new sign-in; a retry would not help. */
    private static final Set<String> SIGN_IN_REQUIRED =
            Set.of(INVALID_GRANT, "interaction_required", "login_required", "consent_required");

    /** Errors that require an action of the user but leave the refresh token valid. */
    private static final Set<String> TOKEN_STILL_VALID =
            Set.of("consent_required", "basic_action", "additional_action");

    private final OAuthClient client;
    private final RefreshTokenStore store;
    private final SignIn signIn;
    private final Scheduler scheduler;
    private final SerialExecutor turns = new SerialExecutor();

    /** The sign-in of the user. */
    @FunctionalInterface
    interface SignIn {

        /**
         * Requests new tokens.
         *
         * @param refusal the authority's rejection of the refresh token, or null if there is no refresh token
         */
        Mono<IssuedTokens> tokens(TokenRequest request, @Nullable DefenderException refusal);
    }

    UserSession(OAuthClient client, RefreshTokenStore store, SignIn signIn, Scheduler scheduler) {
        this.client = client;
        this.store = store;
        this.signIn = signIn;
        this.scheduler = scheduler;
    }

    Mono<IssuedTokens> tokens(TokenRequest original) {
        return Mono.defer(() -> {
            TokenRequest request = withOfflineAccess(RequestedScope.withoutUser(original));
            return turns.inTurn(load().flatMap(refresh ->
                            refresh.map(token -> refresh(token, request, true)).orElseGet(() -> signIn(request, null)))
                    .flatMap(tokens -> save(tokens).thenReturn(tokens)));
        });
    }

    private Mono<Optional<String>> load() {
        return ofStore(store::load)
                .map(token -> GivenText.of(token).strip())
                .filter(token -> !token.isEmpty())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    /** Runs an operation of the store with a time limit, so that one that hangs does not block later requests. */
    private <T> Mono<T> ofStore(Supplier<Mono<T>> operation) {
        return ForeignCode.within(
                STORE_TIMEOUT,
                ForeignCode.signals("The store of the refresh token", operation),
                () -> TokenErrors.unusable("The store of the refresh token did not complete within " + STORE_TIMEOUT),
                scheduler);
    }

    private Mono<IssuedTokens> signIn(TokenRequest request, @Nullable DefenderException refusal) {
        return Mono.defer(() -> signIn.tokens(request, refusal));
    }

    private Mono<IssuedTokens> refresh(String refresh, TokenRequest request, boolean first) {
        return Mono.defer(() -> {
            Instant requestedAt = client.endpoint().clock().instant();
            return client.send(new RefreshTokenGrant(new RefreshToken(refresh)), request, Map.of())
                    .flatMap(response -> {
                        String error = response.error();
                        return error != null && SIGN_IN_REQUIRED.contains(error)
                                ? afterRejection(refresh, request, response, first)
                                : Mono.fromCallable(() -> client.endpoint().read(response, requestedAt));
                    });
        });
    }

    private Mono<IssuedTokens> afterRejection(
            String refused, TokenRequest request, TokenEndpoint.Response response, boolean first) {
        DefenderException refusal = client.endpoint().refusal(response);
        String reason = response.member("suberror");
        boolean invalidated =
                INVALID_GRANT.equals(response.error()) && (reason == null || !TOKEN_STILL_VALID.contains(reason));
        Mono<IssuedTokens> newSignIn = signIn(request, refusal);
        return invalidated
                ? load().flatMap(newest -> {
                    String other =
                            newest.filter(token -> !token.equals(refused)).orElse(null);
                    // another process has updated the store in the meantime
                    return other != null && first
                            ? refresh(other, request, false)
                            : this.<Void>ofStore(store::clear).then(newSignIn);
                })
                : newSignIn;
    }

    private Mono<Void> save(IssuedTokens tokens) {
        String refresh = tokens.refresh();
        return refresh == null ? Mono.empty() : ofStore(() -> store.save(refresh));
    }

    private static TokenRequest withOfflineAccess(TokenRequest request) {
        Set<String> scopes =
                new LinkedHashSet<>(Arrays.asList(request.scope().trim().split("\\s+")));
        scopes.add(OFFLINE_ACCESS);
        return new TokenRequest(String.join(" ", scopes), request.claims(), null);
    }
}
