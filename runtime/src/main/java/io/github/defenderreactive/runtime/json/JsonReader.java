package io.github.defenderreactive.runtime.json;

import io.github.defenderreactive.runtime.value.ByteString;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reader of JSON (RFC 8259) that pulls values in one pass over UTF-8 bytes:
 *
 * <pre>{@code
 * in.beginObject();
 * while (in.nextMember()) {
 *     switch (in.name(NAMES)) {
 *         case 0 -> id = in.stringOrNull();
 *         case 1 -> created = in.instantOrNull();
 *         default -> in.skipValue();
 *     }
 * }
 * }</pre>
 *
 * <p><b>Strict on JSON.</b> Input that RFC 8259 does not allow is a {@link JsonException}, even inside skipped values:
 * leading zeros, trailing commas, control characters in strings, bytes that are not UTF-8, text after the document,
 * truncated input. Beyond the RFC: one byte order mark at the start is skipped; a lone surrogate written as an escape
 * ({@code "\}{@code ud83d"}) is kept in the string, as Jackson does, and {@link JsonWriter} writes it as the same
 * escape; each of duplicate members is read in turn; a number of more than 1,000 bytes or nine digits of exponent is
 * not computed: a strict read rejects it, a lenient read treats it as {@linkplain #irregular() irregular}; nesting and
 * the number of members and elements are limited.
 *
 * <p><b>Two families of reads.</b> The strict ones ({@link #readString()}, {@link #beginObject()}…) throw if the value
 * is of another kind. The lenient ones ({@link #stringOrNull()}…) are for models of a service that changes: they
 * consume any value and return null for null and for a value of another kind. Afterwards {@link #irregular()} returns
 * the received value if writing the result would give different JSON.
 *
 * <p>Not thread-safe. A reader must not be used after a {@link JsonException}.
 *
 * @since 0.1.0
 */
public final class JsonReader {

    private static final int WORTH_A_CACHE = 16 << 10;
    private static final int ROUNDING = 1 << 10;
    private static final int LARGE_WINDOW = 1 << 20;
    private static final int LONGEST_NUMBER_IN_STRING = 64;
    private static final int LONGEST_NAME_IN_PATH = 64;

    private static final int NO_FLAGS = 0;
    private static final int NOT_ASCII = 1;
    private static final int ESCAPES = 2;

    private static final JsonValue ONE = JsonValue.number(1);
    private static final JsonValue ZERO = JsonValue.number(0);

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private static final byte[] NOTHING = new byte[0];

    private final int maxDepth;
    private final int maxValues;

    /** Number of members and elements since the mark. */
    private int values;

    /** Created once a document is long enough for strings to repeat. */
    private @Nullable TextCache cache;

    /**
     * The window: bytes {@code pos} to {@code limit} are not consumed; {@code base} is the number of bytes before the
     * window.
     */
    private byte[] buf;

    private int pos;
    private int limit;
    private long base;

    /** True if more bytes may follow the window. */
    private boolean open;

    private boolean starved;
    private final InsufficientInputSignal outOfBytes = new InsufficientInputSignal();

    private Frame frame = new Frame(null);

    private Frame markFrame = frame;
    private byte markKind;
    private int markCurrent;
    private int markPrevious;

    /** Flags of the string last scanned by {@link #scanString}. */
    private int textFlags;

    private final NumberScanner number = new NumberScanner();
    private long wholeNumber;

    private boolean canonicalTime;

    private @Nullable JsonValue irregular;

    /** Whether a map was irregular as a whole; other objects keep the irregular values inside them. */
    private boolean mapIrregular;

    /** Whether the last element or value of a map was regular. */
    private boolean partFits;

    /** Elements of the lists being read, innermost last. */
    private @Nullable Object[] elements = {};

    private int elementCount;

    private JsonReader(byte[] bytes, int from, int to, int maxDepth, int maxValues, boolean open) {
        this.buf = bytes;
        this.pos = from;
        this.limit = to;
        this.base = -from;
        this.maxDepth = maxDepth;
        this.maxValues = maxValues;
        this.open = open;
        this.cache = to - from >= WORTH_A_CACHE ? new TextCache() : null;
    }

    /**
     * Returns a reader of a whole document of any size. Nesting is limited by {@link JsonLimits#DEFAULT}.
     *
     * @param json the bytes; not copied, so they must not change while the reader is in use
     * @return a reader positioned before the value of the document
     */
    public static JsonReader of(byte[] json) {
        return document(json, 0, json.length, JsonLimits.DEFAULT.depth(), Integer.MAX_VALUE);
    }

    /**
     * Returns a reader of a whole document that is part of an array.
     *
     * @param json the bytes; not copied, so they must not change while the reader is in use
     * @param from index of the first byte
     * @param length number of bytes
     * @param limits the limits, of which {@link JsonLimits#entityBytes()}, {@link JsonLimits#depth()} and
     *     {@link JsonLimits#entityValues()} apply
     * @return a reader positioned before the value of the document
     * @throws IndexOutOfBoundsException if the part exceeds the array
     * @throws JsonException if the document is larger than {@link JsonLimits#entityBytes()}
     */
    public static JsonReader of(byte[] json, int from, int length, JsonLimits limits) {
        if (from < 0 || length < 0 || from > json.length - length) {
            throw new IndexOutOfBoundsException(
                    "from + length must be <= " + json.length + ", was " + from + " + " + length);
        }
        if (length > limits.entityBytes()) {
            throw new JsonException(
                    JsonLimits.tooLarge("Document", limits.entityBytes(), "entityBytes"), "$", limits.entityBytes());
        }
        return document(json, from, length, limits.depth(), limits.entityValues());
    }

    /**
     * Returns a reader of a whole document of any size. Nesting is limited by {@link JsonLimits#DEFAULT}.
     *
     * @param json the text
     * @return a reader positioned before the value of the document
     */
    public static JsonReader of(String json) {
        return of(JsonText.utf8(json));
    }

    /** Returns a reader of text that was validated before, without a limit on nesting. */
    static JsonReader unlimited(String json) {
        byte[] bytes = JsonText.utf8(json);
        return document(bytes, 0, bytes.length, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static JsonReader document(byte[] json, int from, int length, int depth, int values) {
        JsonReader in = new JsonReader(json, from, from + length, depth, values, false);
        in.skipByteOrderMark();
        return in;
    }

    /** Returns a reader over a window that {@link #append} fills. */
    static JsonReader streaming(JsonLimits limits) {
        return new JsonReader(NOTHING, 0, 0, limits.depth(), limits.itemValues(), true);
    }

    /** Appends a copy of the remaining bytes of the buffer, in the space of consumed bytes if possible. */
    void append(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (more > buf.length - limit) {
            makeRoom(more);
        }
        bytes.get(buf, limit, more);
        limit += more;
        if (cache == null && base + limit >= WORTH_A_CACHE) {
            cache = new TextCache();
        }
    }

    void release() {
        buf = NOTHING;
        pos = 0;
        limit = 0;
    }

    private void makeRoom(int more) {
        int held = limit - pos;
        for (Frame l = frame; l != null; l = l.outer) {
            if (l.hasName()) {
                l.keptName = nameOf(l);
                l.nameFrom = -1;
            }
        }
        long needed = (long) held + more;
        byte[] target = buf;
        if (needed > buf.length || (buf.length > LARGE_WINDOW && needed < buf.length / 4)) {
            // A small window has exactly the needed size, so that it holds one item and one chunk. A large one grows by
            // a quarter, so that a large item in small chunks is not copied for every chunk.
            long wanted = needed < LARGE_WINDOW ? needed + ROUNDING - 1 & -ROUNDING : needed + needed / 4;
            if (needed > Integer.MAX_VALUE - 16) {
                throw new JsonException("More than 2 GiB of unread input", path(), offset());
            }
            target = new byte[(int) Math.min(wanted, Integer.MAX_VALUE - 16)];
        }
        System.arraycopy(buf, pos, target, 0, held);
        buf = target;
        base += pos;
        pos = 0;
        limit = held;
    }

    /** Signals the end of the input. Afterwards a missing byte is an error. */
    void endOfInput() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    /** Returns whether the input was exhausted since the last mark. */
    boolean isStarved() {
        return starved;
    }

    /** Marks the position to which {@link #rewind} returns. */
    void mark() {
        values = 0;
        markFrame = frame;
        markKind = frame.kind;
        markCurrent = frame.current;
        markPrevious = frame.previous;
    }

    /** Rewinds to the mark, which was set at the given index of the window. */
    void rewind(int index) {
        pos = index;
        values = 0;
        frame = markFrame;
        frame.kind = markKind;
        frame.current = markCurrent;
        frame.previous = markPrevious;
        if (frame.isObject()) {
            frame.forgetName();
        }
        Arrays.fill(elements, 0, elementCount, null);
        elementCount = 0;
        irregular = null;
        starved = false;
    }

    int position() {
        return pos;
    }

    int available() {
        return limit - pos;
    }

    int windowSize() {
        return buf.length;
    }

    byte byteAt(int index) {
        return buf[index];
    }

    /** Returns the next bytes as text without validating or consuming them. */
    String text(int bytes) {
        return new String(buf, pos, bytes, StandardCharsets.UTF_8);
    }

    void advance(int bytes) {
        pos += bytes;
    }

    /** Returns the length of the next scalar. Consumes only white space. */
    int bytesOfScalar() {
        if (token() != '"') {
            return 0;
        }
        return scanString(pos + 1) - pos;
    }

    int depth() {
        return frame.depth;
    }

    /** Skips white space. Returns whether the window is then empty. */
    boolean isExhausted() {
        skipBlanks();
        return pos == limit;
    }

    void skipByteOrderMark() {
        if (pos < limit && buf[pos] == (byte) 0xEF) {
            if (limit - pos < 3) {
                throw underflow();
            }
            if (buf[pos + 1] == (byte) 0xBB && buf[pos + 2] == (byte) 0xBF) {
                pos += 3;
            }
        }
    }

    /**
     * Returns the kind of the next value, determined by its first byte.
     *
     * @return the kind
     * @throws JsonException if the next byte does not begin a value
     */
    public JsonToken peek() {
        int c = token();
        if (c != '{' && c != '[' && c != '"' && c != 't' && c != 'f' && c != 'n' && !NumberScanner.begins(c)) {
            throw unexpected("a value", c);
        }
        return JsonToken.of(c);
    }

    /**
     * Enters an object.
     *
     * @throws JsonException if the next value is of another kind
     */
    public void beginObject() {
        int c = token();
        if (c != '{') {
            throw unexpected("an object", c);
        }
        begin(Frame.OBJECT_BEGUN);
    }

    /**
     * Advances to the next member.
     *
     * @return true if the reader is positioned before the value of the member, which must be read or skipped; false if
     *     the object has ended and the reader is positioned after it
     * @throws JsonException if the bytes are not JSON
     * @throws IllegalStateException if the reader is not inside an object
     */
    public boolean nextMember() {
        Frame l = frame;
        if (l.kind == Frame.OBJECT && nextAsGuessed(l)) {
            count();
            return true;
        }
        int c = token();
        if (l.kind == Frame.OBJECT) {
            if (c == ',') {
                pos++;
                c = token();
            } else if (c == '}') {
                return endFrame(l);
            } else {
                throw unexpected("a comma or the end of the object", c);
            }
        } else if (l.kind == Frame.OBJECT_BEGUN) {
            if (c == '}') {
                return endFrame(l);
            }
            l.kind = Frame.OBJECT;
        } else {
            throw new IllegalStateException("nextMember() called outside an object");
        }
        if (c != '"') {
            throw unexpected("a member name", c);
        }
        count();
        memberName(l, pos + 1);
        if (pos < limit && buf[pos] == ':') {
            pos++;
            return true;
        }
        c = token();
        if (c != ':') {
            throw unexpected("a colon", c);
        }
        pos++;
        return true;
    }

    /** Consumes comma, name and colon in one comparison if the next member is the one that usually follows. */
    private boolean nextAsGuessed(Frame l) {
        JsonNames expected = l.names;
        if (expected == null) {
            return false;
        }
        int guess = expected.guess(l.previous);
        if (guess == expected.count()) {
            return false;
        }
        byte[] member = expected.member(guess);
        int from = pos;
        int to = from + member.length;
        if (member.length < Long.BYTES || to > limit || !EightBytes.equal(buf, from, member)) {
            return false;
        }
        l.nameFrom = from + JsonNames.NAME_FROM;
        l.nameTo = to - JsonNames.AFTER_NAME;
        l.current = guess;
        l.previous = guess;
        pos = to;
        return true;
    }

    private void memberName(Frame l, int from) {
        int to = scanString(from);
        l.nameFrom = from;
        l.nameTo = to;
        l.current = Frame.UNRESOLVED;
        pos = to + 1;
    }

    /**
     * Returns the index of the current member's name.
     *
     * @param wanted the names of the object's type; should be a constant
     * @return the index of the name, or -1
     * @throws IllegalStateException if {@link #nextMember()} was not called in this object
     */
    public int name(JsonNames wanted) {
        Frame l = frame;
        if (l.names == wanted && l.current != Frame.UNRESOLVED && l.kind == Frame.OBJECT) {
            return l.current;
        }
        return find(l, wanted);
    }

    private int find(Frame l, JsonNames wanted) {
        requireMember();
        if (l.names != wanted) {
            l.names = wanted;
            l.previous = JsonNames.START;
        }
        int found;
        if (l.nameFrom < 0 || contains(buf, l.nameFrom, l.nameTo, '\\')) {
            byte[] name = name().getBytes(StandardCharsets.UTF_8);
            found = wanted.find(name, 0, name.length);
        } else {
            found = wanted.find(buf, l.nameFrom, l.nameTo);
        }
        l.current = found;
        if (found >= 0) {
            wanted.learn(l.previous, found);
            l.previous = found;
        }
        return found;
    }

    /**
     * Returns the name of the current member.
     *
     * @return the name
     * @throws IllegalStateException if {@link #nextMember()} was not called in this object
     */
    public String name() {
        requireMember();
        return nameOf(frame);
    }

    private String nameOf(Frame l) {
        int from = l.nameFrom;
        if (from < 0) {
            return l.keptName == null ? "" : l.keptName;
        }
        int length = l.nameTo - from;
        if (cache != null && length > 0 && length <= TextCache.LONGEST && isPlain(buf, from, l.nameTo)) {
            return cache.get(buf, from, length);
        }
        return JsonText.unescape(buf, from, l.nameTo);
    }

    private void requireMember() {
        if (!frame.hasName()) {
            throw new IllegalStateException("name() called outside a member of an object");
        }
    }

    /**
     * Enters an array.
     *
     * @throws JsonException if the next value is of another kind
     */
    public void beginArray() {
        int c = token();
        if (c != '[') {
            throw unexpected("an array", c);
        }
        begin(Frame.ARRAY_BEGUN);
    }

    /**
     * Advances to the next element.
     *
     * @return true if the reader is positioned before the element, which must be read or skipped; false if the array
     *     has ended and the reader is positioned after it
     * @throws JsonException if the bytes are not JSON
     * @throws IllegalStateException if the reader is not inside an array
     */
    public boolean nextElement() {
        Frame l = frame;
        int c = token();
        if (l.kind == Frame.ARRAY) {
            if (c == ',') {
                pos++;
                l.current++;
                count();
                return true;
            }
            if (c != ']') {
                throw unexpected("a comma or the end of the array", c);
            }
        } else if (l.kind == Frame.ARRAY_BEGUN) {
            if (c != ']') {
                l.kind = Frame.ARRAY;
                l.current = 0;
                count();
                return true;
            }
        } else {
            throw new IllegalStateException("nextElement() called outside an array");
        }
        return endFrame(l);
    }

    private void count() {
        if (++values > maxValues) {
            throw error(JsonLimits.tooMany(maxValues));
        }
    }

    /**
     * Consumes the next value if it is null.
     *
     * @return true if a null was consumed
     * @throws JsonException if the bytes are not JSON
     */
    public boolean nextNull() {
        if (token() != 'n') {
            return false;
        }
        literal(NULL);
        return true;
    }

    /**
     * Skips the next value of any kind. It is validated as strictly as a value that is read.
     *
     * @throws JsonException if the bytes are not JSON
     */
    public void skipValue() {
        Frame outside = frame;
        boolean value = true;
        while (value) {
            int c = token();
            switch (c) {
                case '{' -> beginObject();
                case '[' -> beginArray();
                case '"' -> pos = scanString(pos + 1) + 1;
                case 't' -> literal(TRUE);
                case 'f' -> literal(FALSE);
                case 'n' -> literal(NULL);
                default -> {
                    if (!NumberScanner.begins(c)) {
                        throw unexpected("a value", c);
                    }
                    scanNumber();
                }
            }
            value = false;
            while (!value && frame != outside) {
                value = frame.isObject() ? nextMember() : nextElement();
            }
        }
    }

    /**
     * Reads the next value of any kind.
     *
     * @return the value
     * @throws JsonException if the bytes are not JSON
     */
    public JsonValue readValue() {
        token();
        int from = pos;
        skipValue();
        return JsonValue.ofValidated(buf, from, pos);
    }

    /** Reads the next value of any kind, or skips it and returns null if it has more than the given number of bytes. */
    @Nullable
    JsonValue readValueOf(int most) {
        token();
        int from = pos;
        skipValue();
        return pos - from > most ? null : JsonValue.ofValidated(buf, from, pos);
    }

    /**
     * Returns the text of a member of the next object without consuming any input. Used for types that are
     * distinguished by a member, which may be at any position in the object.
     *
     * @param member name of the member
     * @return its text; null if the next value is not an object, has no such member, or the value of the member is not
     *     a string
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable String peekText(String member) {
        if (peek() != JsonToken.OBJECT) {
            return null;
        }
        int start = pos;
        int counted = values;
        Frame outside = frame;
        String text = null;
        beginObject();
        while (text == null && nextMember()) {
            if (name().equals(member) && peek() == JsonToken.STRING) {
                text = readString();
            } else {
                skipValue();
            }
        }
        pos = start;
        values = counted;
        frame = outside;
        return text;
    }

    /**
     * Returns the kind of a member of the next object without consuming any input, or null if there is no such member.
     */
    @Nullable
    JsonToken peekKind(String member) {
        if (peek() != JsonToken.OBJECT) {
            return null;
        }
        int start = pos;
        int counted = values;
        Frame outside = frame;
        JsonToken kind = null;
        beginObject();
        while (kind == null && nextMember()) {
            if (name().equals(member)) {
                kind = peek();
            } else {
                skipValue();
            }
        }
        pos = start;
        values = counted;
        frame = outside;
        return kind;
    }

    /**
     * Returns whether the first member of the next object, other than annotations, has a matching name. Consumes no
     * input.
     */
    boolean beginsWith(Predicate<String> name) {
        if (token() != '{') {
            return false;
        }
        int start = pos;
        Frame outside = frame;
        beginObject();
        boolean found = false;
        // Most objects begin with another letter, for which no string needs to be created.
        for (boolean annotation = true; annotation && ReportedError.mayBeginAName(nextNameByte()) && nextMember(); ) {
            String first = name();
            found = name.test(first);
            annotation = !found && ReportedError.isAnnotation(first);
            if (annotation) {
                skipValue();
            }
        }
        pos = start;
        frame = outside;
        return found;
    }

    /** Returns whether the next object has a member with a matching name. Consumes no input. */
    boolean hasMember(Predicate<String> name) {
        if (token() != '{') {
            return false;
        }
        int start = pos;
        Frame outside = frame;
        beginObject();
        boolean found = false;
        while (!found && nextMember()) {
            found = name.test(name());
            if (!found) {
                skipValue();
            }
        }
        pos = start;
        frame = outside;
        return found;
    }

    /** Returns the first byte of the next name; 0 if no name follows. */
    private byte nextNameByte() {
        int at = token() == ',' ? pos + 1 : pos;
        while (at < limit && buf[at] >= 0 && buf[at] <= ' ') {
            at++;
        }
        if (at == limit || (buf[at] == '"' && at + 1 == limit)) {
            throw underflow();
        }
        return buf[at] == '"' ? buf[at + 1] : 0;
    }

    /** Returns the names last looked up in objects at the depth of the next value, or null if none were. */
    @Nullable
    JsonNames namesWithin() {
        return frame.namesWithin();
    }

    /**
     * Checks that the value of the document was read and only white space follows.
     *
     * @throws JsonException if anything else follows
     * @throws IllegalStateException if the reader is inside an object or array
     */
    public void end() {
        if (frame.kind != Frame.DOCUMENT) {
            throw new IllegalStateException("end() called inside an object or array, at path " + path());
        }
        if (!isExhausted()) {
            throw unexpected("the end of the document", buf[pos]);
        }
    }

    /**
     * Reads a string.
     *
     * @return the text
     * @throws JsonException if the next value is not a string
     */
    public String readString() {
        int c = token();
        if (c != '"') {
            throw unexpected("a string", c);
        }
        return text();
    }

    /**
     * Reads a boolean.
     *
     * @return the value
     * @throws JsonException if the next value is not a boolean
     */
    public boolean readBoolean() {
        int c = token();
        if (c == 't') {
            literal(TRUE);
            return true;
        }
        if (c == 'f') {
            literal(FALSE);
            return false;
        }
        throw unexpected("true or false", c);
    }

    /**
     * Reads a 32-bit integer.
     *
     * @return the number
     * @throws JsonException if the next value is not a number, has a fraction or exponent, or does not fit
     */
    public int readInt() {
        return (int) readWhole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Reads a 64-bit integer.
     *
     * @return the number
     * @throws JsonException if the next value is not a number, has a fraction or exponent, or does not fit
     */
    public long readLong() {
        return readWhole(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long readWhole(long min, long max) {
        int from = number();
        if (number.isLong()) {
            long value = number.longValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        pos = from;
        throw error("Expected an integer from " + min + " to " + max);
    }

    /**
     * Reads a number as the nearest double.
     *
     * @return the number
     * @throws JsonException if the next value is not a number, is beyond the largest double, or has more than 1,000
     *     bytes or nine digits of exponent
     */
    public double readDouble() {
        int from = computable();
        double value = number.doubleValue(buf, from, pos);
        if (Double.isInfinite(value)) {
            pos = from;
            throw error("Number exceeds the range of a double");
        }
        return value;
    }

    /**
     * Reads a number with all its digits.
     *
     * @return the number
     * @throws JsonException if the next value is not a number, or has more than 1,000 bytes or nine digits of exponent
     */
    public BigDecimal readDecimal() {
        return decimalValue(computable());
    }

    /**
     * Returns a long if the number is an integer that fits, a decimal otherwise; its text if it is too long to be
     * computed.
     */
    Object readNumber() {
        int from = number();
        if (number.isExtreme()) {
            return EightBytes.ascii(buf, from, pos);
        }
        if (number.isLong()) {
            return number.longValue();
        }
        return decimalValue(from);
    }

    private int computable() {
        int from = number();
        if (number.isExtreme()) {
            pos = from;
            throw error("Number has too many digits or too large an exponent");
        }
        return from;
    }

    /**
     * Reads a time in any of the forms of {@link #instantOrNull()}.
     *
     * @return the time
     * @throws JsonException if the next value is not a string or not a time
     */
    public Instant readInstant() {
        int c = token();
        if (c != '"') {
            throw unexpected("a time", c);
        }
        int from = pos;
        Instant value = instant(from);
        if (value == null) {
            pos = from;
            throw error("Expected a time");
        }
        return value;
    }

    /**
     * Reads a date in the form {@code 2026-01-31}.
     *
     * @return the date
     * @throws JsonException if the value is not such a date
     */
    public LocalDate readDate() {
        return readFormat(LocalDate::parse, "a date such as 2026-01-31");
    }

    /**
     * Reads a UUID.
     *
     * @return the UUID
     * @throws JsonException if the value is not a UUID
     */
    public UUID readUuid() {
        return readFormat(JsonReader::uuid, "a UUID");
    }

    /**
     * Reads bytes from Base64 text.
     *
     * @return the bytes
     * @throws JsonException if the value is not Base64 text
     */
    public ByteString readBytes() {
        return readFormat(ByteString::ofBase64, "Base64 text");
    }

    private <T> T readFormat(Function<String, T> format, String expected) {
        T value = valueOrNull(readString(), format);
        if (value == null) {
            throw error("Expected " + expected);
        }
        return value;
    }

    /**
     * Reads an array.
     *
     * @param element the decoder of one element, such as {@code JsonReader::readString} or {@code Machine::read}
     * @param <T> type of the elements
     * @return an unmodifiable list
     * @throws JsonException if the value is not an array, or the decoder rejects an element
     */
    public <T> List<T> readList(JsonDecoder<T> element) {
        List<T> list = new ArrayList<>();
        beginArray();
        while (nextElement()) {
            list.add(element.read(this));
        }
        return Collections.unmodifiableList(list);
    }

    /**
     * Reads an object whose members are the entries of a map. A member that is null has no entry; of a repeated name,
     * the last value is kept.
     *
     * @param value the decoder of one value, such as {@code JsonReader::readString} or {@code Machine::read}
     * @param <T> type of the values
     * @return an unmodifiable map in the order received
     * @throws JsonException if the value is not an object, or the decoder rejects a value
     */
    public <T> Map<String, T> readMap(JsonDecoder<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        beginObject();
        while (nextMember()) {
            String name = name();
            if (nextNull()) {
                map.remove(name);
            } else {
                map.put(name, value.read(this));
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /**
     * Reads a string leniently.
     *
     * @return the text, or null for null and for any other kind of value, which is then
     *     {@linkplain #irregular() irregular}
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable String stringOrNull() {
        irregular = null;
        int c = token();
        if (c == '"') {
            return text();
        }
        misfit(c);
        return null;
    }

    /**
     * Reads a boolean. The texts {@code "true"} and {@code "false"} in any letter case and the numbers 1 and 0, which
     * hunting returns, are accepted and are {@linkplain #irregular() irregular}.
     *
     * @return the value, or null for null and for any other value, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable Boolean booleanOrNull() {
        irregular = null;
        int c = token();
        if (c == 't') {
            literal(TRUE);
            return Boolean.TRUE;
        }
        if (c == 'f') {
            literal(FALSE);
            return Boolean.FALSE;
        }
        if (c == '"') {
            int from = pos;
            String text = text();
            irregular = raw(from);
            return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        }
        misfit(c);
        return irregular == null
                ? null
                : irregular.equals(ONE) ? Boolean.TRUE : irregular.equals(ZERO) ? Boolean.FALSE : null;
    }

    /**
     * Reads a 32-bit integer; see {@link #longOrNull()}.
     *
     * @return the number, or null
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable Integer intOrNull() {
        return wholeOrNone(Integer.MIN_VALUE, Integer.MAX_VALUE) ? (int) wholeNumber : null;
    }

    /**
     * Reads a 64-bit integer. A whole number in another form ({@code 4.0}, {@code 1e3}, {@code "140"}) is accepted and
     * is {@linkplain #irregular() irregular}.
     *
     * @return the number, or null for null and for a value that is not an integer or does not fit, which is then
     *     irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable Long longOrNull() {
        return wholeOrNone(Long.MIN_VALUE, Long.MAX_VALUE) ? wholeNumber : null;
    }

    /**
     * Reads a 64-bit integer and converts it to a value type that keeps the number, such as an open enumeration; see
     * {@link #longOrNull()}.
     *
     * @param of creates the value
     * @param <T> the value type
     * @return the value, or null for null and for a value that is not an integer or does not fit, which is then
     *     irregular
     * @throws JsonException if the bytes are not JSON
     */
    public <T> @Nullable T wholeOrNull(LongFunction<T> of) {
        return wholeOrNone(Long.MIN_VALUE, Long.MAX_VALUE) ? of.apply(wholeNumber) : null;
    }

    private boolean wholeOrNone(long min, long max) {
        irregular = null;
        int c = token();
        int from = pos;
        BigDecimal value = null;
        if (NumberScanner.begins(c)) {
            if (plainInteger()) {
                if (wholeNumber >= min && wholeNumber <= max) {
                    return true;
                }
                irregular = raw(from);
                return false;
            }
            scanNumber();
            if (number.isLong()) {
                wholeNumber = number.longValue();
                if (wholeNumber >= min && wholeNumber <= max) {
                    return true;
                }
            } else if (!number.isExtreme()) {
                value = decimalValue(from);
            }
            irregular = raw(from);
        } else if (c == '"') {
            value = decimalIn(text());
            irregular = raw(from);
        } else {
            misfit(c);
        }
        if (value == null) {
            return false;
        }
        try {
            wholeNumber = value.longValueExact();
        } catch (ArithmeticException notWhole) {
            return false;
        }
        return wholeNumber >= min && wholeNumber <= max;
    }

    /**
     * Reads a number as the nearest double. A number in a string is accepted and is
     * {@linkplain #irregular() irregular}; so is a number with more digits than a double can hold.
     *
     * @return the number, or null for null and for a value that is not a number or is beyond the largest double, which
     *     is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable Double doubleOrNull() {
        irregular = null;
        int c = token();
        int from = pos;
        if (NumberScanner.begins(c)) {
            scanNumber();
            double value = number.isExtreme() ? Double.POSITIVE_INFINITY : number.doubleValue(buf, from, pos);
            if (Double.isInfinite(value)) {
                irregular = raw(from);
                return null;
            }
            if (!number.isExact(value, buf, from, pos)) {
                irregular = raw(from);
            }
            return value;
        }
        if (c == '"') {
            BigDecimal decimal = decimalIn(text());
            irregular = raw(from);
            double value = decimal == null ? Double.NaN : decimal.doubleValue();
            return Double.isFinite(value) ? value : null;
        }
        misfit(c);
        return null;
    }

    /**
     * Reads a number with all its digits. A number in a string is accepted and is {@linkplain #irregular() irregular}.
     *
     * @return the number, or null for null and for a value that is not a number or has more than 1,000 bytes or nine
     *     digits of exponent, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable BigDecimal decimalOrNull() {
        irregular = null;
        int c = token();
        int from = pos;
        if (NumberScanner.begins(c)) {
            scanNumber();
            if (number.isExtreme()) {
                irregular = raw(from);
                return null;
            }
            return decimalValue(from);
        }
        if (c == '"') {
            BigDecimal value = decimalIn(text());
            irregular = raw(from);
            return value;
        }
        misfit(c);
        return null;
    }

    /**
     * Reads a time. The expected form is that of {@link JsonWriter#text(Instant)}. The following forms are accepted and
     * are {@linkplain #irregular() irregular}: trailing zeros in the fraction, more than nine fraction digits
     * (truncated), an offset, no zone (UTC), a lower-case letter, a blank instead of {@code T}, no seconds, a date
     * alone (midnight UTC).
     *
     * @return the time, or null for null and for a value that is not a valid time (leap seconds are not supported),
     *     which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable Instant instantOrNull() {
        irregular = null;
        int c = token();
        if (c == '"') {
            int from = pos;
            Instant value = instant(from);
            if (value == null || !canonicalTime) {
                irregular = raw(from);
            }
            return value;
        }
        misfit(c);
        return null;
    }

    /**
     * Reads a date. The only accepted form is {@code 2026-01-31}.
     *
     * @return the date, or null for null and for any other value, which is then {@linkplain #irregular() irregular}
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable LocalDate dateOrNull() {
        return formatOrNull(LocalDate::parse);
    }

    /**
     * Reads a UUID. One in capitals is accepted and is {@linkplain #irregular() irregular}.
     *
     * @return the UUID, or null for null and for any other value, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable UUID uuidOrNull() {
        return formatOrNull(JsonReader::uuid);
    }

    /**
     * Reads bytes from Base64 text. Text without padding is accepted and is {@linkplain #irregular() irregular}.
     *
     * @return the bytes, or null for null and for any other value, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public @Nullable ByteString bytesOrNull() {
        return formatOrNull(ByteString::ofBase64);
    }

    /** Reads a string in a format. It is irregular if it is not the text of its value. */
    private <T> @Nullable T formatOrNull(Function<String, T> format) {
        irregular = null;
        int c = token();
        if (c != '"') {
            misfit(c);
            return null;
        }
        int from = pos;
        String text = text();
        T value = valueOrNull(text, format);
        if (value == null || !value.toString().equals(text)) {
            irregular = raw(from);
        }
        return value;
    }

    private static <T> @Nullable T valueOrNull(String text, Function<String, T> format) {
        try {
            return format.apply(text);
        } catch (DateTimeException | IllegalArgumentException doesNotFit) {
            return null;
        }
    }

    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            // The JDK also accepts groups of other lengths.
            throw new IllegalArgumentException("not a UUID");
        }
        return uuid;
    }

    /**
     * Reads a string and converts it to a value type that keeps the text, such as an open enum.
     *
     * @param of creates the value; throws {@link IllegalArgumentException} if the text is not valid
     * @param <T> the value type
     * @return the value, or null for null and for any other value, which is then {@linkplain #irregular() irregular}
     * @throws JsonException if the bytes are not JSON
     */
    public <T> @Nullable T textOrNull(Function<String, T> of) {
        irregular = null;
        int c = token();
        if (c == '"') {
            int from = pos;
            String text = text();
            try {
                return of.apply(text);
            } catch (IllegalArgumentException doesNotFit) {
                irregular = raw(from);
                return null;
            }
        }
        misfit(c);
        return null;
    }

    /**
     * Reads an object. Irregular values inside it are handled by its decoder, so {@link #irregular()} returns null
     * afterwards.
     *
     * @param decoder the decoder of the object
     * @param <T> type of the result
     * @return the result, or null for null and for any other value, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public <T> @Nullable T objectOrNull(JsonDecoder<T> decoder) {
        irregular = null;
        int c = token();
        if (c != '{') {
            misfit(c);
            return null;
        }
        Frame outside = frame;
        T value = decoder.read(this);
        requireBehind(outside);
        irregular = null;
        return value;
    }

    /**
     * Reads an array. The whole array is {@linkplain #irregular() irregular} if an element is null, of another kind, or
     * an irregular scalar.
     *
     * @param element a lenient reader of one element, such as {@code JsonReader::stringOrNull} or
     *     {@code in -> in.objectOrNull(Evidence::read)}
     * @param <T> type of the elements
     * @return an unmodifiable list of the elements that could be read, or null for null and for any other value, which
     *     is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public <T> @Nullable List<T> listOrNull(JsonDecoder<? extends @Nullable T> element) {
        irregular = null;
        int c = token();
        if (c != '[') {
            misfit(c);
            return null;
        }
        int from = pos;
        int bottom = elementCount;
        boolean fits = true;
        beginArray();
        Frame inside = frame;
        while (nextElement()) {
            T value = part(element, inside);
            fits &= value != null && partFits;
            if (value != null) {
                pushElement(value);
            }
        }
        List<T> list = popElements(bottom);
        irregular = fits ? null : raw(from);
        return list;
    }

    /**
     * Reads an object whose members are the entries of a map. The whole object is {@linkplain #irregular() irregular}
     * if a value is null, of another kind, or an irregular scalar, or if a name is repeated, in which case the last
     * value is kept.
     *
     * @param value a lenient reader of one value, such as {@code JsonReader::stringOrNull} or
     *     {@code in -> in.objectOrNull(Evidence::read)}
     * @param <T> type of the values
     * @return an unmodifiable map of the values that could be read, in the order received, or null for null and for any
     *     other value, which is then irregular
     * @throws JsonException if the bytes are not JSON
     */
    public <T> @Nullable Map<String, T> mapOrNull(JsonDecoder<? extends @Nullable T> value) {
        irregular = null;
        int c = token();
        if (c != '{') {
            misfit(c);
            return null;
        }
        int from = pos;
        boolean fits = true;
        Map<String, T> map = new LinkedHashMap<>();
        beginObject();
        Frame inside = frame;
        while (nextMember()) {
            String name = name();
            T read = part(value, inside);
            T before = read == null ? map.remove(name) : map.put(name, read);
            fits &= read != null && before == null && partFits;
        }
        irregular = fits ? null : raw(from);
        mapIrregular = !fits;
        return Collections.unmodifiableMap(map);
    }

    /** Reads an element of a list or a value of a map, and records whether it is regular. */
    private <T extends @Nullable Object> T part(JsonDecoder<T> decoder, Frame inside) {
        boolean object = token() == '{';
        irregular = null;
        mapIrregular = false;
        T value = decoder.read(this);
        requireBehind(inside);
        // A decoder of an object may leave the irregular value of its last member.
        partFits = irregular == null || object && !mapIrregular;
        return value;
    }

    /**
     * Returns the value of the last lenient read as received, if the result does not represent it exactly.
     *
     * @return the value as received if writing the result would not give the same JSON (strings identical, numbers
     *     equal by value); null if it would, and always after a JSON null
     */
    public @Nullable JsonValue irregular() {
        return irregular;
    }

    /** Consumes a value that is not of the expected kind. */
    private void misfit(int c) {
        if (c == 'n') {
            literal(NULL);
        } else {
            irregular = readValue();
        }
    }

    private JsonValue raw(int from) {
        return JsonValue.ofValidated(buf, from, pos);
    }

    private void requireBehind(Frame outside) {
        if (frame != outside) {
            throw new IllegalStateException("Decoder must read exactly one value, at path " + path());
        }
    }

    private void pushElement(Object value) {
        if (elementCount == elements.length) {
            elements = Arrays.copyOf(elements, Math.max(16, elementCount * 2));
        }
        elements[elementCount++] = value;
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> popElements(int bottom) {
        int count = elementCount - bottom;
        List<T> list;
        if (count == 0) {
            list = Collections.emptyList();
        } else if (count == 1) {
            list = Collections.singletonList((T) elements[bottom]);
        } else {
            list = Collections.unmodifiableList(
                    Arrays.asList((T[]) Arrays.copyOfRange(elements, bottom, elementCount)));
        }
        Arrays.fill(elements, bottom, elementCount, null);
        elementCount = bottom;
        return list;
    }

    /** Reads the string whose opening quote is the next byte. */
    private String text() {
        byte[] b = buf;
        int from = pos + 1;
        int lastPair = limit - 2 * Long.BYTES;
        for (int p = from; p <= lastPair; p += 2 * Long.BYTES) {
            long marks = EightBytes.special(EightBytes.at(b, p));
            long moreMarks = EightBytes.special(EightBytes.at(b, p + Long.BYTES));
            if ((marks | moreMarks) != 0) {
                int to = p + (marks != 0 ? EightBytes.first(marks) : Long.BYTES + EightBytes.first(moreMarks));
                if (b[to] != '"') {
                    break;
                }
                pos = to + 1;
                return plainText(from, to);
            }
        }
        return mixedText(from);
    }

    private String plainText(int from, int to) {
        int length = to - from;
        if (length > TextCache.LONGEST || cache == null) {
            return EightBytes.ascii(buf, from, to);
        }
        return length == 0 ? "" : cache.get(buf, from, length);
    }

    private String mixedText(int from) {
        int to = scanString(from);
        pos = to + 1;
        if (textFlags == NO_FLAGS) {
            return plainText(from, to);
        }
        return textFlags == NOT_ASCII
                ? new String(buf, from, to - from, StandardCharsets.UTF_8)
                : JsonText.unescape(buf, from, to);
    }

    /** Validates a string and returns the index of its closing quote. */
    private int scanString(int from) {
        byte[] b = buf;
        int lastWord = limit - Long.BYTES;
        int flags = NO_FLAGS;
        int p = from;
        while (p <= lastWord) {
            long marks = EightBytes.special(EightBytes.at(b, p));
            if (marks == 0) {
                p += Long.BYTES;
                continue;
            }
            p += EightBytes.first(marks);
            int c = b[p];
            if (c == '"') {
                textFlags = flags;
                return p;
            }
            flags |= c == '\\' ? ESCAPES : NOT_ASCII;
            p = scanSpecial(p);
        }
        return scanBytes(p, flags);
    }

    /** Scans the last bytes of the window one by one. */
    private int scanBytes(int from, int flagsBefore) {
        byte[] b = buf;
        int end = limit;
        int flags = flagsBefore;
        int p = from;
        while (p < end) {
            int c = b[p];
            if (c == '"') {
                textFlags = flags;
                return p;
            }
            if (c >= ' ' && c != '\\') {
                p++;
            } else {
                flags |= c == '\\' ? ESCAPES : NOT_ASCII;
                p = scanSpecial(p);
            }
        }
        pos = end;
        throw underflow();
    }

    /** Returns the index after an escape, or after characters that are not ASCII. */
    private int scanSpecial(int from) {
        int c = buf[from];
        if (c == '\\') {
            return scanEscape(from);
        }
        if (c >= 0) {
            pos = from;
            throw error("Control character in a string");
        }
        int p = from;
        do {
            p = scanCharacter(p);
        } while (p < limit && buf[p] < 0);
        return p;
    }

    private int scanEscape(int from) {
        if (from + 1 >= limit) {
            pos = limit;
            throw underflow();
        }
        int c = buf[from + 1];
        if (c == '"' || c == '\\' || c == '/' || c == 'n' || c == 'r' || c == 't' || c == 'b' || c == 'f') {
            return from + 2;
        }
        if (c != 'u') {
            pos = from + 1;
            throw error("Unknown escape");
        }
        for (int p = from + 2; p < from + 6; p++) {
            if (p >= limit) {
                pos = limit;
                throw underflow();
            }
            if (JsonText.hex(buf[p]) < 0) {
                pos = p;
                throw error("Expected a hexadecimal digit");
            }
        }
        return from + 6;
    }

    private int scanCharacter(int from) {
        int length = JsonText.length(buf[from]);
        if (length > limit - from) {
            pos = limit;
            throw underflow();
        }
        if (length == 0 || !JsonText.isCharacter(buf, from, length)) {
            pos = from;
            throw error("Invalid UTF-8");
        }
        return from + length;
    }

    private static boolean isPlain(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] < 0 || b[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] b, int from, int to, char wanted) {
        for (int i = from; i < to; i++) {
            if (b[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Instant instant(int quote) {
        int from = quote + 1;
        int to = scanString(from);
        pos = to + 1;
        byte[] b = buf;
        if ((textFlags & ESCAPES) != 0) {
            b = JsonText.unescape(b, from, to).getBytes(StandardCharsets.UTF_8);
            from = 0;
            to = b.length;
        }
        Instant value = InstantText.parse(b, from, to);
        canonicalTime = value != null && InstantText.isCanonical(b, from, to);
        return value;
    }

    /** Scans the next value, which must be a number, and returns its start index. */
    private int number() {
        int c = token();
        if (!NumberScanner.begins(c)) {
            throw unexpected("a number", c);
        }
        int from = pos;
        scanNumber();
        return from;
    }

    private void scanNumber() {
        int to = number.scan(buf, pos, limit);
        if (to < 0) {
            pos = ~to;
            String problem = number.problem();
            throw problem == null ? underflow() : error(problem);
        }
        if (to == limit && open) {
            throw underflow();
        }
        pos = to;
    }

    /**
     * Reads an integer of at most 18 digits that is not followed by a fraction or exponent, which is the usual case.
     * Other input is not consumed.
     */
    private boolean plainInteger() {
        byte[] b = buf;
        int end = limit;
        boolean negative = b[pos] == '-';
        int from = negative ? pos + 1 : pos;
        int p = from;
        long value = 0;
        int digit = 0;
        while (p < end) {
            digit = b[p] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            p++;
        }
        int length = p - from;
        if (p == end
                || length == 0
                || length > 18
                || b[p] == '.'
                || (b[p] | 0x20) == 'e'
                || (b[from] == '0' && length > 1)) {
            return false;
        }
        wholeNumber = negative ? -value : value;
        pos = p;
        return true;
    }

    private BigDecimal decimalValue(int from) {
        return NumberScanner.decimalValue(buf, from, pos);
    }

    private static @Nullable BigDecimal decimalIn(String text) {
        if (text.length() > LONGEST_NUMBER_IN_STRING) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Returns the next byte that is not white space, without consuming it. */
    private int token() {
        if (pos < limit) {
            int c = buf[pos];
            if (c > ' ') {
                return c;
            }
        }
        skipBlanks();
        if (pos == limit) {
            throw underflow();
        }
        return buf[pos];
    }

    private void skipBlanks() {
        byte[] b = buf;
        int end = limit;
        int p = pos;
        while (p < end && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
            p++;
        }
        pos = p;
    }

    private void literal(byte[] word) {
        int from = pos;
        if (word == NULL && from <= limit - Integer.BYTES && EightBytes.isNull(buf, from)) {
            pos = from + Integer.BYTES;
            return;
        }
        for (int i = 0; i < word.length; i++) {
            if (from + i >= limit) {
                pos = limit;
                throw underflow();
            }
            if (buf[from + i] != word[i]) {
                pos = from + i;
                throw error("Expected true, false or null");
            }
        }
        pos = from + word.length;
    }

    private void begin(byte kind) {
        if (frame.depth >= maxDepth) {
            throw error(JsonLimits.tooDeep(maxDepth));
        }
        frame = frame.beginInner(kind);
        pos++;
    }

    /** Leaves an object or array. Always returns false. */
    private boolean endFrame(Frame ended) {
        pos++;
        Frame outer = ended.outer;
        if (outer != null) {
            frame = outer;
        }
        return false;
    }

    /** Unwinds if more bytes may arrive; otherwise returns the error to throw. */
    private JsonException underflow() {
        if (open) {
            starved = true;
            throw outOfBytes;
        }
        pos = limit;
        return error("Unexpected end of input");
    }

    private JsonException unexpected(String expected, int c) {
        String found =
                c == 'n' ? "null" : c > ' ' && c < 0x7F ? "'" + (char) c + "'" : String.format("byte 0x%02x", c & 0xFF);
        return error("Expected " + expected + " but found " + found);
    }

    /** Returns an error at the current position. */
    JsonException error(String text) {
        return new JsonException(text, path(), offset());
    }

    long offset() {
        return base + pos;
    }

    String path() {
        StringBuilder path = new StringBuilder("$");
        appendFrame(path, frame);
        return path.toString();
    }

    private void appendFrame(StringBuilder path, Frame l) {
        if (l.outer != null) {
            appendFrame(path, l.outer);
        }
        if (l.kind == Frame.ARRAY) {
            path.append('[').append(l.current).append(']');
        } else if (l.hasName()) {
            appendName(path, nameOf(l));
        }
    }

    /** Appends a member to a path, in printable ASCII characters. */
    static void appendName(StringBuilder path, String name) {
        boolean simple = !name.isEmpty();
        int length = Math.min(name.length(), LONGEST_NAME_IN_PATH);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            simple &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && c >= '0' && c <= '9');
        }
        if (simple) {
            path.append('.').append(name, 0, length);
        } else {
            path.append("['");
            for (int i = 0; i < length; i++) {
                char c = name.charAt(i);
                path.append(c < ' ' || c == '\'' || Character.isISOControl(c) ? '?' : c);
            }
            path.append("']");
        }
    }
}
