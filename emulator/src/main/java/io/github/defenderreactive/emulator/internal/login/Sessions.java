package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sessions of users: authorization codes, valid once, and refresh tokens, valid until the session ends. */
final class Sessions {

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    /**
     * An authorization code that waits for its application.
     *
     * @param challenge the PKCE challenge, null if the application sent none
     * @param hashed whether the challenge is the hash of the verifier
     */
    record Code(
            EmulatedUser user, String redirect, @Nullable String challenge, boolean hashed, Instant ends) {}

    private final long seed;
    private final Clock clock;
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, EmulatedUser> refreshTokens = new ConcurrentHashMap<>();

    Sessions(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    String begin(EmulatedUser user, String redirect, @Nullable String challenge, boolean hashed) {
        String code = "0.A" + Seeded.hex(seed, count.incrementAndGet(), 84, 40);
        codes.put(
                code,
                new Code(user, redirect, challenge, hashed, clock.instant().plus(CODE_LIFETIME)));
        return code;
    }

    /** Exchanges a code, once. */
    EmulatedUser redeem(String code, String redirect, @Nullable String verifier) {
        Code known = codes.remove(code);
        if (known == null) {
            throw LoginProblem.grant(54005, "OAuth2 Authorization code was already redeemed, or never issued.");
        }
        if (!known.ends().isAfter(clock.instant())) {
            throw LoginProblem.grant(70008, "The provided authorization code has expired.");
        }
        if (!known.redirect().equals(redirect)) {
            throw LoginProblem.grant(
                    500112, "The reply address '" + redirect + "' does not match the one of the code.");
        }
        String challenge = known.challenge();
        if (challenge != null && (verifier == null || !challenge.equals(known.hashed() ? hash(verifier) : verifier))) {
            throw LoginProblem.grant(
                    501481,
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
        }
        return known.user();
    }

    private static String hash(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a new refresh token. Earlier ones stay valid, as in the platform. */
    String refreshToken(EmulatedUser user) {
        String token = "1.R" + Seeded.hex(seed, count.incrementAndGet(), 85, 80);
        refreshTokens.put(token, user);
        return token;
    }

    EmulatedUser user(String refreshToken) {
        EmulatedUser user = refreshTokens.get(refreshToken);
        if (user == null) {
            throw LoginProblem.grant(
                    50173,
                    "The provided grant has expired due to it being revoked. The user might have changed or reset"
                            + " their password.");
        }
        return user;
    }

    void end() {
        refreshTokens.clear();
    }
}
