package io.github.defenderreactive.emulator.internal.login;

import io.github.defenderreactive.emulator.internal.config.EmulatedUser;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sign-ins with a device code that wait for the user. */
final class DeviceCodes {

    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final class Waiting {
        private final String userCode;
        private final Instant ends;
        private Instant earliest;
        private boolean declined;
        private @Nullable EmulatedUser approvedBy;

        Waiting(String userCode, Instant ends, Instant earliest) {
            this.userCode = userCode;
            this.ends = ends;
            this.earliest = earliest;
        }
    }

    private final long seed;
    private final Duration interval;
    private final Clock clock;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private long count;

    DeviceCodes(long seed, Duration interval, Clock clock) {
        this.seed = seed;
        this.interval = interval;
        this.clock = clock;
    }

    synchronized Entity begin(String root) {
        count++;
        Instant now = clock.instant();
        String device = "2.D" + Seeded.hex(seed, count, 86, 60);
        String user = Seeded.hex(seed, count, 87, 9).toUpperCase(Locale.ROOT);
        waiting.put(device, new Waiting(user, now.plus(LIFETIME), now.plus(interval)));
        String page = root + "/devicelogin";
        return new Entity()
                .with("user_code", user)
                .with("device_code", device)
                .with("verification_uri", page)
                .with("expires_in", LIFETIME.toSeconds())
                .with("interval", interval.toSeconds())
                .with("message", "To sign in, open " + page + " and enter the code " + user + " to authenticate.");
    }

    /** Returns the user who approved; the code is used up. */
    synchronized EmulatedUser poll(String deviceCode) {
        Waiting known = waiting.get(deviceCode);
        Instant now = clock.instant();
        if (known == null) {
            throw new LoginProblem(400, "bad_verification_code", 70018, "The device code is not known or was used.");
        }
        if (!known.ends.isAfter(now)) {
            waiting.remove(deviceCode);
            throw new LoginProblem(400, "expired_token", 70020, "The device code has expired.");
        }
        if (now.isBefore(known.earliest)) {
            throw new LoginProblem(400, "slow_down", 70016, "The device code is polled too often.");
        }
        known.earliest = now.plus(interval);
        if (known.declined) {
            waiting.remove(deviceCode);
            throw new LoginProblem(400, "authorization_declined", 70000, "The user declined.");
        }
        EmulatedUser user = known.approvedBy;
        if (user == null) {
            throw new LoginProblem(
                    400, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending.");
        }
        waiting.remove(deviceCode);
        return user;
    }

    synchronized List<String> userCodes() {
        return waiting.values().stream()
                .filter(one -> !one.declined && one.approvedBy == null)
                .map(one -> one.userCode)
                .toList();
    }

    synchronized void approve(String userCode, EmulatedUser user) {
        find(userCode).approvedBy = user;
    }

    synchronized void decline(String userCode) {
        find(userCode).declined = true;
    }

    private Waiting find(String userCode) {
        return waiting.values().stream()
                .filter(one -> one.userCode.equals(userCode))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "userCode must be the code of a waiting sign-in, was '" + userCode + "'"));
    }
}
