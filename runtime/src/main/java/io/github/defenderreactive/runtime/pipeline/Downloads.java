package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.internal.http.PercentEncoded;
import io.github.defenderreactive.runtime.internal.retry.RetryBudget;
import io.github.defenderreactive.runtime.observation.CallListener;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.operation.Quota;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Fetches what a signed link leads to: an investigation package, the result of a live response command, the files of an
 * export.
 *
 * <p>The link is the permission. No access token is sent, no redirect is followed, and no message or log line shows the
 * link: only its scheme, host and path. What a link holds that HTTP cannot carry, such as blanks, is encoded; the rest
 * is sent letter by letter. Give it a transport of its own, so that a slow storage cannot starve the API's connections.
 *
 * <p>The bytes are those in the storage: no content coding is offered, and none that the storage names is decoded. Only a
 * response of status 200 with content is a success. An empty one is requested again, as if it was lost, unless
 * {@link #allowEmpty()} was chosen. A page of HTML, as a gateway or a sign-in answers, is an error, unless the storage
 * says that it is the stored object ({@code x-ms-blob-type}). A body without a length that ends with its connection
 * cannot be told from one that was cut.
 *
 * <p>The deadline bounds the time without a byte: from the request to the first byte, all attempts and waits included, and
 * again from the moment at which a download that is begun anew broke off. A wait that the storage asks for and that is
 * longer than the deadline leaves is not begun.
 *
 * <p>A download is a call like those of the API: listeners and the log of attempts are told of it under the name of
 * {@link #OPERATION}, and failed attempts are retried under the same policy. It takes no permit of a quota and no access
 * token; a retry that the storage asks to wait for makes no other download wait. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Downloads {

    /** Limit of the time to the first byte, when nothing else is chosen: 1 minute. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(1);

    /**
     * The operation under which listeners are told of downloads. It names neither host nor path, because a link is a
     * permission.
     */
    public static final OperationInfo OPERATION = OperationInfo.builder()
            .api("storage")
            .id("download")
            .tag("downloads")
            .method("GET")
            .path("/{link}")
            .summary("Downloads what a signed link leads to")
            .quota(new Quota("downloads", 0, 0))
            .replaySafety(ReplaySafety.SAFE)
            .timeout(DEFAULT_DEADLINE)
            .build();

    private final CallParts parts;
    private final Duration deadline;
    private final boolean emptyAllowed;
    private final CallScope scope;

    private Downloads(CallParts parts, Duration deadline, boolean emptyAllowed, CallScope scope) {
        this.parts = parts;
        this.deadline = deadline;
        this.emptyAllowed = emptyAllowed;
        this.scope = Objects.requireNonNull(scope, "scope");
    }

    /**
     * Returns downloads over a transport, with a retry budget of their own.
     *
     * @param transport sends the requests; its owner closes it
     * @param retry how often and after what wait an attempt is retried
     * @return the downloads
     */
    public static Downloads over(Transport transport, RetryPolicy retry) {
        Clock clock = Clock.systemUTC();
        CallParts parts = new CallParts(
                Objects.requireNonNull(transport, "transport"),
                Objects.requireNonNull(retry, "retry"),
                new RetryBudget(retry.retryBudget()),
                // The storage documents no quota, and a 429 is about one storage account: only its own call waits.
                RateLimiter.unlimited(),
                clock,
                Schedulers.parallel(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                CallListener.Factory.NONE,
                new ClockComparison(clock, System::nanoTime));
        return new Downloads(parts, DEFAULT_DEADLINE, false, CallScope.open());
    }

    /**
     * Returns downloads with another retry policy; transport and retry budget are shared.
     *
     * @param policy how often and after what wait an attempt is retried
     * @return downloads
     */
    public Downloads withRetry(RetryPolicy policy) {
        return new Downloads(parts.with(Objects.requireNonNull(policy, "policy")), deadline, emptyAllowed, scope);
    }

    /**
     * Returns downloads with another deadline; the transport is shared.
     *
     * @param limit longest time without a byte, retries and waits included; positive, default {@link #DEFAULT_DEADLINE}
     * @return downloads
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Downloads withDeadline(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("deadline must be positive, was " + limit);
        }
        return new Downloads(parts, limit, emptyAllowed, scope);
    }

    /**
     * Returns downloads for which an empty object is a success: {@link #bytes} completes without a buffer, {@link #to}
     * writes an empty file. No operation of the service is known to store one.
     *
     * @return downloads
     */
    public Downloads allowEmpty() {
        return new Downloads(parts, deadline, true, scope);
    }

    /**
     * Returns downloads that are calls of a scope; for the client.
     *
     * @param calls the scope
     * @return downloads
     */
    public Downloads within(CallScope calls) {
        return new Downloads(parts, deadline, emptyAllowed, calls);
    }

    /**
     * Returns downloads that are reported to listeners, each as a call of {@link #OPERATION}; for the client.
     *
     * @param listeners the factory of the listeners
     * @return downloads
     */
    public Downloads observedBy(CallListener.Factory listeners) {
        return new Downloads(parts.with(Objects.requireNonNull(listeners, "listeners")), deadline, emptyAllowed, scope);
    }

    /**
     * The bytes behind a link, as they are stored: nothing is unpacked. Cold; one buffer is read from the socket per unit
     * of demand. Cancel closes the connection. A failure is repeated until the first byte has come; behind it, it ends
     * the stream.
     *
     * @param link the link as the service gave it; quotation marks around it are taken off
     * @return buffers that are the receiver's; completes when every byte has come;
     *     {@link LinkExpiredException} when the link is not valid any more, {@link NotFoundException} when nothing is
     *     there, {@link ContentException} when the response is not the whole object,
     *     {@link CallTimeoutException} of the phase {@code DEADLINE} when no byte comes in time,
     *     {@link IllegalArgumentException} for plain {@code http} to another host than the loopback, else one of
     *     the transient {@link DefenderException}s
     * @throws IllegalArgumentException if the link is no absolute URL
     */
    public Flux<ByteBuffer> bytes(String link) {
        URI uri = uri(link);
        return scope.admit(Flux.defer(() -> run(uri).bytes()));
    }

    /**
     * Writes what is behind a link into a file. The bytes go into a new file beside it, which takes the place of
     * {@code file} when all of them are there: a file that was there stays whole until then, and its permissions are kept;
     * a new one is for its owner only. A failure, also one in the middle, is repeated from the start. Cancel, and a failure
     * at the end of all attempts, delete what was written; when the subscription is cancelled on a thread that may block,
     * that has happened when the cancel returns. Files are written on Reactor's elastic threads.
     *
     * <p>A link is followed, and what it leads to is replaced, not the link. A device or a named pipe is not replaced: the
     * bytes are written to it as they come, and a failure after the first of them is not repeated. A directory, and a file
     * that is read-only, are errors.
     *
     * @param link the link as the service gave it; quotation marks around it are taken off
     * @param file where to; its directory must exist
     * @return emits {@code file} when it is complete; errors as {@link #bytes}, and
     *     {@link ContentException} when it cannot be written
     * @throws IllegalArgumentException if the link is no absolute URL
     */
    public Mono<Path> to(String link, Path file) {
        Objects.requireNonNull(file, "file");
        URI uri = uri(link);
        return scope.admit(Mono.defer(() -> run(uri).to(file)));
    }

    private DownloadRun run(URI uri) {
        return new DownloadRun(parts, OPERATION, uri, deadline, emptyAllowed);
    }

    private static URI uri(String link) {
        String text = link.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        int host = text.indexOf("://") + 3;
        if (host > 3) {
            try {
                int path = firstOf("/?#", text, host);
                int fragment = firstOf("#", text, path);
                int query = Math.min(firstOf("?", text, path), fragment);
                URI uri = new URI(text.substring(0, path)
                        + PercentEncoded.path(text.substring(path, query))
                        + PercentEncoded.query(text.substring(query, fragment)));
                if (uri.getHost() != null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // the cause would quote the link
                throw new IllegalArgumentException("The link is no valid URL: " + e.getReason());
            }
        }
        throw new IllegalArgumentException("The link is no absolute URL");
    }

    /** Where the first of some characters stands, or the end. */
    private static int firstOf(String characters, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
