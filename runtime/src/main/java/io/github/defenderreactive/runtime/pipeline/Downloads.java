package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
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
 * Downloads of signed links: an investigation package, the result of a live response command, the files of an export.
 *
 * <p>The link grants access: no access token is sent, redirects are not followed, and messages and log lines contain
 * only the scheme, host and path of the link. Characters of the link that are not valid in HTTP, such as blanks, are
 * encoded; the rest is sent unchanged. Use a separate transport, so that a slow storage cannot starve the connections
 * of the API.
 *
 * <p>The bytes are those in the storage: no content coding is offered, and none that the storage declares is decoded.
 * Only a response with status 200 and content is a success. An empty response is requested again, like a lost one,
 * unless {@link #allowEmpty()} is set. A page of HTML, as sent by a gateway or a sign-in page, is an error, unless the
 * storage declares it as the stored object ({@code x-ms-blob-type}). A body without a length that ends with its
 * connection cannot be distinguished from a truncated one.
 *
 * <p>The deadline limits the time without a byte: from the request to the first byte, including all attempts and waits,
 * and again from the failure of an attempt to the first byte of the next one. A wait that the storage requests and that
 * exceeds the remaining time is not started.
 *
 * <p>A download is a call like those of the API: it is reported to listeners and logged as {@link #OPERATION}, and
 * failed attempts are retried under the same policy. It uses neither a permit nor an access token, and a wait that the
 * storage requests does not delay other downloads. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Downloads {

    /** Default limit of the time without a byte: 1 minute. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(1);

    /**
     * The operation under which downloads are reported to listeners. It contains neither host nor path, because a link
     * grants access.
     */
    public static final OperationInfo OPERATION = OperationInfo.builder()
            .api("storage")
            .id("download")
            .tag("downloads")
            .method("GET")
            .path("/{link}")
            .summary("Downloads the target of a signed link")
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
     * Returns downloads over a transport, with their own retry budget.
     *
     * @param transport the transport, which its owner must close
     * @param retry the retry policy
     * @return the downloads
     */
    public static Downloads over(Transport transport, RetryPolicy retry) {
        Clock clock = Clock.systemUTC();
        CallParts parts = new CallParts(
                Objects.requireNonNull(transport, "transport"),
                Objects.requireNonNull(retry, "retry"),
                new RetryBudget(retry.retryBudget()),
                // The storage documents no quota, and a 429 applies to one storage account, so only that call waits.
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
     * @param policy the retry policy
     * @return downloads
     */
    public Downloads withRetry(RetryPolicy policy) {
        return new Downloads(parts.with(Objects.requireNonNull(policy, "policy")), deadline, emptyAllowed, scope);
    }

    /**
     * Returns downloads with another deadline; the transport is shared.
     *
     * @param limit maximum time without a byte, including retries and waits; positive, default
     *     {@link #DEFAULT_DEADLINE}
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
     * Returns downloads whose calls are part of a scope; for the client.
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
     * Returns the bytes of a link as stored, without decompression. Cold; one buffer is read from the socket per unit
     * of demand. Cancelling closes the connection. A failed attempt is retried. After the first byte, the next attempt
     * continues after the last one if the stored object has a strong {@code ETag} and was not replaced; otherwise the
     * failure ends the stream.
     *
     * @param link the link as returned by the service; quotation marks around it are removed
     * @return emits buffers that are owned by the receiver; completes after the last byte. Fails with
     *     {@link LinkExpiredException} if the link is no longer valid, {@link NotFoundException} if the object does not
     *     exist, {@link ContentException} if the response is not the complete object, {@link CallTimeoutException} with
     *     the phase {@code DEADLINE} if no byte arrives in time, {@link IllegalArgumentException} for plain
     *     {@code http} to a host other than the loopback, otherwise with one of the transient
     *     {@link DefenderException}s
     * @throws IllegalArgumentException if the link is not an absolute URL
     */
    public Flux<ByteBuffer> bytes(String link) {
        URI uri = uri(link);
        return scope.admit(Flux.defer(() -> run(uri).bytes()));
    }

    /**
     * Returns the content of a link to a file in gzip, decompressed while it arrives. Several members in one file are
     * one content. Cold; each buffer is decompressed on demand, and one received buffer is read ahead. Cancelling
     * closes the connection. Failed attempts are retried as those of {@link #bytes}.
     *
     * @param link the link as returned by the service; quotation marks around it are removed
     * @return emits buffers that are owned by the receiver, at least one unless the stored object has no byte at all;
     *     the compressed form of nothing is one empty buffer. Fails as {@link #bytes} does, with
     *     {@link ConnectionException} if the content is truncated, and with {@link ContentException} if it is not
     *     valid gzip
     * @throws IllegalArgumentException if the link is not an absolute URL
     */
    public Flux<ByteBuffer> unpacked(String link) {
        return UnpackedDownload.of(bytes(link));
    }

    /**
     * Writes the bytes of a link to a file. The bytes are written to a temporary file in the same directory, which
     * replaces {@code file} when it is complete: an existing file stays unchanged until then and its permissions are
     * kept; a new file is accessible to its owner only. A failed attempt is retried from the start, even after the
     * first byte. Cancelling, or the failure of the last attempt, deletes the temporary file; a cancellation on a
     * thread that may block returns after the deletion. Files are written on Reactor's elastic threads.
     *
     * <p>Symbolic links are followed: the target of a link is replaced, not the link. A device or a named pipe is not
     * replaced: the bytes are written to it as they arrive, and a failure after the first byte is not retried. A
     * directory or a read-only file is an error.
     *
     * @param link the link as returned by the service; quotation marks around it are removed
     * @param file the target file, in an existing directory
     * @return emits {@code file} when it is complete; fails as {@link #bytes} does, and with {@link ContentException}
     *     if the file cannot be written
     * @throws IllegalArgumentException if the link is not an absolute URL
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
                // without the cause, which would quote the link
                throw new IllegalArgumentException("link must be a valid URL: " + e.getReason());
            }
        }
        throw new IllegalArgumentException("link must be an absolute URL");
    }

    /** Returns the index of the first of the given characters, or the end. */
    private static int firstOf(String characters, String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
