package io.github.defenderreactive.runtime.json;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
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
 * {@link JsonException}. An error that the service reports beside {@code value}, or in the place of an item, is a
 * {@link ReportedErrorException}. An item leaves as soon as its last byte is there. An input that ends early is an error once all
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

    /** Far longer than any server takes in a request. */
    private static final int LONGEST_LINK = 64 << 10;

    /** Members around the items that are kept; a handful is usual. */
    private static final int MOST_OTHERS = 1_000;

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
        UNREADABLE_ITEM,
        END
    }

    private final JsonDecoder<T> decoder;
    private final JsonLimits limits;
    private final @Nullable Consumer<? super UnreadableItem> unreadable;
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

    private String problem = "";
    private String beginning = "";
    private long skipped;

    /**
     * Makes a reader for one document.
     *
     * @param item reads one item; it may be run again from the item's start
     * @param limits how large an item, all envelope members together, and the page may be, and how deep
     */
    public EnvelopeReader(JsonDecoder<T> item, JsonLimits limits) {
        this(item, limits, null);
    }

    /**
     * Makes a reader for one document that skips the items that cannot be read.
     *
     * @param item reads one item; it may be run again from the item's start
     * @param limits how large an item, all envelope members together, and the page may be, and how deep
     * @param listener told of each item that is skipped: null, of another kind, or over a limit; null to fail at the first
     */
    public EnvelopeReader(JsonDecoder<T> item, JsonLimits limits, @Nullable Consumer<? super UnreadableItem> listener) {
        this.decoder = new UnlessError<>(item, false);
        this.limits = limits;
        this.unreadable = listener;
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

    /** Gives up the bytes that it holds, for a read that has failed. It must not be used after that. */
    public void release() {
        in.release();
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
                    case UNREADABLE_ITEM -> skip();
                    case END -> {
                        requireNothingMore();
                        return null;
                    }
                }
            } catch (InsufficientInputSignal signal) {
                item = null;
            } catch (JsonException e) {
                if (attempted != State.ITEM || unreadable == null) {
                    throw e;
                }
                in.rewind(start);
                beginToSkip(e.problem());
                continue;
            }
            // Asked of the reader and not concluded from the signal, which a decoder may have swallowed.
            if (in.isStarved()) {
                in.rewind(start);
                if (starved()) {
                    return null;
                }
                continue;
            }
            attempts = 0;
            retryAt = 0;
            if (attempted == State.UNREADABLE_ITEM) {
                if (state == attempted) {
                    return null;
                }
                continue;
            }
            if (attempted == State.ITEM) {
                if (isTooLarge(in.position() - start)) {
                    in.rewind(start);
                    beginToSkip(tooLarge());
                    continue;
                }
                if (item == null || in.depth() != outside) {
                    throw new IllegalStateException("The decoder did not read exactly one item, inside " + in.path());
                }
                items++;
                state = State.BETWEEN_ITEMS;
                return item;
            }
            requireSize(in.position() - start);
        }
        return null;
    }

    private boolean isWorthTrying() {
        int held = in.available();
        return !in.isOpen()
                || held >= retryAt
                || state == State.UNREADABLE_ITEM
                || (attempts > 1 && state == State.ITEM && scanner.isComplete(in));
    }

    /** More bytes are needed; false when they are needed only to skip what is too large. */
    private boolean starved() {
        int held = in.available();
        if (state == State.ITEM && isTooLarge(held)) {
            beginToSkip(tooLarge());
            return false;
        }
        requireSize(held);
        attempts++;
        if (attempts == 1 || (state != State.ITEM && held < SMALL)) {
            retryAt = held + 1;
        } else {
            // Not later than when it is found to be too large.
            retryAt = (int) Math.min(Math.min(2L * held, limits.itemBytes() + 1L), Integer.MAX_VALUE);
        }
        if (attempts == 2) {
            scanner.reset();
        }
        return true;
    }

    // ---- items that cannot be read -----------------------------------------------------------------------------

    private boolean isTooLarge(int bytes) {
        if (bytes <= limits.itemBytes()) {
            return false;
        }
        if (unreadable == null) {
            throw in.error(tooLarge());
        }
        return true;
    }

    private String tooLarge() {
        return JsonLimits.tooLarge("Item", limits.itemBytes(), "itemBytes");
    }

    private void beginToSkip(String why) {
        problem = why;
        beginning = "";
        skipped = 0;
        state = State.UNREADABLE_ITEM;
        scanner.reset();
        retryAt = 0;
    }

    /** Lets go of its bytes as they come, because it may be larger than what may be held. */
    private void skip() {
        boolean whole = scanner.isComplete(in);
        int taken = scanner.take();
        if (skipped < UnreadableItem.MOST_BYTES) {
            int wanted = Math.min(taken, (int) (UnreadableItem.MOST_BYTES - skipped));
            beginning += in.text(wanted);
        }
        skipped += taken;
        in.advance(taken);
        if (whole) {
            items++;
            state = State.BETWEEN_ITEMS;
            tellUnreadable();
        } else if (!in.isOpen()) {
            throw in.error("Unexpected end of input");
        }
    }

    private void tellUnreadable() {
        Consumer<? super UnreadableItem> listener = unreadable;
        if (listener != null) {
            listener.accept(new UnreadableItem(in.path(), problem, beginning.strip(), skipped));
        }
    }

    // ---- the document ------------------------------------------------------------------------------------------

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
            if (ReportedError.isTold(others)) {
                throw ReportedError.exception(in, others);
            }
            if (!valueSeen) {
                throw in.error("Not a collection: the object has no member \"value\"");
            }
            state = State.END;
            return;
        }
        switch (in.name(NAMES)) {
            case VALUE -> value();
            case NEXT_LINK -> nextLink = in.nextNull() ? null : link();
            case COUNT -> {
                count = in.longOrNull();
                JsonValue irregular = in.irregular();
                if (irregular != null) {
                    keep("@odata.count", irregular);
                }
            }
            case CONTEXT -> keep("@odata.context", in.readValue());
            default -> {
                String name = in.name();
                keep(name, in.readValue());
                requireNoError(name);
            }
        }
    }

    private String link() {
        if (in.bytesOfScalar() > LONGEST_LINK) {
            throw in.error("Next link longer than " + LONGEST_LINK + " bytes");
        }
        return in.readString();
    }

    /**
     * Ends at once with an error in OData's form, because nothing may come behind it. One in OAuth's form goes on in
     * members beside it.
     */
    private void requireNoError(String name) {
        JsonValue value = others.get(name);
        if (value != null
                && value.kind() == JsonToken.OBJECT
                && ReportedError.isName(name)
                && ReportedError.saysSomething(value)) {
            throw ReportedError.exception(in, others);
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
        if (others.size() == MOST_OTHERS) {
            throw in.error("Envelope of more than " + MOST_OTHERS + " members");
        }
        others.put(name, value);
    }

    private void requireSize(int bytes) {
        if (bytes > limits.itemBytes()) {
            throw in.error(tooLarge());
        }
    }

    private RuntimeException failed(RuntimeException e) {
        failure = e;
        return e;
    }
}
