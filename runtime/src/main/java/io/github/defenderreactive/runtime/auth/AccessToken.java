package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.internal.GivenText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token. Its value shows in no rendering.
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
                        "An access token must consist of visible ASCII characters, but there is U+%04X at index %d",
                        (int) character, i));
            }
        }
        return value;
    }

    /**
     * A token.
     *
     * @param value what goes behind {@code Bearer}; a byte order mark, blanks and line ends around it are ignored
     * @param expiresAt when it ends
     * @return the token
     * @throws IllegalArgumentException if the value is blank or holds what a header cannot; the message does not show it
     */
    public static AccessToken of(String value, Instant expiresAt) {
        return new AccessToken(value, expiresAt, null);
    }

    /**
     * A token whose issuer says when to ask for the next.
     *
     * @param value what goes behind {@code Bearer}; a byte order mark, blanks and line ends around it are ignored
     * @param expiresAt when it ends
     * @param refreshAt when to ask for a new one although this still works
     * @return the token
     * @throws IllegalArgumentException if the value is blank or holds what a header cannot; the message does not show it
     */
    public static AccessToken of(String value, Instant expiresAt, Instant refreshAt) {
        return new AccessToken(value, expiresAt, Objects.requireNonNull(refreshAt, "refreshAt"));
    }

    /**
     * The secret itself; keep it out of logs and messages.
     *
     * @return what goes behind {@code Bearer}
     */
    public String value() {
        return value;
    }

    /**
     * When it ends.
     *
     * @return the instant from which the service refuses it
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    /**
     * When to ask for the next one.
     *
     * @return the instant the issuer named, or null
     */
    public @Nullable Instant refreshAt() {
        return refreshAt;
    }

    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + "]";
    }
}
