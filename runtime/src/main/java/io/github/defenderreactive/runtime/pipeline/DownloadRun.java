package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.internal.paging.AttemptListener;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import io.github.defenderreactive.runtime.transport.Redaction;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** The execution of one download for one subscriber: a {@link CallRun} without an access token. */
final class DownloadRun implements AttemptListener {

    private static final Map<String, String> HEADERS = Map.of("Accept", "*/*", "Accept-Encoding", "identity");

    private final CallParts parts;
    private final URI uri;
    private final boolean emptyAllowed;
    private final SilenceDeadline silence;
    private final Redaction redaction;
    private final CallRun run;

    private final Continuation continuation = new Continuation();

    /** The headers of each attempt; those of a continuation are added after a failure. */
    private final Map<String, String> headers = new ConcurrentHashMap<>(HEADERS);

    DownloadRun(CallParts parts, OperationInfo operation, URI uri, Duration deadline, boolean emptyAllowed) {
        this.parts = parts;
        this.uri = uri;
        this.emptyAllowed = emptyAllowed;
        this.silence = new SilenceDeadline(deadline, parts.nanos());
        this.redaction = Redaction.of(new TransportRequest("GET", uri, HEADERS, null, Lane.BULK));
        Mono<RequestContent> nothing = Mono.just(new RequestContent(null, null));
        CallRequest request = new CallRequest(operation, uri, Lane.BULK, headers, nothing, null);
        this.run = new CallRun(parts, request, silence, this);
    }

    @Override
    public boolean hasEmitted() {
        return !continuation.isPossible();
    }

    /** Returns the bytes. An attempt that fails after the first byte is continued there if the storage allows it. */
    Flux<ByteBuffer> bytes() {
        return run.download(
                this::readOn,
                content -> timed(content)
                        .doOnNext(continuation::emitted)
                        .doOnError(failure -> headers.putAll(continuation.headers())));
    }

    private Publisher<ByteBuffer> readOn(ResponseHead head, Flux<ByteBuffer> body) {
        if (!continuation.isBegun()) {
            return continuation.rest(head, Flux.from(read(head, body)));
        }
        StorageResponse response = new StorageResponse(uri, head, redaction);
        if (!response.isPage() && continuation.isContinuedBy(head)) {
            run.succeeded();
            return continuation.rest(head, body.map(DownloadRun::copy));
        }
        return Mono.error(
                continuation.isRefusedBy(head)
                        ? continuation.refused()
                        : response.error(parts.clock().instant()));
    }

    /** Writes the bytes to a file. A failed attempt is retried from the start if the written bytes can be discarded. */
    Mono<Path> to(Path file) {
        return Mono.fromCallable(() -> DownloadTarget.of(file))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(target -> target.isReplaced()
                        ? run.download(this::read, content -> DownloadedFile.write(target, timed(content)))
                                .then()
                        : DownloadedFile.write(target, bytes()))
                .thenReturn(file);
    }

    private Publisher<ByteBuffer> read(ResponseHead head, Flux<ByteBuffer> body) {
        StorageResponse response = new StorageResponse(uri, head, redaction);
        if (!response.isContent()) {
            return Mono.error(response.error(parts.clock().instant()));
        }
        run.succeeded();
        Flux<ByteBuffer> content = body.map(DownloadRun::copy);
        return emptyAllowed ? content : content.switchIfEmpty(Flux.error(response::empty));
    }

    /** Returns a copy, because the transport reuses its buffer. */
    private static ByteBuffer copy(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    }

    /** Fails an attempt whose first byte does not arrive in time, counted from the first demand. */
    private Flux<ByteBuffer> timed(Flux<ByteBuffer> attempt) {
        Sinks.Empty<Void> wanted = Sinks.empty();
        return attempt.doOnRequest(demand -> {
                    silence.begin();
                    wanted.tryEmitEmpty();
                })
                .timeout(
                        wanted.asMono().then(Mono.defer(() -> Mono.delay(silence.remaining(), parts.scheduler()))),
                        buffer -> Mono.never(),
                        Flux.error(() -> new CallTimeoutException(
                                CallTimeoutException.Phase.DEADLINE, silence.limit(), ErrorContext.NONE)))
                .doOnNext(buffer -> silence.end())
                .doOnError(failure -> silence.begin());
    }
}
