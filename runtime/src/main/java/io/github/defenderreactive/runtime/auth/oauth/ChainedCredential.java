package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Several ways in, of which one will exist where the program runs: on a developer's desk, in a build, in a cluster. The
 * first that is not {@linkplain CredentialUnavailableException unavailable} is taken, and stays taken once it has given a
 * token. One that is refused ends the search: trying on would hide a wrong secret.
 *
 * <p>Does not cache: wrap it in a {@link TokenCache}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChainedCredential implements TokenCredential {

    private final List<TokenCredential> credentials;
    private volatile @Nullable TokenCredential chosen;

    private ChainedCredential(List<TokenCredential> credentials) {
        this.credentials = credentials;
    }

    /**
     * A chain.
     *
     * @param credentials what to try, in order
     * @return the credential
     * @throws IllegalArgumentException if there is none
     */
    public static ChainedCredential of(TokenCredential... credentials) {
        if (credentials.length == 0) {
            throw new IllegalArgumentException("A chain needs a credential");
        }
        return new ChainedCredential(List.of(credentials));
    }

    /**
     * Gets a token from the first way in that exists.
     *
     * @param request what the token is for
     * @return the token; or the error of the first that exists; {@link CredentialUnavailableException} saying of each why
     *     it does not, when none does. Cancel stops asking
     */
    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        Objects.requireNonNull(request, "request");
        return Mono.defer(() -> {
            TokenCredential known = chosen;
            return known == null ? firstOf(0, request, new ArrayList<>()) : known.getToken(request);
        });
    }

    private Mono<AccessToken> firstOf(int index, TokenRequest request, List<String> reasons) {
        if (index == credentials.size()) {
            return Mono.error(new CredentialUnavailableException(
                    "No way to a token exists here. " + String.join(". ", reasons), ErrorContext.NONE, null));
        }
        TokenCredential next = credentials.get(index);
        return ForeignCode.signals("A credential of the chain", () -> next.getToken(request))
                .switchIfEmpty(Mono.error(() -> TokenErrors.unusable("A credential of the chain gave no token")))
                .doOnNext(token -> chosen = next)
                .onErrorResume(CredentialUnavailableException.class, error -> {
                    reasons.add(next + ": " + error.getMessage());
                    return firstOf(index + 1, request, reasons);
                });
    }

    @Override
    public Duration deadline() {
        return credentials.stream()
                .map(TokenCredential::deadline)
                .max(Duration::compareTo)
                .orElse(DEFAULT_DEADLINE);
    }

    @Override
    public boolean isInteractive() {
        return credentials.stream().anyMatch(TokenCredential::isInteractive);
    }

    @Override
    public String toString() {
        return "ChainedCredential" + credentials;
    }
}
