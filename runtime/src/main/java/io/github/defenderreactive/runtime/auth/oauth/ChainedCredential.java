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
 * A chain of credentials for a program that runs in several environments, such as a developer's machine, a build or a
 * cluster. The first one that is not {@linkplain CredentialUnavailableException unavailable} is used, and is used
 * exclusively once it has returned a token. Another error ends the search: trying the next credential would hide a
 * wrong secret.
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
     * Creates a chain.
     *
     * @param credentials the credentials, in the order in which they are tried
     * @return the credential
     * @throws IllegalArgumentException if there are no credentials
     */
    public static ChainedCredential of(TokenCredential... credentials) {
        if (credentials.length == 0) {
            throw new IllegalArgumentException("credentials must not be empty");
        }
        return new ChainedCredential(List.of(credentials));
    }

    /**
     * Requests a token from the first available credential.
     *
     * @param request the request
     * @return the token, or the error of the first available credential; {@link CredentialUnavailableException} with
     *     the reason for each credential if none is available. Cancel stops the request
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
                    "No credential in the chain is available. " + String.join(". ", reasons), ErrorContext.NONE, null));
        }
        TokenCredential next = credentials.get(index);
        return ForeignCode.signals("A credential of the chain", () -> next.getToken(request))
                .switchIfEmpty(Mono.error(() -> TokenErrors.unusable("A credential of the chain returned no token")))
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
