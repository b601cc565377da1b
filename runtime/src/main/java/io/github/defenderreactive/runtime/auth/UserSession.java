package io.github.defenderreactive.runtime.auth;

import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A user who is signed in: tokens come from the refresh token while the authority takes it, else from a new sign-in. Every
 * answer's refresh token takes the place of the one before.
 */
final class UserSession {

    /** Without it the authority gives no refresh token. */
    private static final String OFFLINE_ACCESS = "offline_access";

    private final OAuthClient client;
    private final RefreshTokenStore store;
    private final Function<TokenRequest, Mono<IssuedTokens>> signIn;

    UserSession(OAuthClient client, RefreshTokenStore store, Function<TokenRequest, Mono<IssuedTokens>> signIn) {
        this.client = client;
        this.store = store;
        this.signIn = signIn;
    }

    Mono<AccessToken> token(TokenRequest asked) {
        TokenRequest request = withOfflineAccess(asked);
        Mono<IssuedTokens> fresh = Mono.defer(() -> signIn.apply(request));
        return store.load()
                .flatMap(refresh -> refreshed(refresh, request)
                        .onErrorResume(
                                UserSession::isOver, error -> store.clear().then(fresh)))
                .switchIfEmpty(fresh)
                .flatMap(tokens -> kept(tokens).thenReturn(tokens.access()));
    }

    private Mono<IssuedTokens> refreshed(String refresh, TokenRequest request) {
        return client.ask(new RefreshTokenGrant(new RefreshToken(refresh)), request);
    }

    private Mono<Void> kept(IssuedTokens tokens) {
        String refresh = tokens.refresh();
        return refresh == null ? Mono.empty() : store.save(refresh);
    }

    /** The user must come back: repeating it would never help. */
    private static boolean isOver(Throwable error) {
        return error instanceof AuthenticationException;
    }

    private static TokenRequest withOfflineAccess(TokenRequest request) {
        Set<String> scopes =
                new LinkedHashSet<>(java.util.List.of(request.scope().trim().split("\\s+")));
        scopes.add(OFFLINE_ACCESS);
        return new TokenRequest(String.join(" ", scopes), request.claims(), request.user());
    }
}
