package io.github.defenderreactive.runtime.paging;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.TimeoutException;
import io.github.defenderreactive.runtime.json.Envelope;
import io.github.defenderreactive.runtime.json.EnvelopeReader;
import io.github.defenderreactive.runtime.json.JsonDecoder;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.UnreadableItem;
import io.github.defenderreactive.runtime.retry.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * One request of one page: what is asked, and what became of it.
 *
 * @param <T> the item
 * @since 0.1.0
 */
public final class PageRequest<T> {

    private static final Envelope NOTHING = new Envelope(null, null, 0, Map.of());

    private final String target;
    private final Deadline deadline;
    private final int stalls;
    private final boolean first;
    private final @Nullable Consumer<? super UnreadableItem> unreadable;

    private volatile int attempts;
    private volatile Duration throttled = Duration.ZERO;
    private volatile boolean begun;
    private volatile boolean received;
    private volatile boolean cut;
    private volatile @Nullable Envelope envelope;
    private volatile @Nullable Supplier<DefenderException> overdue;

    PageRequest(PageLocation page, Deadline deadline, int stalls, @Nullable Consumer<? super UnreadableItem> unreadable) {
        this.target = page.target();
        this.deadline = deadline;
        this.stalls = stalls;
        this.first = page.before() == 0;
        this.unreadable = unreadable;
    }

    /**
     * What to ask for.
     *
     * @return path and query below the API root, as they go on the wire
     */
    public String target() {
        return target;
    }

    /**
     * How long it may take.
     *
     * @return the deadline, whose clock stands still while no item is wanted
     */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * How often this page broke off since the last new item.
     *
     * @return 0 for a first request
     */
    public int stalls() {
        return stalls;
    }

    /**
     * Whether no item stands on a page before it.
     *
     * @return whether the collection may turn out to be empty
     */
    public boolean isFirst() {
        return first;
    }

    /**
     * Notes a wire attempt.
     *
     * @param number attempts made, this one included
     */
    public void attempted(int number) {
        attempts = number;
    }

    int attempts() {
        return attempts;
    }

    /**
     * Sets what names the error of a request whose time is up: the service may have acted.
     *
     * @param error gives the error
     */
    public void overdue(Supplier<DefenderException> error) {
        overdue = error;
    }

    DefenderException overdue(String operationId) {
        Supplier<DefenderException> named = overdue;
        return named == null
                ? new TimeoutException(
                        TimeoutException.Phase.DEADLINE,
                        deadline.limit(),
                        ErrorContext.of(operationId).withAttempts(attempts))
                : named.get();
    }

    /**
     * Notes a wait that quotas cost.
     *
     * @param waited how long
     */
    public void throttled(Duration waited) {
        // One after another, so there is nothing to race with.
        Duration before = throttled;
        throttled = before.plus(waited);
    }

    Duration throttled() {
        return throttled;
    }

    /**
     * Whether an item arrived: from then on only the stream can repeat the request.
     *
     * @return whether an item arrived
     */
    public boolean begun() {
        return begun;
    }

    /**
     * Decodes the body of the answer.
     *
     * @param body its bytes
     * @param item reads one item
     * @param limits what the page may ask of memory
     * @param failure the error of a body that cannot be read, or that reports one
     * @return the items; asks the body for bytes only while an item is wanted and none is complete, and for one chunk
     *     more to learn whether the page ended
     */
    public Flux<T> decode(
            Flux<ByteBuffer> body, JsonDecoder<T> item, JsonLimits limits, Function<Throwable, Throwable> failure) {
        received = false;
        cut = false;
        return new EnvelopeFlux<>(body, this, new EnvelopeReader<>(item, limits, unreadable), failure);
    }

    /**
     * The page is empty and the last one, because the service says so by status.
     *
     * @return completes
     */
    public Flux<T> nothing() {
        return Flux.defer(() -> {
            ended(NOTHING);
            return Flux.empty();
        });
    }

    void begin() {
        if (!begun) {
            begun = true;
        }
    }

    /** Every byte is in memory: a pause would free no connection. */
    void receive() {
        received = true;
    }

    boolean received() {
        return received;
    }

    /** The body ended before its JSON did. */
    void cutShort() {
        cut = true;
    }

    boolean wasCut() {
        return cut;
    }

    void ended(Envelope read) {
        envelope = read;
    }

    @Nullable
    Envelope envelope() {
        return envelope;
    }
}
