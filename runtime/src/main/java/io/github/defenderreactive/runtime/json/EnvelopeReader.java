package io.github.defenderreactive.runtime.json;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Push bytes, pull items: decodes an OData collection while it arrives. Not reactive.
 *
 * <pre>{@code
 * reader.feed(chunk);
 * for (T item = reader.next(); item != null; item = reader.next()) { … }   // then feed the next chunk
 * reader.endOfInput();                                                     // and pull the rest
 * }</pre>
 *
 * <p>The document is <code>{"@odata.context": …, "value": […], "@odata.nextLink": …}</code> with the members in any order,
 * or a bare array. A null {@code value} is an empty collection; no {@code value} at all, or a second one, is a
 * {@link JsonException}. An item leaves as soon as its last byte is there. An input that ends early is an error once all
 * complete items were pulled, never a silent end.
 *
 * <p>Memory follows one item and one chunk, not the page: consumed bytes make room for the next chunk. When bytes run out
 * inside an item, the item is begun again after the next chunk; if that was not enough, only when its end has come (or the
 * bytes held have doubled, which finds errors early), so that each byte of a large item is looked at a few times at most.
 *
 * <p>Not thread-safe. After an exception every further call throws it again.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
public final class EnvelopeReader<T> {

    private static final int SMALL = 4 << 10;

    private static final int CONTEXT = 0;
    private static final int VALUE = 1;
    private static final int NEXT_LINK = 2;
    private static final int COUNT = 3;
    private static final JsonNames NAMES = JsonNames.of("@odata.context", "value", "@odata.nextLink", "@odata.count");

    private enum State {
        START,
        MEMBERS,
        BETWEEN_ITEMS,
        ITEM,
        END
    }

    private final JsonDecoder<T> decoder;
    private final JsonLimits limits;
    private final JsonReader in;
    private final ItemScanner scanner = new ItemScanner();

    private State state = State.START;
    private boolean bare;
    private boolean valueSeen;
    private boolean itemsEnded;
    private int attempts;
    private int retryAt;
    private @Nullable RuntimeException failure;

    private long bytesRead;
    private long items;
    private @Nullable String nextLink;
    private @Nullable Long count;
    private final Map<String, JsonValue> others = new LinkedHashMap<>();
    private long othersSize;

    /**
     * Makes a reader for one document.
     *
     * @param item reads one item; it may be run again from the item's start
     * @param limits how large an item, all envelope members together, and the page may be, and how deep
     */
    public EnvelopeReader(JsonDecoder<T> item, JsonLimits limits) {
        this.decoder = item;
        this.limits = limits;
        this.in = JsonReader.streaming(limits);
    }

    /**
     * Copies the remaining bytes of the buffer in.
     *
     * @param bytes the next bytes of the document; its position moves to its limit
     * @throws JsonException if the page becomes larger than {@link JsonLimits#pageBytes()}, or anything but white space
     *     comes behind the document
     * @throws IllegalStateException after {@link #endOfInput()}
     */
    public void feed(ByteBuffer bytes) {
        if (failure != null) {
            throw failure;
        }
        if (!in.isOpen()) {
            throw new IllegalStateException("Bytes after the end of input");
        }
        bytesRead += bytes.remaining();
        if (bytesRead > limits.pageBytes()) {
            throw failed(new JsonException(
                    JsonLimits.tooLarge("Page", limits.pageBytes(), "pageBytes"), in.path(), limits.pageBytes()));
        }
        try {
            in.append(bytes);
            if (state == State.END) {
                requireNothingMore();
            }
        } catch (JsonException e) {
            throw failed(e);
        }
    }

    /** No more bytes: from now on a cut document is an error of {@link #next()}. */
    public void endOfInput() {
        in.endOfInput();
    }

    /**
     * The next complete item. Reads on as far as the bytes reach, also behind the last item.
     *
     * @return the item; or null when none is complete (feed more) or there are no more (see {@link #itemsEnded()})
     * @throws JsonException if the document is not a collection in JSON, exceeds a limit, or the input has ended too early
     */
    public @Nullable T next() {
        if (failure != null) {
            throw failure;
        }
        try {
            return advance();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Whether the closing bracket of {@code value} was read: what follows is only the tail of the envelope.
     *
     * @return true when there are no more items
     */
    public boolean itemsEnded() {
        return itemsEnded;
    }

    /**
     * Whether the whole document was read, closing brace included.
     *
     * @return true when {@link #envelope()} may be asked
     */
    public boolean ended() {
        return state == State.END;
    }

    /**
     * What stood around the items.
     *
     * @return the envelope; empty but for the number of items when the document was a bare array
     * @throws IllegalStateException before the document has {@linkplain #ended() ended}
     */
    public Envelope envelope() {
        if (state != State.END) {
            throw new IllegalStateException("The document has not ended");
        }
        return new Envelope(nextLink, count, items, others);
    }

    /**
     * How much was fed.
     *
     * @return bytes
     */
    public long bytesRead() {
        return bytesRead;
    }

    /** Bytes of memory the window takes. */
    int windowSize() {
        return in.windowSize();
    }

    private @Nullable T advance() {
        while (isWorthTrying()) {
            int start = in.position();
            int outside = in.depth();
            in.mark();
            State attempted = state;
            T item = null;
            try {
                switch (state) {
                    case START -> start();
                    case MEMBERS -> member();
                    case BETWEEN_ITEMS -> betweenItems();
                    case ITEM -> item = decoder.read(in);
                    case END -> {
                        requireNothingMore();
                        return null;
                    }
                }
            } catch (OutOfBytes signal) {
                item = null;
            }
            // Asked of the reader and not concluded from the signal, which a decoder may have swallowed.
            if (in.isStarved()) {
                in.rewind(start);
                starved();
                return null;
            }
            attempts = 0;
            retryAt = 0;
            requireSize(in.position() - start);
            if (attempted == State.ITEM) {
                if (item == null || in.depth() != outside) {
                    throw new IllegalStateException("The decoder did not read exactly one item, inside " + in.path());
                }
                items++;
                state = State.BETWEEN_ITEMS;
                return item;
            }
        }
        return null;
    }

    private boolean isWorthTrying() {
        int held = in.available();
        return !in.isOpen() || held >= retryAt || (attempts > 1 && state == State.ITEM && scanner.isComplete(in));
    }

    private void starved() {
        int held = in.available();
        requireSize(held);
        attempts++;
        if (attempts == 1 || (state != State.ITEM && held < SMALL)) {
            retryAt = held + 1;
        } else {
            retryAt = (int) Math.min(2L * held, Integer.MAX_VALUE);
        }
        if (attempts == 2) {
            scanner.reset();
        }
    }

    private void start() {
        in.skipByteOrderMark();
        switch (in.peek()) {
            case OBJECT -> {
                in.beginObject();
                state = State.MEMBERS;
            }
            case ARRAY -> {
                in.beginArray();
                bare = true;
                state = State.BETWEEN_ITEMS;
            }
            default -> throw in.error("Expected a collection");
        }
    }

    private void member() {
        if (!in.nextMember()) {
            if (!valueSeen) {
                throw in.error("Not a collection: the object has no member \"value\"");
            }
            state = State.END;
            return;
        }
        switch (in.name(NAMES)) {
            case VALUE -> value();
            case NEXT_LINK -> nextLink = in.nextNull() ? null : in.readString();
            case COUNT -> {
                count = in.longOrNull();
                JsonValue odd = in.odd();
                if (odd != null) {
                    keep("@odata.count", odd);
                }
            }
            case CONTEXT -> keep("@odata.context", in.readValue());
            default -> {
                String name = in.name();
                keep(name, in.readValue());
            }
        }
    }

    private void value() {
        JsonToken kind = in.peek();
        if (valueSeen) {
            throw in.error("A second member \"value\"");
        }
        if (in.nextNull()) {
            itemsEnded = true;
        } else if (kind == JsonToken.ARRAY) {
            in.beginArray();
            state = State.BETWEEN_ITEMS;
        } else {
            throw in.error("Not a collection: the member \"value\" is no array");
        }
        valueSeen = true;
    }

    private void betweenItems() {
        if (in.nextElement()) {
            state = State.ITEM;
            return;
        }
        itemsEnded = true;
        state = bare ? State.END : State.MEMBERS;
    }

    private void requireNothingMore() {
        if (!in.isExhausted()) {
            throw in.error("Unexpected content behind the document");
        }
    }

    private void keep(String name, JsonValue value) {
        othersSize += name.length() + value.json().length();
        if (othersSize > limits.itemBytes()) {
            throw in.error(JsonLimits.tooLarge("Envelope", limits.itemBytes(), "itemBytes"));
        }
        others.put(name, value);
    }

    private void requireSize(int bytes) {
        if (bytes > limits.itemBytes()) {
            throw in.error(JsonLimits.tooLarge("Item", limits.itemBytes(), "itemBytes"));
        }
    }

    private RuntimeException failed(RuntimeException e) {
        failure = e;
        return e;
    }
}
