package io.github.defenderreactive.client.watch;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Issues tokens of a short life, and has its bad minutes. It stands behind the library's own token cache, so that a watch
 * sees of a token's end what it would see of a real one.
 */
final class SimulatedAuthority implements TokenCredential {

    private enum Mood {
        WELL,
        DOWN,
        UNREACHABLE,
        THROTTLING,
        SLOW,
        HIDDEN_BY_A_LOGIN_PAGE,
        REFUSING
    }

    private static final Mood[] PASSING = {
        Mood.DOWN, Mood.UNREACHABLE, Mood.THROTTLING, Mood.SLOW, Mood.HIDDEN_BY_A_LOGIN_PAGE
    };

    private final VirtualTimeScheduler time;
    private final RandomGenerator calls;
    private final Duration life;
    private Mood mood = Mood.WELL;
    private int issued;
    private int revoked;

    /**
     * Plans the bad minutes.
     *
     * @param history draws what is the same for every reader
     * @param calls draws what depends on the calls
     * @param busy in which time they all begin
     */
    SimulatedAuthority(VirtualTimeScheduler time, RandomGenerator history, RandomGenerator calls, Duration busy) {
        this.time = time;
        this.calls = calls;
        // Short ones, so that many end in a poll.
        this.life = Duration.ofSeconds(history.nextBoolean() ? history.nextInt(60, 600) : history.nextInt(600, 3600));
        for (int i = history.nextInt(4); i > 0; i--) {
            window(history, busy, PASSING[history.nextInt(PASSING.length)]);
        }
        if (history.nextInt(4) == 0) {
            window(history, busy, Mood.REFUSING);
        }
        for (int i = history.nextInt(3); i > 0; i--) {
            time.schedule(() -> revoked = issued, history.nextLong(busy.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void window(RandomGenerator history, Duration busy, Mood during) {
        long from = history.nextLong(busy.toMillis());
        long length = history.nextLong(60_000, Duration.ofMinutes(20).toMillis());
        time.schedule(() -> mood = during, from, TimeUnit.MILLISECONDS);
        time.schedule(() -> mood = Mood.WELL, from + length, TimeUnit.MILLISECONDS);
    }

    /** Whether the service takes a token. */
    boolean accepts(AccessToken token) {
        return now().isBefore(token.expiresAt()) && Integer.parseInt(token.value()) > revoked;
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequest request) {
        return Mono.defer(() -> {
            // A slow one is slower than the cache waits, now and then.
            int latency = mood == Mood.SLOW ? calls.nextInt(5_000, 60_000) : calls.nextInt(50, 1_500);
            return Mono.delay(Duration.ofMillis(latency), time).map(tick -> token());
        });
    }

    private AccessToken token() {
        RuntimeException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        issued++;
        return AccessToken.of(Integer.toString(issued), now().plus(life));
    }

    private @Nullable RuntimeException refusal() {
        ErrorContext context = ErrorContext.NONE;
        return switch (mood) {
            case WELL, SLOW -> null;
            case DOWN -> new ServiceException("the authority is down", null, context);
            case UNREACHABLE -> new ConnectionException("no route to the authority", false, context, null);
            case THROTTLING ->
                new ThrottledException("the authority throttles", Duration.ofSeconds(calls.nextInt(1, 300)), context);
            case HIDDEN_BY_A_LOGIN_PAGE -> new DecodeException("a login page", "$", 0, context, null);
            case REFUSING -> new AuthenticationException("the secret has expired", context, null);
        };
    }
}
