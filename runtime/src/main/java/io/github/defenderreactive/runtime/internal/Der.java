package io.github.defenderreactive.runtime.internal;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value of ASN.1 in a file: DER, or BER with lengths that are only known at their end, which some programs write
 * into PKCS#12 and PKCS#7. Reads no more than a file of ordinary depth needs, and throws only {@link FileProblem}.
 *
 * @since 0.1.0
 */
public final class Der {

    /** Tag of an integer. */
    public static final int INTEGER = 0x02;

    /** Tag of a bit string. */
    public static final int BIT_STRING = 0x03;

    /** Tag of an octet string. */
    public static final int OCTET_STRING = 0x04;

    /** Tag of an object identifier. */
    public static final int OBJECT_ID = 0x06;

    /** Tag of a sequence. */
    public static final int SEQUENCE = 0x30;

    /** Tag of the first tagged member. */
    public static final int TAGGED_0 = 0xA0;

    private static final int SET = 0x31;
    private static final int CONSTRUCTED = 0x20;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_OBJECT_ID = 32;

    private final int tag;
    private final byte[] source;
    private final int start;
    private final int contentStart;
    private final int contentEnd;
    private final int end;
    private final int depth;

    private Der(byte[] source, int start, int limit, int depth) throws FileProblem {
        if (depth > MAX_DEPTH) {
            throw damaged();
        }
        this.source = source;
        this.start = start;
        this.depth = depth;
        if (limit - start < 2) {
            throw damaged();
        }
        this.tag = source[start] & 0xFF;
        if ((tag & 0x1F) == 0x1F) {
            // none of the supported files contain tags of several bytes
            throw damaged();
        }
        int first = source[start + 1] & 0xFF;
        int position = start + 2;
        if (first == 0x80) {
            if ((tag & CONSTRUCTED) == 0) {
                throw damaged();
            }
            this.contentStart = position;
            while (!isEndOfContent(position, limit)) {
                position = new Der(source, position, limit, depth + 1).end;
            }
            this.contentEnd = position;
            this.end = position + 2;
            return;
        }
        long length = first;
        if (first > 0x80) {
            int bytes = first & 0x7F;
            if (bytes > 4 || limit - position < bytes) {
                throw damaged();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | source[position++] & 0xFF;
            }
        }
        if (length > limit - position) {
            throw damaged();
        }
        this.contentStart = position;
        this.contentEnd = position + (int) length;
        this.end = contentEnd;
    }

    private boolean isEndOfContent(int position, int limit) {
        return limit - position >= 2 && source[position] == 0 && source[position + 1] == 0;
    }

    /**
     * Reads the first value. The bytes after it are ignored.
     *
     * @param bytes the bytes
     * @return the value
     * @throws FileProblem if the bytes do not start with a complete value
     */
    public static Der first(byte[] bytes) throws FileProblem {
        return new Der(bytes, 0, bytes.length, 0);
    }

    /**
     * Reads consecutive values. Line ends and zeros after the last one are ignored.
     *
     * @param bytes the bytes
     * @return the values, at least one
     * @throws FileProblem if the bytes contain anything else
     */
    public static List<Der> all(byte[] bytes) throws FileProblem {
        int limit = bytes.length;
        while (limit > 0 && (bytes[limit - 1] == '\n' || bytes[limit - 1] == '\r' || bytes[limit - 1] == 0)) {
            limit--;
        }
        List<Der> values = new ArrayList<>();
        int position = 0;
        while (values.isEmpty() || position < limit) {
            // the last byte of a value may be equal to a line end
            Der next = new Der(bytes, position, bytes.length, 0);
            values.add(next);
            position = next.end;
        }
        return values;
    }

    /**
     * Returns whether the bytes are exactly one sequence.
     *
     * @param bytes the bytes
     * @return false even if they are a damaged sequence
     */
    public static boolean isSequence(byte[] bytes) {
        try {
            Der value = first(bytes);
            return value.tag == SEQUENCE && value.end == bytes.length;
        } catch (FileProblem e) {
            return false;
        }
    }

    /**
     * Returns the tag.
     *
     * @return its first byte
     */
    public int tag() {
        return tag;
    }

    /**
     * Returns the whole value.
     *
     * @return tag, length and content as in the file
     */
    public byte[] encoded() {
        return Arrays.copyOfRange(source, start, end);
    }

    /**
     * Returns the members of a constructed value.
     *
     * @return the members, empty for any other value
     * @throws FileProblem if a member is damaged
     */
    public List<Der> members() throws FileProblem {
        List<Der> members = new ArrayList<>();
        if ((tag & CONSTRUCTED) != 0) {
            for (int position = contentStart; position < contentEnd; ) {
                Der member = new Der(source, position, contentEnd, depth + 1);
                members.add(member);
                position = member.end;
            }
        }
        return members;
    }

    /**
     * Returns one of the members.
     *
     * @param index the index, from 0
     * @return the member
     * @throws FileProblem if there are fewer members
     */
    public Der member(int index) throws FileProblem {
        List<Der> members = members();
        if (index >= members.size()) {
            throw damaged();
        }
        return members.get(index);
    }

    /**
     * Returns the content of an octet string, which may be split in BER.
     *
     * @return the octets
     * @throws FileProblem if a part is damaged
     */
    public byte[] octets() throws FileProblem {
        if ((tag & CONSTRUCTED) == 0) {
            return Arrays.copyOfRange(source, contentStart, contentEnd);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Der piece : members()) {
            joined.writeBytes(piece.octets());
        }
        return joined.toByteArray();
    }

    /**
     * Returns the value of an integer.
     *
     * @return the number
     * @throws FileProblem if the value is not an integer
     */
    public BigInteger number() throws FileProblem {
        if (tag != INTEGER || contentStart == contentEnd) {
            throw damaged();
        }
        return new BigInteger(octets());
    }

    /**
     * Returns the value of a small integer, such as a version or a number of iterations.
     *
     * @return the number, {@link Integer#MAX_VALUE} if it is larger
     * @throws FileProblem if the value is not an integer, or is negative
     */
    public int count() throws FileProblem {
        BigInteger number = number();
        if (number.signum() < 0) {
            throw damaged();
        }
        return number.bitLength() > 31 ? Integer.MAX_VALUE : number.intValue();
    }

    /**
     * Returns the value of an object identifier.
     *
     * @return the numbers of the identifier, separated by dots
     * @throws FileProblem if the value is not an object identifier
     */
    public String objectId() throws FileProblem {
        if (tag != OBJECT_ID || contentStart == contentEnd || contentEnd - contentStart > MAX_OBJECT_ID) {
            throw damaged();
        }
        StringBuilder out = new StringBuilder();
        long number = 0;
        for (int i = contentStart; i < contentEnd; i++) {
            if (number > Integer.MAX_VALUE) {
                throw damaged();
            }
            number = number << 7 | source[i] & 0x7F;
            if ((source[i] & 0x80) == 0) {
                if (out.isEmpty()) {
                    long root = Math.min(number / 40, 2);
                    out.append(root).append('.').append(number - root * 40);
                } else {
                    out.append('.').append(number);
                }
                number = 0;
            }
        }
        return out.toString();
    }

    /**
     * Returns whether the value is a sequence or a set.
     *
     * @return true if it is one of these collections
     */
    public boolean isCollection() {
        return tag == SEQUENCE || tag == SET;
    }

    /**
     * Returns the problem of a damaged value.
     *
     * @return a new problem
     */
    public static FileProblem damaged() {
        return new FileProblem("it is damaged or truncated");
    }

    @Override
    public String toString() {
        return "Der[tag=" + tag + ", bytes=" + (end - start) + "]";
    }
}
