package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ErrorCopy;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.internal.retry.Backoff;
import io.github.defenderreactive.runtime.internal.retry.RetryDecision;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.transport.Lane;
import io.github.defenderreactive.runtime.transport.PercentEncoded;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.RetryAfter;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

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
 * longer than the deadline leaves is not begun. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Downloads {

    /** Limit of the time to the first byte, when nothing else is chosen: 1 minute. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(1);

    private static final int OK = 200;
    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "Accept-Encoding", "identity");

    private final Transport transport;
    private final RetryPolicy retry;
    private final Duration deadline;
    private final boolean emptyAllowed;
    private final CallScope scope;

    private Downloads(
            Transport transport, RetryPolicy retry, Duration deadline, boolean emptyAllowed, CallScope scope) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.retry = Objects.requireNonNull(retry, "retry");
        this.deadline = deadline;
        this.emptyAllowed = emptyAllowed;
        this.scope = Objects.requireNonNull(scope, "scope");
    }

    /**
     * Downloads over a transport.
     *
     * @param transport sends the requests; its owner closes it
     * @param retry how often and after what wait a request is repeated
     * @return the downloads
     */
    public static Downloads over(Transport transport, RetryPolicy retry) {
        return new Downloads(transport, retry, DEFAULT_DEADLINE, false, CallScope.open());
    }

    /**
     * The same with another retry policy; the transport is shared.
     *
     * @param policy how often and after what wait a request is repeated
     * @return downloads
     */
    public Downloads withRetry(RetryPolicy policy) {
        return new Downloads(transport, policy, deadline, emptyAllowed, scope);
    }

    /**
     * Returns the same with another deadline; the transport is shared.
     *
     * @param limit longest time without a byte, retries and waits included; positive, default {@link #DEFAULT_DEADLINE}
     * @return downloads
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Downloads withDeadline(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("deadline must be positive, was " + limit);
        }
        return new Downloads(transport, retry, limit, emptyAllowed, scope);
    }

    /**
     * Returns downloads for which an empty object is a success: {@link #bytes} completes without a buffer, {@link #to}
     * writes an empty file. No operation of the service is known to store one.
     *
     * @return downloads
     */
    public Downloads allowEmpty() {
        return new Downloads(transport, retry, deadline, true, scope);
    }

    /**
     * Returns downloads that are calls of a scope; for the client.
     *
     * @param calls the scope
     * @return downloads
     */
    public Downloads within(CallScope calls) {
        return new Downloads(transport, retry, deadline, emptyAllowed, calls);
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
        return scope.admit(Flux.defer(() -> new Run(uri).bytes()));
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
        return scope.admit(Mono.defer(() -> new Run(uri).to(file)));
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

    /** One download of one subscriber. Attempts follow one another, so the fields need no more than visibility. */
    private final class Run {

        private final URI uri;
        private final TransportRequest request;
        private volatile int failures;
        private volatile boolean begun;
        /** When the time without a byte began, by the JVM's clock; null while bytes come or nobody wants any. */
        private volatile @Nullable Long silentSince;

        Run(URI uri) {
            this.uri = uri;
            this.request = new TransportRequest("GET", uri, HEADERS, null, Lane.BULK);
        }

        Flux<ByteBuffer> bytes() {
            return attempt().doOnNext(buffer -> begun = true).retryWhen(Retry.from(this::repeats));
        }

        Mono<Path> to(Path file) {
            return Mono.fromCallable(() -> DownloadTarget.of(file))
                    .subscribeOn(Schedulers.boundedElastic())
                    .flatMap(target -> target.isReplaced()
                            ? DownloadedFile.write(target, attempt()).retryWhen(Retry.from(this::repeats))
                            // what has been written cannot be taken back
                            : DownloadedFile.write(target, bytes()))
                    .thenReturn(file);
        }

        private Flux<ByteBuffer> attempt() {
            Sinks.Empty<Void> wanted = Sinks.empty();
            Flux<ByteBuffer> content = transport.exchange(request, this::read);
            return (emptyAllowed ? content : content.switchIfEmpty(Flux.error(this::empty)))
                    .doOnRequest(demand -> {
                        if (silentSince == null) {
                            silentSince = System.nanoTime();
                        }
                        wanted.tryEmitEmpty();
                    })
                    .timeout(
                            wanted.asMono().then(Mono.defer(() -> Mono.delay(remaining()))),
                            buffer -> Mono.never(),
                            Flux.error(() -> new CallTimeoutException(
                                    CallTimeoutException.Phase.DEADLINE, deadline, ErrorContext.NONE)))
                    .doOnNext(buffer -> silentSince = null);
        }

        /** Of the deadline. */
        private Duration remaining() {
            Long since = silentSince;
            return since == null ? deadline : deadline.minusNanos(System.nanoTime() - since);
        }

        private Publisher<ByteBuffer> read(ResponseHead head, Flux<ByteBuffer> body) {
            return head.status() == OK && !isPage(head) ? body.map(Run::copy) : Mono.error(error(head));
        }

        /** A page for people, from something that stands before the storage. */
        private static boolean isPage(ResponseHead head) {
            String type = StatusMapping.mediaType(head, Redaction.NONE);
            return head.header("x-ms-blob-type") == null
                    && ("text/html".equals(type) || "application/xhtml+xml".equals(type));
        }

        /** The transport takes its buffer back. */
        private static ByteBuffer copy(ByteBuffer buffer) {
            return ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }

        private Flux<Long> repeats(Flux<Retry.RetrySignal> failed) {
            return failed.concatMap(signal -> signal.failure() instanceof DefenderException failure
                    ? afterFailure(failure)
                    : Mono.error(signal.failure()));
        }

        private Mono<Long> afterFailure(DefenderException original) {
            int count = failures + 1;
            failures = count;
            DefenderException failure =
                    ErrorCopy.withContext(original, original.context().withAttempts(count));
            if (begun
                    || count >= retry.maxAttempts()
                    || RetryDecision.of(failure, ReplaySafety.SAFE) != RetryDecision.RETRY) {
                return Mono.error(failure);
            }
            if (silentSince == null) {
                silentSince = System.nanoTime();
            }
            Duration wait = Backoff.fullJitter(retry.baseDelay(), retry.maxDelay())
                    .delay(count, ThreadLocalRandom.current().nextDouble());
            Duration asked = failure.retryAfter();
            if (asked != null && asked.compareTo(wait) > 0) {
                wait = asked;
            }
            if (wait.compareTo(remaining()) >= 0) {
                return Mono.error(ErrorCopy.withNote(
                        failure,
                        "not repeated, because the wait of " + wait + " is longer than the deadline of " + deadline
                                + " leaves"));
            }
            return Mono.delay(wait);
        }

        private DefenderException empty() {
            return new ConnectionException(
                    "The storage at " + where() + " answered with nothing, where content is due",
                    true,
                    new ErrorContext(null, OK, null, null, 0),
                    null);
        }

        private String where() {
            return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + uri.getRawPath();
        }

        private DefenderException error(ResponseHead head) {
            int status = head.status();
            ErrorContext context =
                    new ErrorContext(null, status, null, Redaction.of(request).id(head.header("x-ms-request-id")), 0);
            String where = where();
            Duration wait = RetryAfter.of(head, Instant.now());
            if (status >= 500) {
                return new ServiceException("The storage at " + where + " failed", wait, context);
            }
            return switch (status) {
                case OK ->
                    new ContentException(
                            "A page of HTML came from " + where
                                    + " in the place of the content: check the proxy, or sign in to the network",
                            context,
                            null);
                case 401, 403 ->
                    new LinkExpiredException(
                            "The link to " + where
                                    + " is not valid, or not any more: such links live for minutes or hours. Ask for a new one",
                            context);
                case 404, 410 -> new NotFoundException("Nothing is at " + where, context);
                // the request was not taken up, so it may be sent again
                case 408, 425 ->
                    new ConnectionException(
                            "The storage at " + where + " did not take the request", true, context, null);
                case 429 -> new ThrottledException("The storage at " + where + " is busy", wait, context);
                default ->
                    status < 300
                            ? new ContentException(
                                    "The storage at " + where + " did not answer with the whole content", context, null)
                            : new BadRequestException("The storage at " + where + " refused the request", context);
            };
        }
    }
}
