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
 * A user who is signed in: tokens come from the refresh token while the authority takes it, else from a new sign-in. Every
 * answer's refresh token takes the place of the one before. Requests for several scopes take turns, so that the person is
 * asked once and no refresh token is used twice.
 */
final class UserSession {

    /** Without it the authority gives no refresh token. */
    private static final String OFFLINE_ACCESS = "offline_access";

    private static final Duration STORE_TIMEOUT = TokenCredential.DEFAULT_DEADLINE;
    private static final String INVALID_GRANT = "invalid_grant";

    /** The user must come back: repeating it would never help. */
    private static final Set<String> OVER =
            Set.of(INVALID_GRANT, "interaction_required", "login_required", "consent_required");

    /** The user must do something, but the refresh token is as good as before. */
    private static final Set<String> STILL_GOOD = Set.of("consent_required", "basic_action", "additional_action");

    private final OAuthClient client;
    private final RefreshTokenStore store;
    private final SignIn signIn;
    private final Scheduler scheduler;
    private final SerialExecutor turns = new SerialExecutor();

    /** How the user signs in. */
    @FunctionalInterface
    interface SignIn {

        /**
         * New tokens.
         *
         * @param refusal why the authority does not take the refresh token, or null when there is none
         */
        Mono<IssuedTokens> tokens(TokenRequest request, @Nullable DefenderException refusal);
    }

    UserSession(OAuthClient client, RefreshTokenStore store, SignIn signIn, Scheduler scheduler) {
        this.client = client;
        this.store = store;
        this.signIn = signIn;
        this.scheduler = scheduler;
    }

    Mono<IssuedTokens> tokens(TokenRequest asked) {
        return Mono.defer(() -> {
            TokenRequest request = withOfflineAccess(RequestedScope.withoutUser(asked));
            return turns.inTurn(stored().flatMap(refresh -> refresh.map(token -> refreshed(token, request, true))
                            .orElseGet(() -> signedIn(request, null)))
                    .flatMap(tokens -> kept(tokens).thenReturn(tokens)));
        });
    }

    private Mono<Optional<String>> stored() {
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

    private Mono<IssuedTokens> signedIn(TokenRequest request, @Nullable DefenderException refusal) {
        return Mono.defer(() -> signIn.tokens(request, refusal));
    }

    private Mono<IssuedTokens> refreshed(String refresh, TokenRequest request, boolean first) {
        return Mono.defer(() -> {
            Instant asked = client.endpoint().clock().instant();
            return client.send(new RefreshTokenGrant(new RefreshToken(refresh)), request, Map.of())
                    .flatMap(answer -> {
                        String error = answer.error();
                        return error != null && OVER.contains(error)
                                ? over(refresh, request, answer, first)
                                : Mono.fromCallable(() -> client.endpoint().read(answer, asked));
                    });
        });
    }

    private Mono<IssuedTokens> over(String refused, TokenRequest request, TokenEndpoint.Answer answer, boolean first) {
        DefenderException refusal = client.endpoint().refusal(answer);
        String reason = answer.member("suberror");
        boolean spent = INVALID_GRANT.equals(answer.error()) && (reason == null || !STILL_GOOD.contains(reason));
        Mono<IssuedTokens> anew = signedIn(request, refusal);
        return spent
                ? stored().flatMap(newest -> {
                    String other =
                            newest.filter(token -> !token.equals(refused)).orElse(null);
                    // another process has used the store meanwhile
                    return other != null && first
                            ? refreshed(other, request, false)
                            : this.<Void>ofStore(store::clear).then(anew);
                })
                : anew;
    }

    private Mono<Void> kept(IssuedTokens tokens) {
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
