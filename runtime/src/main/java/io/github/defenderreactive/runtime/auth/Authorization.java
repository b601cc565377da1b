package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.http.CustomHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The authorization of an API that does not accept the access tokens of an authority: a header with a secret, or none.
 * Access tokens come from a {@link TokenCache} instead.
 *
 * <p>The source of the secret is subscribed to for each attempt of each call, so that it can return another one later.
 * It must not block, and should cache a secret that is expensive to read. A secret that the API rejects with status 401
 * fails the call with an {@link AuthenticationException}, without a retry.
 *
 * <p>Immutable and thread-safe. {@link #toString()} does not contain the secret.
 *
 * @since 0.1.0
 */
public final class Authorization {

    private static final String STANDARD = "Authorization";

    private static final Authorization NONE = new Authorization("", Mono.empty());

    private final String headerName;
    private final Mono<String> headerValue;

    private Authorization(String headerName, Mono<String> headerValue) {
        this.headerName = headerName;
        this.headerValue = headerValue;
    }

    /**
     * Returns the authorization of an API that requires none.
     *
     * @return an authorization that sends nothing
     */
    public static Authorization none() {
        return NONE;
    }

    /**
     * Returns an authorization by a header with a secret, such as an API key.
     *
     * @param name the name of the header, for example {@code api_key}
     * @param secret the value; blanks and line ends around it are ignored
     * @return the authorization
     * @throws IllegalArgumentException if the name or the value is not valid in a header, or if the client sets a header
     *     of that name itself; the message does not contain the value
     */
    public static Authorization header(String name, String secret) {
        return header(
                name, Mono.just(CustomHeaders.value(name, GivenText.of(secret).strip())));
    }

    /**
     * Returns an authorization by a header with a secret that may change, such as an API key.
     *
     * @param name the name of the header, for example {@code api_key}
     * @param secret emits the value; blanks and line ends around it are ignored. Its error, no value, and a value that is
     *     not printable ASCII fail the call with an {@link AuthenticationException}
     * @return the authorization
     * @throws IllegalArgumentException if the name is not valid in a header, or if the client sets a header of that name
     *     itself
     */
    public static Authorization header(String name, Mono<String> secret) {
        String checked = CustomHeaders.authorizationName(name);
        return of(checked, secret, value -> CustomHeaders.value(checked, value));
    }

    /**
     * Returns an authorization by a bearer token that does not come from an authority, such as a personal access token.
     *
     * @param token emits the text after {@code Bearer}; its error, no value, and a value that is not printable ASCII fail
     *     the call with an {@link AuthenticationException}
     * @return the authorization
     */
    public static Authorization bearer(Mono<String> token) {
        return of(STANDARD, token, value -> "Bearer " + CustomHeaders.value(STANDARD, value));
    }

    /**
     * Returns HTTP Basic authorization.
     *
     * @param user the user name, which must not contain a colon
     * @param password emits the password, which is sent in UTF-8; its error, no value, and a value with control
     *     characters fail the call with an {@link AuthenticationException}
     * @return the authorization
     * @throws IllegalArgumentException if the user name contains a colon or a control character
     */
    public static Authorization basic(String user, Mono<String> password) {
        if (user.indexOf(':') >= 0 || hasControl(user)) {
            throw new IllegalArgumentException("user must not contain a colon or control characters");
        }
        return of(STANDARD, password, value -> {
            if (hasControl(value)) {
                throw new IllegalArgumentException("the password must not contain control characters");
            }
            byte[] pair = (user + ":" + value).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        });
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private static Authorization of(String name, Mono<String> secret, UnaryOperator<String> value) {
        Objects.requireNonNull(secret, "secret");
        String source = "The secret of header " + name;
        Mono<String> sent = ForeignCode.signals(source, () -> secret)
                .onErrorMap(error -> error instanceof DefenderException ? error : failure(source + " failed", error))
                .switchIfEmpty(Mono.error(() -> failure(source + " is missing: its source returned no value", null)))
                .map(given -> {
                    try {
                        return value.apply(GivenText.of(given).strip());
                    } catch (IllegalArgumentException invalid) {
                        throw failure(source + " cannot be sent: " + invalid.getMessage(), null);
                    }
                });
        return new Authorization(name, sent);
    }

    private static AuthenticationException failure(String text, @Nullable Throwable cause) {
        return new AuthenticationException(text, ErrorContext.NONE, cause);
    }

    /**
     * Returns the name of the header that contains the secret.
     *
     * @return the name, empty if no header is sent
     */
    public String headerName() {
        return headerName;
    }

    /**
     * Returns the value of the header, which is a secret. Cold.
     *
     * @return emits the value as sent, empty if no header is sent; fails with an {@link AuthenticationException} if there
     *     is no value that can be sent. Cancel stops the source
     */
    public Mono<String> headerValue() {
        return headerValue;
    }

    @Override
    public String toString() {
        return headerName.isEmpty() ? "Authorization[none]" : "Authorization[header " + headerName + "]";
    }
}
