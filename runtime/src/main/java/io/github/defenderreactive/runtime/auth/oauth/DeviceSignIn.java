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

/** Requests a code, shows it, and polls until the user has signed in with it. */
final class DeviceSignIn {

    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
    private static final Duration SLOW_DOWN_STEP = Duration.ofSeconds(5);

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
            Instant requestedAt = now();
            return client.requestDeviceCode(request)
                    .map(response -> code(response, requestedAt))
                    .flatMap(code -> showPrompt(code).then(new Polling(code, request).result()));
        });
    }

    /** Completes when the prompt is shown, at the latest when the code expires. */
    private Mono<Void> showPrompt(Code code) {
        Duration left = Duration.between(now(), code.prompt().expiresAt());
        return ForeignCode.within(
                left,
                ForeignCode.signals("The prompt", () -> prompt.apply(code.prompt())),
                () -> expired(code),
                scheduler);
    }

    private static AuthenticationException expired(Code code) {
        return TokenErrors.unusable("No user signed in with the code before "
                + code.prompt().expiresAt() + ": request the token again to get a new code");
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

    private Code code(TokenEndpoint.Response response, Instant requestedAt) {
        if (response.head().status() != 200 || response.error() != null) {
            throw client.endpoint().refusal(response);
        }
        Map<String, Object> members = AuthorityBody.members(response.text());
        String device = text(members, "device_code");
        String user = text(members, "user_code");
        URI where = address(text(members, "verification_uri"));
        if (members == null || device == null || user == null || where == null) {
            throw TokenErrors.notAnAuthority(
                    "its response contains no device code",
                    response.head().status(),
                    client.endpoint().host());
        }
        String message = response.redaction().words(text(members, "message"));
        DeviceCodePrompt showPrompt = new DeviceCodePrompt(
                user,
                where,
                requestedAt.plus(seconds(members, "expires_in", DEFAULT_LIFETIME)),
                message == null ? "Open " + where + " and enter the code " + user : message);
        return new Code(new DeviceCode(device), showPrompt, seconds(members, "interval", DEFAULT_INTERVAL));
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

    private static Duration seconds(Map<String, Object> members, String name, Duration defaultValue) {
        Long seconds = TokenResponse.number(members.get(name));
        return seconds == null || seconds <= 0 || seconds > Duration.ofDays(1).toSeconds()
                ? defaultValue
                : Duration.ofSeconds(seconds);
    }

    /** The polls of one sign-in, one after the other. */
    private final class Polling {

        private final Code code;
        private final TokenRequest request;
        private volatile Duration interval;

        /** A longer delay that the authority requested, used once. */
        private volatile Duration pause = Duration.ZERO;

        Polling(Code code, TokenRequest request) {
            this.code = code;
            this.request = request;
            this.interval = code.interval();
        }

        Mono<IssuedTokens> result() {
            return Mono.defer(() -> Mono.delay(interval.compareTo(pause) > 0 ? interval : pause, scheduler))
                    .then(Mono.defer(this::poll))
                    .repeatWhenEmpty(pending -> pending);
        }

        /** Returns an empty Mono while the user has not signed in. */
        private Mono<IssuedTokens> poll() {
            Instant requestedAt = now();
            pause = Duration.ZERO;
            if (!requestedAt.isBefore(code.prompt().expiresAt())) {
                return Mono.error(expired(code));
            }
            return client.send(new DeviceCodeGrant(code.device()), request, Map.of())
                    .flatMap(response -> evaluate(response, requestedAt))
                    // the user may be signing in at this moment
                    .onErrorResume(TransientDefenderException.class, this::afterTransientError);
        }

        private Mono<IssuedTokens> evaluate(TokenEndpoint.Response response, Instant requestedAt) {
            String error = response.error();
            if ("authorization_pending".equals(error)) {
                return Mono.empty();
            }
            return "slow_down".equals(error)
                    ? slowDown()
                    : Mono.fromCallable(() -> client.endpoint().read(response, requestedAt));
        }

        private Mono<IssuedTokens> afterTransientError(TransientDefenderException error) {
            Duration retryAfter = error.retryAfter();
            if (retryAfter != null) {
                // after its expiry the code is of no use
                Duration left = Duration.between(now(), code.prompt().expiresAt());
                pause = retryAfter.compareTo(left) < 0 ? retryAfter : left;
            }
            return slowDown();
        }

        private Mono<IssuedTokens> slowDown() {
            interval = interval.plus(SLOW_DOWN_STEP);
            return Mono.empty();
        }
    }
}
