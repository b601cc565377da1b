package io.github.defenderreactive.runtime.auth.managedidentity;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.DecodeException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.authority.AuthorityBody;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.token.TokenResponse;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.retry.Backoff;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * One token request to a managed identity, retries included. Distinguishes an identity that fails from one that does
 * not exist: outside of the platform, any program may respond at the address of the metadata service.
 */
final class ManagedIdentityExchange {

    private static final Backoff WAITS = Backoff.exact(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final int RETRIES = 3;
    private static final Duration WAIT_FOR_UPDATE = Duration.ofSeconds(10);
    private static final int RETRIES_FOR_UPDATE = 7;

    private final ManagedIdentityRequest request;
    private final Transport transport;
    private final Clock clock;
    private final Scheduler scheduler;

    /** Whether the identity has issued a token before. */
    private final boolean hasIssuedToken;

    /** Whether the platform has responded, even with an error. */
    private volatile boolean responded;

    /** The reason why the last response means that the identity does not exist, or null. */
    private volatile @Nullable String absence;

    /** Whether the last response did not come from the platform. */
    private volatile boolean foreign;

    /**
     * Creates a request that is not sent yet.
     *
     * @param hasIssuedToken whether the identity has issued a token before
     */
    ManagedIdentityExchange(
            ManagedIdentityRequest request,
            Transport transport,
            Clock clock,
            Scheduler scheduler,
            boolean hasIssuedToken) {
        this.request = request;
        this.transport = transport;
        this.clock = clock;
        this.scheduler = scheduler;
        this.hasIssuedToken = hasIssuedToken;
    }

    Mono<AccessToken> token() {
        return Mono.defer(this::attempt)
                .retryWhen(Retry.from(signals -> signals.concatMap(this::delayBeforeRetry)))
                .onErrorMap(this::toFinalError);
    }

    private Mono<AccessToken> attempt() {
        Instant requestedAt = clock.instant();
        absence = null;
        foreign = false;
        TransportRequest message =
                new TransportRequest("GET", request.uri(), request.headers(), null, Lane.INTERACTIVE);
        return transport
                .exchange(
                        message,
                        (head, body) -> body.collect(ByteArrayOutputStream::new, AuthorityBody::add)
                                .map(bytes -> read(head, bytes.toString(StandardCharsets.UTF_8), requestedAt)))
                .single();
    }

    private AccessToken read(ResponseHead head, String text, Instant requestedAt) {
        Map<String, Object> members = AuthorityBody.members(text);
        foreign = !request.isOfPlatform(members) && !text.isBlank();
        String absent = absence(head, members);
        absence = absent;
        responded |= absent == null;
        if (head.status() != 200 || members != null && members.get("error") instanceof String) {
            throw request.refused(head, members);
        }
        return TokenResponse.read(head, text, requestedAt, request.uri().getHost(), request.redaction())
                .access();
    }

    private @Nullable String absence(ResponseHead head, @Nullable Map<String, Object> members) {
        int status = head.status();
        boolean absent = ManagedIdentityRequest.saysNoIdentity(members)
                || status == 404
                // with any body: the response of a container engine on a desktop for an address it cannot reach
                || status == 403 && request.metadataService()
                || !request.isOfPlatform(members) && !isPlatformFailure(status);
        return absent ? describe(head, members) : null;
    }

    /** Returns whether a response may come from the platform although its body does not. */
    private boolean isPlatformFailure(int status) {
        boolean gateway = foreign && (status == 502 || status == 504);
        return status == 408 || status == 429 || status == ManagedIdentityCredential.GONE || status >= 500 && !gateway;
    }

    private String describe(ResponseHead head, @Nullable Map<String, Object> members) {
        String platformMessage = request.platformMessage(members);
        String type = request.redaction().id(head.header("content-type"));
        String what = platformMessage != null ? " (" + platformMessage + ")" : type == null ? "" : ", " + type;
        return "the response is HTTP " + head.status() + what;
    }

    private Mono<Long> delayBeforeRetry(Retry.RetrySignal signal) {
        if (!(signal.failure() instanceof DefenderException original)) {
            return Mono.error(signal.failure());
        }
        long done = signal.totalRetries();
        DefenderException failure =
                ErrorCopy.withContext(original, original.context().withAttempts((int) done + 1));
        if (failure.status() == ManagedIdentityCredential.GONE) {
            return done < RETRIES_FOR_UPDATE ? Mono.delay(WAIT_FOR_UPDATE, scheduler) : Mono.error(failure);
        }
        return isRetryable(failure) && done < RETRIES
                ? Mono.delay(WAITS.delay(done + 1, 0), scheduler)
                : Mono.error(failure);
    }

    private boolean isRetryable(DefenderException failure) {
        if (failure instanceof CallTimeoutException timeout) {
            // the platform has not responded before, so it does not exist
            return timeout.phase().requestSent() && (hasIssuedToken || responded);
        }
        return failure instanceof ServiceException && !(foreign && failure.status() == 404)
                || failure instanceof ThrottledException
                || failure instanceof ConnectionException connection && connection.requestSent();
    }

    private Throwable toFinalError(Throwable error) {
        if (error instanceof IllegalArgumentException) {
            return TokenErrors.unusable("No managed identity can be requested at " + request + ": "
                    + request.redaction().words(error.getMessage()));
        }
        if (hasIssuedToken || !(error instanceof DefenderException failure)) {
            return error;
        }
        String last = absence;
        String reason = last != null ? last : responded ? null : unreachableReason(failure);
        return reason == null
                ? error
                : new CredentialUnavailableException(
                        "No managed identity is available at " + request + ": " + reason + ". " + request.advice(),
                        failure.context(),
                        failure);
    }

    private static @Nullable String unreachableReason(DefenderException failure) {
        if (failure instanceof ConnectionException connection) {
            return connection.requestSent() ? "the connection ended without a response" : "nothing listens there";
        }
        if (failure instanceof CallTimeoutException timeout) {
            return "there was no response within " + timeout.limit();
        }
        return failure instanceof DecodeException ? "the response cannot be read" : null;
    }
}
