package io.github.defenderreactive.runtime.auth.claims;

import com.nimbusds.jose.jwk.JWKSet;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.CallTimeoutException.Phase;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.ForeignCode;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.authority.AuthorityBody;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The public keys of an issuer, fetched once for all callers, and again when the issuer has changed them. */
final class JsonWebKeys {

    private static final Duration LIMIT = TokenCredential.DEFAULT_DEADLINE;
    private static final Duration KEPT = Duration.ofHours(24);

    /** Limits requests caused by tokens with an invented key id. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(5);

    private final URI uri;
    private final Transport transport;
    private final Clock clock;

    // guarded by this
    private @Nullable JWKSet keys;
    private Instant fetchedAt = Instant.MIN;
    private @Nullable Mono<JWKSet> running;

    JsonWebKeys(URI uri, Transport transport, Clock clock) {
        this.uri = uri;
        this.transport = transport;
        this.clock = clock;
    }

    /** Returns the cached keys, or fetches them. */
    Mono<JWKSet> cached() {
        return Mono.defer(() -> notOlderThan(KEPT));
    }

    /** Fetches the keys, unless they were fetched within the shortest interval. */
    Mono<JWKSet> refreshed() {
        return Mono.defer(() -> notOlderThan(SHORTEST_INTERVAL));
    }

    private synchronized Mono<JWKSet> notOlderThan(Duration age) {
        Instant now = clock.instant();
        JWKSet known = keys;
        if (known != null && now.isBefore(fetchedAt.plus(age))) {
            return Mono.just(known);
        }
        Mono<JWKSet> fetch = running;
        if (fetch == null) {
            // a failure is not cached: the next caller requests the keys again, and the cached keys are kept
            fetch = fetched()
                    .doOnNext(fresh -> succeeded(fresh, now))
                    .doOnError(error -> failed())
                    .cache();
            running = fetch;
        }
        return fetch;
    }

    private synchronized void succeeded(JWKSet fresh, Instant requestedAt) {
        keys = fresh;
        fetchedAt = requestedAt;
        running = null;
    }

    private synchronized void failed() {
        running = null;
    }

    private Mono<JWKSet> fetched() {
        // all callers share this request, so it must end
        return ForeignCode.signals(
                        "The transport",
                        () -> transport
                                .exchange(
                                        new TransportRequest(
                                                "GET",
                                                uri,
                                                Map.of("Accept", "application/json"),
                                                null,
                                                Lane.INTERACTIVE),
                                        (head, body) -> body.collect(ByteArrayOutputStream::new, AuthorityBody::add)
                                                .map(bytes -> read(head, bytes.toString(StandardCharsets.UTF_8))))
                                .single())
                .timeout(LIMIT, Mono.error(() -> new CallTimeoutException(Phase.DEADLINE, LIMIT, ErrorContext.NONE)));
    }

    private JWKSet read(ResponseHead head, String text) {
        if (head.status() == 200) {
            try {
                return JWKSet.parse(GivenText.of(text));
            } catch (ParseException | RuntimeException | StackOverflowError e) {
                throw TokenErrors.notAnAuthority("its keys cannot be read", head.status(), uri.getHost());
            }
        }
        throw TokenErrors.refused(head, AuthorityBody.members(text), uri.getHost(), Redaction.NONE, clock.instant());
    }

    @Override
    public String toString() {
        return "JsonWebKeys[" + uri + "]";
    }
}
