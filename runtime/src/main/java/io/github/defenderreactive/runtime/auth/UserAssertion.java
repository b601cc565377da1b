package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.internal.GivenText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The access token with which a user called the application that now calls on the user's behalf. Two assertions are
 * equal if their tokens are equal. Neither the token nor anything that could be used instead of it appears in
 * {@link #toString()}.
 *
 * @since 0.1.0
 */
public final class UserAssertion {

    private static final int SHOWN_DIGITS = 8;

    private final String value;
    private final byte[] hash;

    private UserAssertion(String value) {
        this.value = value;
        try {
            this.hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Creates an assertion.
     *
     * @param accessToken the token of the user's call, without {@code Bearer}; its audience is this application;
     *     blanks, line ends and a byte order mark around it are ignored
     * @return the assertion
     * @throws IllegalArgumentException if the token is blank
     */
    public static UserAssertion of(String accessToken) {
        String value = GivenText.of(accessToken).strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("accessToken must not be blank");
        }
        return new UserAssertion(value);
    }

    /**
     * Returns the secret. Keep it out of logs and messages.
     *
     * @return the token
     */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserAssertion that && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** The number of digits of a hash that distinguish users in a log. */
    @Override
    public String toString() {
        return "UserAssertion[" + HexFormat.of().formatHex(hash).substring(0, SHOWN_DIGITS) + "]";
    }
}
