package io.github.defenderreactive.runtime.value;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that JSON contains as Base64 text. Immutable: unlike an array it cannot be changed by a reader of a model, and
 * unlike a {@link ByteBuffer} it has no position that reading moves. Two values are equal if their bytes are.
 *
 * @since 0.1.0
 */
public final class ByteString {

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the bytes of an array.
     *
     * @param bytes the bytes; copied
     * @return the value
     */
    public static ByteString of(byte... bytes) {
        return new ByteString(bytes.clone());
    }

    /**
     * Returns the bytes that a Base64 text contains.
     *
     * @param text text in the basic alphabet of RFC 4648
     * @return the value
     * @throws IllegalArgumentException if the text is not Base64
     */
    public static ByteString ofBase64(String text) {
        return new ByteString(Base64.getDecoder().decode(text));
    }

    /**
     * Returns the number of bytes.
     *
     * @return the size
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns the bytes as an array.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * Returns the bytes without a copy.
     *
     * @return a new read-only buffer, positioned before the first byte
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns the Base64 text, with padding. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
