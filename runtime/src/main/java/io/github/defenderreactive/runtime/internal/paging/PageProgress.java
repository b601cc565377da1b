package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The state of one page request: its attempts, and what was read of the page. */
final class PageProgress<T> implements AttemptListener, ResponseReader<T> {

    private static final Envelope EMPTY = new Envelope(null, null, 0, Map.of());

    private final JsonDecoder<T> decoder;
    private final JsonLimits limits;
    private final @Nullable Consumer<? super UnreadableItem> unreadable;
    private final @Nullable Consumer<? super ResponseInfo> responses;

    private volatile int attempts;
    private volatile Duration throttled = Duration.ZERO;
    private volatile boolean emitted;
    private volatile boolean bodyRead;
    private volatile boolean truncated;
    private volatile @Nullable Envelope envelope;

    PageProgress(JsonDecoder<T> decoder, JsonLimits limits, PageOptions options) {
        this.decoder = decoder;
        this.limits = limits;
        this.unreadable = options.unreadable();
        this.responses = options.responses();
    }

    @Override
    public void attemptStarted(int number) {
        attempts = number;
    }

    @Override
    public void responseReceived(ResponseInfo response) {
        if (responses != null) {
            responses.accept(response);
        }
    }

    @Override
    public void throttled(Duration waited) {
        // The waits follow one another, so no update is lost.
        Duration before = throttled;
        throttled = before.plus(waited);
    }

    @Override
    public boolean hasEmitted() {
        return emitted;
    }

    int attempts() {
        return attempts;
    }

    Duration throttled() {
        return throttled;
    }

    /** Decodes the body under demand. Fails with what the decoder throws, or with the error of the body. */
    @Override
    public Flux<T> read(ResponseHead head, Flux<ByteBuffer> body) {
        bodyRead = false;
        truncated = false;
        return new EnvelopeFlux<>(body, this, new EnvelopeReader<>(decoder, limits, unreadable));
    }

    /** The page of a status that says that nothing is there: empty, and the last one. */
    Flux<T> emptyPage() {
        return Flux.defer(() -> {
            setEnvelope(EMPTY);
            return Flux.empty();
        });
    }

    void markEmitted() {
        if (!emitted) {
            emitted = true;
        }
    }

    /** Every byte is in memory: a pause would release no connection. */
    void markBodyRead() {
        bodyRead = true;
    }

    boolean isBodyRead() {
        return bodyRead;
    }

    /** The body ended before its JSON did. */
    void markTruncated() {
        truncated = true;
    }

    boolean isTruncated() {
        return truncated;
    }

    void setEnvelope(Envelope read) {
        envelope = read;
    }

    @Nullable
    Envelope envelope() {
        return envelope;
    }
}
