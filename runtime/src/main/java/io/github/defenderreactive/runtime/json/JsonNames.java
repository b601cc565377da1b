package io.github.defenderreactive.runtime.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Member names of a type, prepared for comparison with bytes.
 *
 * <p>Objects of one type come with their members in one order, so a reader first compares a name with the one that
 * followed the last time; only a miss is looked up. The order is learned from what is read. It begins as the order given
 * to {@link #of}.
 *
 * <p>An instance belongs into a constant and may be used by any number of readers in any number of threads.
 *
 * @since 0.1.0
 */
public final class JsonNames {

    /** Stands for the member before the first one. */
    static final int START = -1;

    /** Where the name begins in a {@link #member}. */
    static final int NAME_FROM = 2;

    /** How many bytes stand behind the name in a {@link #member}. */
    static final int BEHIND_NAME = 2;

    /** Each name as it stands behind another member: comma, quote, name, quote, colon. */
    private final byte[][] members;
    /** Index plus one by hash, zero where free; at most half full. */
    private final int[] table;
    /**
     * Which name was last seen behind a name, at its index plus one; the number of names where there is none. Threads
     * share it without synchronisation: a stale guess costs a look-up and nothing else.
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
                    throw new IllegalArgumentException("Name " + i + " needs escapes in JSON");
                }
            }
            if (find(name, 0, name.length) >= 0) {
                throw new IllegalArgumentException("Duplicate name " + texts[i]);
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
     * Prepares names.
     *
     * @param names the names, in the order in which they are expected; {@link JsonReader#name(JsonNames)} answers their
     *     index
     * @return the prepared names
     * @throws IllegalArgumentException if a name comes twice or would need an escape in JSON
     */
    public static JsonNames of(String... names) {
        return new JsonNames(names);
    }

    /**
     * The place of a name.
     *
     * @param name the name
     * @return its index, or -1 if it is not one of these
     */
    public int indexOf(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    /** Index of the name that probably follows, or the number of names. */
    int guess(int previous) {
        return followers[previous + 1];
    }

    int count() {
        return members.length;
    }

    /** A name as it stands in minified text: comma, quote, name, quote, colon. */
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

    /** Index of the name that stands in the bytes, or -1. */
    int find(byte[] bytes, int from, int to) {
        int slot = slot(bytes, from, to);
        for (int entry = table[slot]; entry != 0; entry = table[slot]) {
            byte[] member = members[entry - 1];
            if (Arrays.equals(member, NAME_FROM, member.length - BEHIND_NAME, bytes, from, to)) {
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
