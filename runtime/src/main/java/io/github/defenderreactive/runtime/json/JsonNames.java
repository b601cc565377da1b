package io.github.defenderreactive.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Member names of a type, prepared for comparison with bytes.
 *
 * <p>Objects of one type usually have their members in the same order, so a reader first compares a name with the one
 * that followed last time and looks a name up only if they differ. The order is learned from the input and is initially
 * the order passed to {@link #of}.
 *
 * <p>Thread-safe. Keep an instance in a constant; any number of readers may share it.
 *
 * @since 0.1.0
 */
public final class JsonNames {

    /** The position before the first member. */
    static final int START = -1;

    /** Index of the first byte of the name in a {@link #member}. */
    static final int NAME_FROM = 2;

    /** Number of bytes after the name in a {@link #member}. */
    static final int AFTER_NAME = 2;

    /** Each name as it appears after another member: comma, quote, name, quote, colon. */
    private final byte[][] members;
    /** Hash table of index plus one, zero where free; at most half full. */
    private final int[] table;
    /**
     * The name last seen after each name, at index plus one; the number of names if none was seen. Threads share it
     * without synchronisation, because a stale guess only costs a lookup.
     */
    private final int[] followers;

    private JsonNames(String[] texts) {
        int count = texts.length;
        members = new byte[count][];
        table = new int[Math.max(2, Integer.highestOneBit(Math.max(1, count)) << 2)];
        followers = new int[count + 1];
        for (int i = 0; i < count; i++) {
            byte[] name = texts[i].getBytes(StandardCharsets.UTF_8);
            for (byte b : name) {
                if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                    throw new IllegalArgumentException("names[" + i + "] must not need an escape in JSON");
                }
            }
            if (find(name, 0, name.length) >= 0) {
                throw new IllegalArgumentException("names must be unique, was " + texts[i] + " twice");
            }
            members[i] = (",\"" + texts[i] + "\":").getBytes(StandardCharsets.UTF_8);
            followers[i] = i;
            int slot = slot(name, 0, name.length);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1;
        }
        followers[count] = count;
    }

    /**
     * Creates prepared names.
     *
     * @param names the names, in the order in which they are expected; {@link JsonReader#name(JsonNames)} returns the
     *     index
     * @return the prepared names
     * @throws IllegalArgumentException if a name occurs twice or needs an escape in JSON
     */
    public static JsonNames of(String... names) {
        return new JsonNames(names);
    }

    /**
     * Returns the index of a name.
     *
     * @param name the name
     * @return its index, or -1 if it is not one of these
     */
    public int indexOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    /** Returns the index of the name that probably follows, or the number of names. */
    int guess(int previous) {
        return followers[previous + 1];
    }

    int count() {
        return members.length;
    }

    /** Returns a name as it appears in minified text: comma, quote, name, quote, colon. */
    byte[] member(int index) {
        return members[index];
    }

    void learn(int previous, int index) {
        if (followers[previous + 1] != index) {
            followers[previous + 1] = index;
        }
    }

    boolean contains(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length) >= 0;
    }

    /** Returns the index of the name that the bytes contain, or -1. */
    int find(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (int entry = table[slot]; entry != 0; entry = table[slot]) {
            byte[] member = members[entry - 1];
            if (Arrays.equals(member, NAME_FROM, member.length - AFTER_NAME, bytes, from, to)) {
                return entry - 1;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return -1;
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        hash *= 0x9E3779B9;
        return (hash >>> 16) & (table.length - 1);
    }
}
