package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.internal.GivenText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token. Its value does not appear in {@link #toString()}.
 *
 * @since 0.1.0
 */
public final class AccessToken {

    private final String value;
    private final Instant expiresAt;
    private final @Nullable Instant refreshAt;

    private AccessToken(String value, Instant expiresAt, @Nullable Instant refreshAt) {
        this.value =
                sendable(GivenText.of(Objects.requireNonNull(value, "value")).strip());
        this.expiresAt = Objects.requireNonNull(expiresAt, "expiresAt");
        this.refreshAt = refreshAt;
    }

    private static String sendable(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("An access token must not be blank");
        }
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character <= ' ' || character > '~') {
                throw new IllegalArgumentException(String.format(
                        "An access token must consist of visible ASCII characters, but has U+%04X at index %d",
                        (int) character, i));
            }
        }
        return value;
    }

    /**
     * Creates a token.
     *
     * @param value the text after {@code Bearer}; a byte order mark, blanks and line ends around it are ignored
     * @param expiresAt the time at which it expires
     * @return the token
     * @throws IllegalArgumentException if the value is blank or contains characters that are not valid in a header; the
     *     message does not contain the value
     */
    public static AccessToken of(String value, Instant expiresAt) {
        return new AccessToken(value, expiresAt, null);
    }

    /**
     * Creates a token with a refresh time set by its issuer.
     *
     * @param value the text after {@code Bearer}; a byte order mark, blanks and line ends around it are ignored
     * @param expiresAt the time at which it expires
     * @param refreshAt the time from which a new token is requested although this one is still valid
     * @return the token
     * @throws IllegalArgumentException if the value is blank or contains characters that are not valid in a header; the
     *     message does not contain the value
     */
    public static AccessToken of(String value, Instant expiresAt, Instant refreshAt) {
        return new AccessToken(value, expiresAt, Objects.requireNonNull(refreshAt, "refreshAt"));
    }

    /**
     * Returns the secret. Keep it out of logs and messages.
     *
     * @return the text after {@code Bearer}
     */
    public String value() {
        return value;
    }

    /**
     * Returns the time at which the token expires.
     *
     * @return the instant from which the service rejects it
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns the time from which a new token is requested.
     *
     * @return the instant set by the issuer, or null
     */
    public @Nullable Instant refreshAt() {
        return refreshAt;
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + "]";
    }
}
