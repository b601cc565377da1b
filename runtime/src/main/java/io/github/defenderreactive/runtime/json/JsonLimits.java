package io.github.defenderreactive.runtime.json;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the memory that a response may take. Immutable; {@link #mutate()} derives another. Bytes are counted after
 * decompression. Members and elements have limits of their own, because each takes far more memory than the six bytes
 * in which it can be written.
 *
 * <p>The defaults for items of collections fit in a JVM of 64 MB, which holds an item as bytes, as text and as an
 * object. An entity is read as a whole, so a large one needs a larger JVM.
 *
 * @since 0.1.0
 */
public final class JsonLimits {

    /** Size limit of one item of a collection: 4 MiB. */
    public static final int DEFAULT_ITEM_BYTES = 4 << 20;

    /** Size limit of a response that is one entity: 64 MiB. A hunting response is one entity and reaches 50 MB. */
    public static final int DEFAULT_ENTITY_BYTES = 64 << 20;

    /** Limit of the nesting of objects and arrays: {@value} levels. */
    public static final int DEFAULT_DEPTH = 100;

    /** Size limit of one page of a collection: 2 GiB. */
    public static final long DEFAULT_PAGE_BYTES = 2L << 30;

    /** Limit of members and elements of one item: {@value}. */
    public static final int DEFAULT_ITEM_VALUES = 100_000;

    /** Limit of members and elements of a response that is one entity: {@value}. */
    public static final int DEFAULT_ENTITY_VALUES = 5_000_000;

    /** The default limits. */
    public static final JsonLimits DEFAULT = builder().build();

    private final int itemBytes;
    private final int entityBytes;
    private final int depth;
    private final long pageBytes;
    private final int itemValues;
    private final int entityValues;

    private JsonLimits(Builder builder) {
        this.itemBytes = builder.itemBytes;
        this.entityBytes = builder.entityBytes;
        this.depth = builder.depth;
        this.pageBytes = builder.pageBytes;
        this.itemValues = builder.itemValues;
        this.entityValues = builder.entityValues;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a builder with the values of these limits.
     *
     * @return a new builder
     */
    public Builder mutate() {
        return new Builder()
                .itemBytes(itemBytes)
                .entityBytes(entityBytes)
                .depth(depth)
                .pageBytes(pageBytes)
                .itemValues(itemValues)
                .entityValues(entityValues);
    }

    /**
     * Returns the size limit of one item of a collection.
     *
     * @return decompressed bytes, at least 1
     */
    public int itemBytes() {
        return itemBytes;
    }

    /**
     * Returns the size limit of a response that is one entity.
     *
     * @return decompressed bytes, at least 1
     */
    public int entityBytes() {
        return entityBytes;
    }

    /**
     * Returns the limit of the nesting of objects and arrays.
     *
     * @return levels, at least 1
     */
    public int depth() {
        return depth;
    }

    /**
     * Returns the size limit of one page of a collection.
     *
     * @return decompressed bytes, at least 1
     */
    public long pageBytes() {
        return pageBytes;
    }

    /**
     * Returns the limit of members and elements of one item, including those of inner objects and arrays.
     *
     * @return members and elements, at least 1
     */
    public int itemValues() {
        return itemValues;
    }

    /**
     * Returns the limit of members and elements of a response that is one entity.
     *
     * @return members and elements, at least 1
     */
    public int entityValues() {
        return entityValues;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonLimits limits
                && itemBytes == limits.itemBytes
                && entityBytes == limits.entityBytes
                && depth == limits.depth
                && pageBytes == limits.pageBytes
                && itemValues == limits.itemValues
                && entityValues == limits.entityValues;
    }

    @Override
    public int hashCode() {
        return Objects.hash(itemBytes, entityBytes, depth, pageBytes, itemValues, entityValues);
    }

    @Override
    public String toString() {
        return "JsonLimits[itemBytes=" + itemBytes + ", entityBytes=" + entityBytes + ", depth=" + depth
                + ", pageBytes=" + pageBytes + ", itemValues=" + itemValues + ", entityValues=" + entityValues + "]";
    }

    /** Returns the message about a text that is too large. */
    static String tooLarge(String what, long bytes, String component) {
        return what + " larger than " + bytes + " bytes" + remedy(component);
    }

    /** Returns the message about a text that is nested too deeply. */
    static String tooDeep(int depth) {
        return "Nested deeper than " + depth + remedy("depth");
    }

    /** Returns the message about a text with too many members and elements. */
    static String tooMany(int values) {
        return "More than " + values + " members and elements" + remedy("itemValues or entityValues");
    }

    private static String remedy(String component) {
        return " (to allow more, set a larger " + component + " in the jsonLimits of the client builder)";
    }

    /**
     * Builds {@link JsonLimits} instances.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private int itemBytes = DEFAULT_ITEM_BYTES;
        private int entityBytes = DEFAULT_ENTITY_BYTES;
        private int depth = DEFAULT_DEPTH;
        private long pageBytes = DEFAULT_PAGE_BYTES;
        private int itemValues = DEFAULT_ITEM_VALUES;
        private int entityValues = DEFAULT_ENTITY_VALUES;

        private Builder() {}

        /**
         * Sets the size limit of one item of a collection.
         *
         * @param most decompressed bytes, at least 1; default {@link #DEFAULT_ITEM_BYTES}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder itemBytes(int most) {
            this.itemBytes = (int) positive("itemBytes", most);
            return this;
        }

        /**
         * Sets the size limit of a response that is one entity.
         *
         * @param most decompressed bytes, at least 1; default {@link #DEFAULT_ENTITY_BYTES}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder entityBytes(int most) {
            this.entityBytes = (int) positive("entityBytes", most);
            return this;
        }

        /**
         * Sets the limit of the nesting of objects and arrays.
         *
         * @param most levels, at least 1; default {@link #DEFAULT_DEPTH}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder depth(int most) {
            this.depth = (int) positive("depth", most);
            return this;
        }

        /**
         * Sets the size limit of one page of a collection.
         *
         * @param most decompressed bytes, at least 1; default {@link #DEFAULT_PAGE_BYTES}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder pageBytes(long most) {
            this.pageBytes = positive("pageBytes", most);
            return this;
        }

        /**
         * Sets the limit of members and elements of one item, including those of inner objects and arrays.
         *
         * @param most members and elements, at least 1; default {@link #DEFAULT_ITEM_VALUES}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder itemValues(int most) {
            this.itemValues = (int) positive("itemValues", most);
            return this;
        }

        /**
         * Sets the limit of members and elements of a response that is one entity.
         *
         * @param most members and elements, at least 1; default {@link #DEFAULT_ENTITY_VALUES}
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder entityValues(int most) {
            this.entityValues = (int) positive("entityValues", most);
            return this;
        }

        private static long positive(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be >= 1, was " + value);
            }
            return value;
        }

        /**
         * Builds the limits.
         *
         * @return the limits
         */
        public JsonLimits build() {
            return new JsonLimits(this);
        }
    }
}
