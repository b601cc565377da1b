package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.TransientDefenderException;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.authority.AuthorityBody;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.IssuedTokens;
import io.github.defenderreactive.runtime.internal.token.TokenResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Gets a code, shows it, and asks until the person has signed in with it. */
final class DeviceSignIn {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final OAuthClient client;
    private final Function<DeviceCodePrompt, Mono<Void>> prompt;
    private final Scheduler scheduler;

    DeviceSignIn(OAuthClient client, Function<DeviceCodePrompt, Mono<Void>> prompt, Scheduler scheduler) {
        this.client = client;
        this.prompt = prompt;
        this.scheduler = scheduler;
    }

    Mono<IssuedTokens> tokens(TokenRequest request) {
        return Mono.defer(() -> {
            Instant asked = now();
            return client.askDeviceCode(request)
                    .map(answer -> code(answer, asked))
                    .flatMap(code -> shown(code).then(new Polling(code, request).result()));
        });
    }

    /** Completes when the prompt is shown, at the latest when the code expires. */
    private Mono<Void> shown(Code code) {
        Duration left = Duration.between(now(), code.prompt().expiresAt());
        return ForeignCode.within(
                left,
                ForeignCode.signals("The prompt", () -> prompt.apply(code.prompt())),
                () -> expired(code),
                scheduler);
    }

    private static AuthenticationException expired(Code code) {
        return TokenErrors.unusable("Nobody signed in with the code until "
                + code.prompt().expiresAt() + ": ask for the token again to get a new one");
    }

    private Instant now() {
        return client.endpoint().clock().instant();
    }

    private record Code(DeviceCode device, DeviceCodePrompt prompt, Duration interval) {

        @Override
        public String toString() {
            return prompt.toString();
        }
    }

    private Code code(TokenEndpoint.Answer answer, Instant asked) {
        if (answer.head().status() != 200 || answer.error() != null) {
            throw client.endpoint().refusal(answer);
        }
        Map<String, Object> members = AuthorityBody.members(answer.text());
        String device = text(members, "device_code");
        String user = text(members, "user_code");
        URI where = address(text(members, "verification_uri"));
        if (members == null || device == null || user == null || where == null) {
            throw TokenErrors.notAnAuthority(
                    "its answer holds no device code",
                    answer.head().status(),
                    client.endpoint().host());
        }
        String message = answer.redaction().words(text(members, "message"));
        DeviceCodePrompt shown = new DeviceCodePrompt(
                user,
                where,
                asked.plus(seconds(members, "expires_in", DEFAULT_LIFETIME)),
                message == null ? "Open " + where + " and type in " + user : message);
        return new Code(new DeviceCode(device), shown, seconds(members, "interval", DEFAULT_INTERVAL));
    }

    private static @Nullable String text(@Nullable Map<String, Object> members, String name) {
        return members != null && members.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static @Nullable URI address(@Nullable String text) {
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Duration seconds(Map<String, Object> members, String name, Duration otherwise) {
        Long seconds = TokenResponse.number(members.get(name));
        return seconds == null || seconds <= 0 || seconds > Duration.ofDays(1).toSeconds()
                ? otherwise
                : Duration.ofSeconds(seconds);
    }

    /** The questions of one sign-in, one after the other. */
    private final class Polling {

        private final Code code;
        private final TokenRequest request;
        private volatile Duration interval;

        /** What a busy authority asks for beyond the interval, once. */
        private volatile Duration pause = Duration.ZERO;

        Polling(Code code, TokenRequest request) {
            this.code = code;
            this.request = request;
            this.interval = code.interval();
        }

        Mono<IssuedTokens> result() {
            return Mono.defer(() -> Mono.delay(interval.compareTo(pause) > 0 ? interval : pause, scheduler))
                    .then(Mono.defer(this::ask))
                    .repeatWhenEmpty(pending -> pending);
        }

        /** Empty while the person has not signed in. */
        private Mono<IssuedTokens> ask() {
            Instant asked = now();
            pause = Duration.ZERO;
            if (!asked.isBefore(code.prompt().expiresAt())) {
                return Mono.error(expired(code));
            }
            return client.send(new DeviceCodeGrant(code.device()), request, Map.of())
                    .flatMap(answer -> judged(answer, asked))
                    // the person may be signing in right now
                    .onErrorResume(TransientDefenderException.class, this::afterTrouble);
        }

        private Mono<IssuedTokens> judged(TokenEndpoint.Answer answer, Instant asked) {
            String error = answer.error();
            if ("authorization_pending".equals(error)) {
                return Mono.empty();
            }
            return "slow_down".equals(error)
                    ? slower()
                    : Mono.fromCallable(() -> client.endpoint().read(answer, asked));
        }

        private Mono<IssuedTokens> afterTrouble(TransientDefenderException error) {
            Duration asked = error.retryAfter();
            if (asked != null) {
                // behind its end the code is of no use
                Duration left = Duration.between(now(), code.prompt().expiresAt());
                pause = asked.compareTo(left) < 0 ? asked : left;
            }
            return slower();
        }

        private Mono<IssuedTokens> slower() {
            interval = interval.plus(SLOWER);
            return Mono.empty();
        }
    }
}
