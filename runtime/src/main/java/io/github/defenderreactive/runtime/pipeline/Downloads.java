package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.LinkExpiredException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.ServiceException;
import io.github.defenderreactive.runtime.error.ThrottledException;
import io.github.defenderreactive.runtime.operation.ReplaySafety;
import io.github.defenderreactive.runtime.retry.RetryAfter;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.runtime.retry.RetryVerdict;
import io.github.defenderreactive.runtime.transport.Lane;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Fetches what a signed link leads to: an investigation package, the result of a live response command, the files of an
 * export.
 *
 * <p>The link is the permission. No access token is sent, no redirect is followed, and no message or log line shows the
 * link: only its scheme, host and path. Give it a transport of its own, so that a slow storage cannot starve the API's
 * connections. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Downloads {

    private static final String ANY_TYPE = "*/*";

    private final Transport transport;
    private final RetryPolicy retry;

    private Downloads(Transport transport, RetryPolicy retry) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.retry = Objects.requireNonNull(retry, "retry");
    }

    /**
     * Downloads over a transport.
     *
     * @param transport sends the requests; its owner closes it
     * @param retry how often and after what wait a request is repeated
     * @return the downloads
     */
    public static Downloads over(Transport transport, RetryPolicy retry) {
        return new Downloads(transport, retry);
    }

    /**
     * The same with another retry policy; the transport is shared.
     *
     * @param policy how often and after what wait a request is repeated
     * @return downloads
     */
    public Downloads withRetry(RetryPolicy policy) {
        return new Downloads(transport, policy);
    }

    /**
     * The bytes behind a link, as they are stored: nothing is unpacked. Cold; one buffer is read from the socket per unit
     * of demand. Cancel closes the connection. A failure is repeated until the first byte has come; behind it, it ends
     * the stream.
     *
     * @param link the link as the service gave it; quotation marks around it are taken off
     * @return buffers that are the receiver's; completes when every byte has come;
     *     {@link LinkExpiredException} when the link is not valid any more, {@link NotFoundException} when nothing is
     *     there, {@link IllegalArgumentException} for plain {@code http} to another host than the loopback, else one of
     *     the transient {@link DefenderException}s
     * @throws IllegalArgumentException if the link is no absolute URL
     */
    public Flux<ByteBuffer> bytes(String link) {
        URI uri = uri(link);
        return Flux.defer(() -> new Run(uri).bytes());
    }

    /**
     * Writes what is behind a link into a file. The bytes go into a new file beside it, which takes the place of
     * {@code file} when all of them are there: a file that was there stays whole until then. A failure, also one in the
     * middle, is repeated from the start. Cancel, and a failure at the end of all attempts, delete what was written. Files
     * are written on Reactor's elastic threads.
     *
     * @param link the link as the service gave it; quotation marks around it are taken off
     * @param file where to; its directory must exist
     * @return emits {@code file} when it is complete; errors as {@link #bytes}, and
     *     {@link io.github.defenderreactive.runtime.error.ContentException} when it cannot be written
     * @throws IllegalArgumentException if the link is no absolute URL
     */
    public Mono<Path> to(String link, Path file) {
        Objects.requireNonNull(file, "file");
        URI uri = uri(link);
        return Mono.defer(() -> new Run(uri).to(file));
    }

    private static URI uri(String link) {
        String text = link.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && uri.getScheme() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the cause would quote the link
            throw new IllegalArgumentException("The link is no valid URL: " + e.getReason());
        }
        throw new IllegalArgumentException("The link is no absolute URL");
    }

    /** One download of one subscriber. Attempts follow one another, so the fields need no more than visibility. */
    private final class Run {

        private final URI uri;
        private final TransportRequest request;
        private volatile int failures;
        private volatile boolean begun;

        Run(URI uri) {
            this.uri = uri;
            this.request = new TransportRequest("GET", uri, Map.of("Accept", ANY_TYPE), null, Lane.BULK);
        }

        Flux<ByteBuffer> bytes() {
            return attempt().doOnNext(buffer -> begun = true).retryWhen(Retry.from(this::repeats));
        }

        Mono<Path> to(Path file) {
            return PartialFile.write(file, attempt()).retryWhen(Retry.from(this::repeats));
        }

        private Flux<ByteBuffer> attempt() {
            return transport.exchange(request, this::read);
        }

        private Publisher<ByteBuffer> read(ResponseHead head, Flux<ByteBuffer> body) {
            int status = head.status();
            return status >= 200 && status < 300 ? body.map(Run::copy) : Mono.error(error(head));
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

        private Mono<Long> afterFailure(DefenderException failure) {
            int count = failures + 1;
            failures = count;
            failure.complete(failure.context().withAttempts(count));
            if (begun
                    || count >= retry.maxAttempts()
                    || RetryVerdict.of(failure, ReplaySafety.SAFE) != RetryVerdict.REPEAT) {
                return Mono.error(failure);
            }
            Duration wait =
                    retry.backoff(count, () -> ThreadLocalRandom.current().nextDouble());
            Duration asked = askedWait(failure);
            return Mono.delay(asked != null && asked.compareTo(wait) > 0 ? asked : wait);
        }

        private @Nullable Duration askedWait(DefenderException failure) {
            if (failure instanceof ThrottledException throttled) {
                return throttled.retryAfter();
            }
            return failure instanceof ServiceException service ? service.retryAfter() : null;
        }

        private DefenderException error(ResponseHead head) {
            int status = head.status();
            ErrorContext context = new ErrorContext(null, status, null, head.header("x-ms-request-id"), 0);
            String where = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
            Duration wait = RetryAfter.ofHeader(head.header("retry-after"), Clock.systemUTC());
            if (status >= 500) {
                return new ServiceException("The storage at " + where + " failed", wait, context);
            }
            return switch (status) {
                case 401, 403 ->
                    new LinkExpiredException(
                            "The link to " + where
                                    + " is not valid, or not any more: such links live for minutes or hours. Ask for a new one",
                            context);
                case 404, 410 -> new NotFoundException("Nothing is at " + where, context);
                case 429 -> new ThrottledException("The storage at " + where + " is busy", wait, context);
                default -> new BadRequestException("The storage at " + where + " refused the request", context);
            };
        }
    }
}
