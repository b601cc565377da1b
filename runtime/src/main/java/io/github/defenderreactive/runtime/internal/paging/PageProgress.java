package io.github.defenderreactive.runtime.internal.paging;

import io.github.defenderreactive.runtime.internal.position.LinkHeader;
import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.observation.ResponseInfo;
import io.github.defenderreactive.runtime.operation.Paging;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The state of one page request: its attempts, and the progress of the page. */
final class PageProgress<T> implements AttemptListener, ResponseReader<T> {

    private static final Envelope EMPTY = new Envelope(null, null, 0, Map.of());

    private final JsonDecoder<T> decoder;
    private final Paging paging;
    private final JsonLimits limits;
    private final @Nullable Consumer<? super UnreadableItem> unreadable;
    private final @Nullable Consumer<? super ResponseInfo> responses;

    private volatile int attempts;
    private volatile Duration throttled = Duration.ZERO;
    private volatile boolean emitted;
    private volatile boolean bodyRead;
    private volatile boolean truncated;
    private volatile @Nullable String linked;
    private volatile @Nullable Envelope envelope;

    PageProgress(JsonDecoder<T> decoder, Paging paging, JsonLimits limits, PageOptions options) {
        this.decoder = decoder;
        this.paging = paging;
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
        // The waits are sequential, so no update is lost.
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

    /** Decodes the body under demand. Fails with the exception of the decoder, or with the error of the body. */
    @Override
    public Flux<T> read(ResponseHead head, Flux<ByteBuffer> body) {
        bodyRead = false;
        truncated = false;
        linked = paging.strategy() == Paging.Strategy.LINK_HEADER ? LinkHeader.next(head.headers("Link")) : null;
        return new EnvelopeFlux<>(body, this, new EnvelopeReader<>(decoder, limits, unreadable, paging.shape()));
    }

    /** Returns the empty last page for a status that means that there are no items. */
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

    /** Marks that every byte is in memory, so that a pause would not release a connection. */
    void markBodyRead() {
        bodyRead = true;
    }

    boolean isBodyRead() {
        return bodyRead;
    }

    /** Marks that the body ended before its JSON. */
    void markTruncated() {
        truncated = true;
    }

    boolean isTruncated() {
        return truncated;
    }

    void setEnvelope(Envelope read) {
        String link = linked;
        envelope = paging.strategy() == Paging.Strategy.LINK_HEADER
                ? new Envelope(link, read.count(), read.items(), read.others())
                : read;
    }

    @Nullable
    Envelope envelope() {
        return envelope;
    }
}
