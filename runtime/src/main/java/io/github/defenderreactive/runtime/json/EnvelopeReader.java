package io.github.defenderreactive.runtime.json;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Incremental decoder of an OData collection: bytes are pushed in, items are pulled out. It does not use Reactor.
 *
 * <pre>{@code
 * reader.feed(chunk);
 * for (T item = reader.next(); item != null; item = reader.next()) { … }   // then feed the next chunk
 * reader.endOfInput();                                                     // and pull the remaining items
 * }</pre>
 *
 * <p>The document is <code>{"@odata.context": …, "value": […], "@odata.nextLink": …}</code> with the members in any
 * order, or a bare array. The items may be in another member, see {@link JsonDecoder#itemsOf}, or follow one another in
 * lines, see {@link JsonDecoder#lines}. A null {@code value} is
 * an empty collection; a missing or a second {@code value} is a
 * {@link JsonException}. An error that the service reports beside {@code value}, or in place of an item, is a
 * {@link ReportedErrorException}. An item is available as soon as its last byte was fed. Truncated input is an error
 * once all complete items were pulled, never a silent end.
 *
 * <p>Memory is bounded by one item and one chunk, not by the page: the next chunk takes the space of consumed bytes. If
 * the input is exhausted inside an item, decoding of the item restarts after the next chunk. If the item is still
 * incomplete, decoding restarts only when its end has arrived, or when the buffered bytes have doubled, which finds
 * errors early. So each byte of a large item is read only a few times.
 *
 * <p>Not thread-safe. After an exception, every further call throws the same exception.
 *
 * @param <T> type of the items
 * @since 0.1.0
 */
public final class EnvelopeReader<T> {

    private static final int SMALL = 4 << 10;

    /** Maximum length of a next link, far longer than a server accepts in a request. */
    private static final int LONGEST_LINK = 64 << 10;

    /** Maximum number of members around the items. Usually there are only a few. */
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

    private final Envelope.Shape shape;
    private final boolean odata;
    private final @Nullable NamedItems<T> named;
    private final boolean lines;
    private final String itemsName;
    private final JsonLimits limits;
    private final @Nullable Consumer<? super UnreadableItem> unreadable;
    private final JsonReader in;
    private final ItemScanner scanner = new ItemScanner();

    private JsonDecoder<T> decoder;
    private State state = State.START;
    private boolean bare;
    /** Name of the object with the items that is being read, or null outside of it. */
    private @Nullable String inside;

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
     * Creates a reader for one document.
     *
     * @param item the decoder of one item; it may be invoked again from the start of the item
     * @param limits the limits for an item, for all envelope members together, for the page, and for nesting
     */
    public EnvelopeReader(JsonDecoder<T> item, JsonLimits limits) {
        this(item, limits, null);
    }

    /**
     * Creates a reader for one document that skips the items that cannot be read.
     *
     * @param item the decoder of one item; it may be invoked again from the start of the item
     * @param limits the limits for an item, for all envelope members together, for the page, and for nesting
     * @param listener invoked with each item that is skipped because it is null, of another type, or over a limit; null
     *     to fail at the first one
     */
    public EnvelopeReader(JsonDecoder<T> item, JsonLimits limits, @Nullable Consumer<? super UnreadableItem> listener) {
        this(item, limits, listener, Envelope.Shape.ODATA);
    }

    /**
     * Creates a reader for one document whose items may be in other members than those of OData.
     *
     * @param item the decoder of one item; it may be invoked again from the start of the item
     * @param limits the limits for an item, for all envelope members together, for the page, and for nesting
     * @param listener invoked with each item that is skipped because it is null, of another type, or over a limit; null
     *     to fail at the first one
     * @param shape the places of the items and of the next link or cursor, which is {@link Envelope#nextLink()}
     */
    public EnvelopeReader(
            JsonDecoder<T> item,
            JsonLimits limits,
            @Nullable Consumer<? super UnreadableItem> listener,
            Envelope.Shape shape) {
        this.shape = shape;
        this.odata = shape.equals(Envelope.Shape.ODATA);
        this.lines = item instanceof Lines<T>;
        this.named = item instanceof NamedItems<T> other ? other : null;
        this.itemsName = named == null ? String.join("/", shape.items()) : named.member;
        this.decoder = new UnlessError<>(item, false);
        this.limits = limits;
        this.unreadable = listener;
        this.in = JsonReader.streaming(limits);
    }

    /**
     * Appends a copy of the remaining bytes of the buffer.
     *
     * @param bytes the next bytes of the document; its position moves to its limit
     * @throws JsonException if the page becomes larger than {@link JsonLimits#pageBytes()}, or anything but white space
     *     follows the document
     * @throws IllegalStateException after {@link #endOfInput()}
     */
    public void feed(ByteBuffer bytes) {
        if (failure != null) {
            throw failure;
        }
        if (!in.isOpen()) {
            throw new IllegalStateException("feed() called after endOfInput()");
        }
        bytesRead += bytes.remaining();
        if (bytesRead > limits.pageBytes() && !lines) {
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

    /** Signals the end of the input. Afterwards {@link #next()} throws if the document is truncated. */
    public void endOfInput() {
        in.endOfInput();
    }

    /**
     * Returns the next complete item. After the last item, reads the rest of the envelope as far as it was fed.
     *
     * @return the item, or null if no item is complete (feed more bytes) or there are no more items (see
     *     {@link #itemsEnded()})
     * @throws JsonException if the document is not a collection in JSON, exceeds a limit, or is truncated
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
     * Returns whether the closing bracket of {@code value} was read, so that only members of the envelope can follow.
     *
     * @return true if there are no more items
     */
    public boolean itemsEnded() {
        return itemsEnded;
    }

    /**
     * Returns whether the whole document was read, including the closing brace.
     *
     * @return true if {@link #envelope()} may be called
     */
    public boolean ended() {
        return state == State.END;
    }

    /**
     * Returns the members around the items.
     *
     * @return the envelope; empty except for the number of items if the document was a bare array
     * @throws IllegalStateException before the document has {@linkplain #ended() ended}
     */
    public Envelope envelope() {
        if (state != State.END) {
            throw new IllegalStateException("envelope() called before the end of the document");
        }
        return new Envelope(nextLink, count, items, others);
    }

    /**
     * Returns the number of bytes fed.
     *
     * @return the number of bytes
     */
    public long bytesRead() {
        return bytesRead;
    }

    /** Releases the buffered bytes after a failed read. The reader must not be used afterwards. */
    public void release() {
        in.release();
    }

    /** Returns the size of the window in bytes. */
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
            // The reader is checked, not the signal, because a decoder may have caught the signal.
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
                    throw new IllegalStateException("Decoder must read exactly one item, at path " + in.path());
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

    /** Handles a lack of input. Returns false if more bytes are needed only to skip an item that is too large. */
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
            // The next try must come no later than the size check, so that an item over the limit is detected.
            retryAt = (int) Math.min(Math.min(2L * held, limits.itemBytes() + 1L), Integer.MAX_VALUE);
        }
        if (attempts == 2) {
            scanner.reset();
        }
        return true;
    }

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

    /** Discards the bytes of an item as they arrive, because it may be larger than the limit. */
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

    private void start() {
        in.skipByteOrderMark();
        if (lines) {
            state = State.BETWEEN_ITEMS;
            return;
        }
        switch (in.peek()) {
            case OBJECT -> {
                in.beginObject();
                state = State.MEMBERS;
            }
            case ARRAY -> {
                in.beginArray();
                bare = true;
                chooseDecoder();
                state = State.BETWEEN_ITEMS;
            }
            default -> throw in.error("Expected an object or an array");
        }
    }

    private void member() {
        if (!in.nextMember()) {
            if (inside != null) {
                inside = null;
                return;
            }
            if (ReportedError.isTold(others)) {
                throw ReportedError.exception(in, others);
            }
            if (!valueSeen) {
                throw in.error(
                        shape.items().isEmpty()
                                ? "Not a collection: an object instead of a list"
                                : "Not a collection: member \"" + itemsName + "\" is missing");
            }
            state = State.END;
            return;
        }
        switch (in.name(NAMES)) {
            case VALUE -> {
                if (named == null && odata) {
                    value();
                } else {
                    other();
                }
            }
            case NEXT_LINK -> {
                if (odata) {
                    nextLink = in.nextNull() ? null : link();
                } else {
                    other();
                }
            }
            case COUNT -> {
                count = in.longOrNull();
                JsonValue irregular = in.irregular();
                if (irregular != null) {
                    keep("@odata.count", irregular);
                }
            }
            case CONTEXT -> keep("@odata.context", in.readValue());
            default -> other();
        }
    }

    private void other() {
        String name = in.name();
        if (named != null && name.equalsIgnoreCase(itemsName)) {
            value();
            return;
        }
        if (!odata && named == null && shaped(name)) {
            return;
        }
        JsonValue value = in.readValue();
        keep(inside == null ? name : inside + "/" + name, value);
        if (inside == null) {
            if (!odata && shape.next().size() == 2 && shape.next().get(0).equals(name)) {
                nextLink = position(value, shape.next().get(1));
            }
            requireNoError(name);
        }
    }

    /** Reads a member that is the items, the link, or the object with the items; returns false if it is none of them. */
    private boolean shaped(String name) {
        List<String> path = inside == null ? List.of(name) : List.of(inside, name);
        if (path.equals(shape.items())) {
            value();
        } else if (path.equals(shape.next())) {
            if (in.bytesOfScalar() > LONGEST_LINK) {
                throw in.error("Cursor longer than " + LONGEST_LINK + " bytes");
            }
            nextLink = position(in);
        } else if (inside == null
                && shape.items().size() == 2
                && shape.items().get(0).equals(name)) {
            enter(name);
        } else {
            return false;
        }
        return true;
    }

    private void enter(String name) {
        JsonToken kind = in.peek();
        if (in.nextNull()) {
            chooseDecoder();
            itemsEnded = true;
            valueSeen = true;
        } else if (kind == JsonToken.OBJECT) {
            in.beginObject();
            inside = name;
        } else {
            throw in.error("Not a collection: member \"" + name + "\" is not an object");
        }
    }

    /** Returns a link or a cursor, which may be a number; null and false mean that there is none. */
    private static @Nullable String position(JsonReader in) {
        JsonToken kind = in.peek();
        if (kind == JsonToken.STRING) {
            return in.readString();
        }
        JsonValue value = in.readValue();
        if (kind == JsonToken.OBJECT || kind == JsonToken.ARRAY || value.json().equals("true")) {
            throw in.error("Next link or cursor must be a string or a number");
        }
        return kind == JsonToken.NUMBER ? value.json() : null;
    }

    private static @Nullable String position(JsonValue parent, String member) {
        if (parent.kind() != JsonToken.OBJECT) {
            return null;
        }
        return parent.<@Nullable String>decode(in -> {
            String found = null;
            in.beginObject();
            while (in.nextMember()) {
                if (in.name().equals(member)) {
                    found = position(in);
                } else {
                    in.skipValue();
                }
            }
            return found;
        });
    }

    private String link() {
        if (in.bytesOfScalar() > LONGEST_LINK) {
            throw in.error("Next link longer than " + LONGEST_LINK + " bytes");
        }
        return in.readString();
    }

    /**
     * Throws an error in OData form at once, because a connection may close right after it. An error in OAuth form has
     * further members next to it.
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
            throw in.error("Duplicate member \"" + itemsName + "\"");
        }
        if (in.nextNull()) {
            chooseDecoder();
            itemsEnded = true;
        } else if (kind == JsonToken.ARRAY) {
            in.beginArray();
            chooseDecoder();
            state = State.BETWEEN_ITEMS;
        } else {
            throw in.error("Not a collection: member \"" + itemsName + "\" is not an array");
        }
        valueSeen = true;
    }

    private void chooseDecoder() {
        if (named != null) {
            decoder = new UnlessError<>(named.after(Collections.unmodifiableMap(others)), false);
        }
    }

    private void betweenItems() {
        if (lines) {
            if (in.isExhausted() && !in.isOpen()) {
                itemsEnded = true;
                state = State.END;
            } else {
                in.peek();
                state = State.ITEM;
            }
            return;
        }
        if (in.nextElement()) {
            state = State.ITEM;
            return;
        }
        itemsEnded = true;
        state = bare ? State.END : State.MEMBERS;
    }

    private void requireNothingMore() {
        if (!in.isExhausted()) {
            throw in.error("Unexpected content after the document");
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

    /** Decoder of values one after another, without brackets and commas. See {@link JsonDecoder#lines}. */
    record Lines<T>(JsonDecoder<T> item) implements JsonDecoder<T> {

        @Override
        public T read(JsonReader in) {
            return item.read(in);
        }
    }

    /** Decoder of the items of a member other than {@code value}. See {@link JsonDecoder#itemsOf}. */
    static final class NamedItems<T> implements JsonDecoder<T> {

        private final String member;
        private final Function<? super Map<String, JsonValue>, ? extends JsonDecoder<T>> items;

        NamedItems(String member, Function<? super Map<String, JsonValue>, ? extends JsonDecoder<T>> items) {
            this.member = member;
            this.items = items;
        }

        /** Returns the decoder of the items that follow these members. */
        JsonDecoder<T> after(Map<String, JsonValue> members) {
            return items.apply(members);
        }

        @Override
        public T read(JsonReader in) {
            return after(Map.of()).read(in);
        }
    }
}
