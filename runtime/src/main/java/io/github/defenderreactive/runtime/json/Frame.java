package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.Nullable;

/** An object or array that is being read. Frames are created once and reused at the same depth. */
final class Frame {

    static final byte DOCUMENT = 0;
    static final byte OBJECT_BEGUN = 1;
    static final byte OBJECT = 2;
    static final byte ARRAY_BEGUN = 3;
    static final byte ARRAY = 4;

    /** Marks a current member whose name was not looked up yet. */
    static final int UNRESOLVED = -2;

    final @Nullable Frame outer;
    final int depth;
    private @Nullable Frame inner;

    byte kind;
    /**
     * Index of the current element; for an object the index of the current name in {@link #names}, -1, or unresolved.
     */
    int current;
    /** Index of the last known name. */
    int previous;
    /** The names last looked up at this depth, kept from object to object for the next guess. */
    @Nullable
    JsonNames names;
    /** Index of the current name in the window; -1 if it is {@link #keptName}. */
    int nameFrom;

    int nameTo;
    /** A name whose bytes are no longer in the window. */
    @Nullable
    String keptName;

    Frame(@Nullable Frame outer) {
        this.outer = outer;
        this.depth = outer == null ? 0 : outer.depth + 1;
    }

    Frame beginInner(byte innerKind) {
        Frame frame = inner;
        if (frame == null) {
            frame = new Frame(this);
            inner = frame;
        }
        frame.kind = innerKind;
        frame.current = innerKind == OBJECT_BEGUN ? UNRESOLVED : -1;
        frame.previous = JsonNames.START;
        frame.forgetName();
        return frame;
    }

    @Nullable
    JsonNames namesWithin() {
        return inner == null ? null : inner.names;
    }

    void forgetName() {
        nameFrom = -1;
        keptName = null;
    }

    boolean isObject() {
        return kind == OBJECT_BEGUN || kind == OBJECT;
    }

    boolean hasName() {
        return kind == OBJECT && (nameFrom >= 0 || keptName != null);
    }
}
