package io.github.defenderreactive.runtime.json;

/**
 * Limits on the memory that a document may use. Bytes are counted after decompression.
 *
 * <p>The defaults for a collection fit in a JVM of 64 MB, in which an item is held as bytes, as text and in its output
 * form. An entity is read as a whole, so a large one needs a larger JVM.
 *
 * @param itemBytes maximum size of one item of a collection, in bytes
 * @param entityBytes maximum size of a response that is one entity, in bytes
 * @param depth maximum nesting depth
 * @param pageBytes maximum size of a page of a collection, in bytes
 * @param itemValues maximum number of members and elements of one item, including those of nested objects and arrays;
 *     each uses far more memory than the six bytes in which it can be written
 * @param entityValues maximum number of members and elements of a response that is one entity
 * @since 0.1.0
 */
public record JsonLimits(int itemBytes, int entityBytes, int depth, long pageBytes, int itemValues, int entityValues) {

    private static final int DEFAULT_ITEM_VALUES = 100_000;
    private static final int DEFAULT_ENTITY_VALUES = 5_000_000;

    /**
     * The default limits: 4 MiB per item, 64 MiB per entity (a hunting response is one entity and can have 50 MB), 100
     * levels, 2 GiB per page, 100,000 members and elements per item, 5,000,000 per entity.
     */
    public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 64 << 20, 100, 2L << 30);

    /**
     * Creates limits.
     *
     * @param itemBytes maximum size of one item of a collection, in bytes
     * @param entityBytes maximum size of a response that is one entity, in bytes
     * @param depth maximum nesting depth
     * @param pageBytes maximum size of a page of a collection, in bytes
     * @param itemValues maximum number of members and elements of one item
     * @param entityValues maximum number of members and elements of a response that is one entity
     * @throws IllegalArgumentException if a limit is not positive
     */
    public JsonLimits {
        requirePositive("itemBytes", itemBytes);
        requirePositive("entityBytes", entityBytes);
        requirePositive("depth", depth);
        requirePositive("pageBytes", pageBytes);
        requirePositive("itemValues", itemValues);
        requirePositive("entityValues", entityValues);
    }

    /**
     * Creates limits with the default numbers of members and elements.
     *
     * @param itemBytes maximum size of one item of a collection, in bytes
     * @param entityBytes maximum size of a response that is one entity, in bytes
     * @param depth maximum nesting depth
     * @param pageBytes maximum size of a page of a collection, in bytes
     * @throws IllegalArgumentException if a limit is not positive
     */
    public JsonLimits(int itemBytes, int entityBytes, int depth, long pageBytes) {
        this(itemBytes, entityBytes, depth, pageBytes, DEFAULT_ITEM_VALUES, DEFAULT_ENTITY_VALUES);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be >= 1, was " + value);
        }
    }

    /**
     * Returns a copy of these limits with the given limits for items.
     *
     * @param bytes maximum size of one item of a collection, in bytes
     * @param values maximum number of members and elements of one item
     * @return the limits
     * @throws IllegalArgumentException if a limit is not positive
     */
    public JsonLimits withItem(int bytes, int values) {
        return new JsonLimits(bytes, entityBytes, depth, pageBytes, values, entityValues);
    }

    /**
     * Returns a copy of these limits with the given limits for entities.
     *
     * @param bytes maximum size of a response that is one entity, in bytes
     * @param values maximum number of members and elements of one entity
     * @return the limits
     * @throws IllegalArgumentException if a limit is not positive
     */
    public JsonLimits withEntity(int bytes, int values) {
        return new JsonLimits(itemBytes, bytes, depth, pageBytes, itemValues, values);
    }

    /** Returns the message for a value that is too large. */
    static String tooLarge(String what, long bytes, String component) {
        return what + " larger than " + bytes + " bytes" + remedy(component);
    }

    /** Returns the message for a value that is nested too deeply. */
    static String tooDeep(int depth) {
        return "Nested deeper than " + depth + remedy("depth");
    }

    /** Returns the message for a value with too many members and elements. */
    static String tooMany(int values) {
        return "More than " + values + " members and elements" + remedy("itemValues or entityValues");
    }

    private static String remedy(String component) {
        return " (to allow more, set a larger " + component + " in the jsonLimits of the client builder)";
    }
}
