package io.github.defenderreactive.runtime.json;

/**
 * How much a document may ask of memory. Counted on decompressed bytes.
 *
 * <p>The defaults for a collection fit in a JVM of 64 MB, in which an item lies as bytes, as text and as what it is written
 * as. An entity is read whole, so a large one needs a larger JVM.
 *
 * @param itemBytes most bytes of one item of a collection
 * @param entityBytes most bytes of a whole answer that is one entity
 * @param depth deepest nesting
 * @param pageBytes most bytes of a whole collection page
 * @param itemValues most members and elements of one item, those of inner objects and arrays included: each takes far more
 *     memory than the six bytes that it can be written in
 * @param entityValues most members and elements of a whole answer that is one entity
 * @since 0.1.0
 */
public record JsonLimits(int itemBytes, int entityBytes, int depth, long pageBytes, int itemValues, int entityValues) {

    private static final int DEFAULT_ITEM_VALUES = 100_000;
    private static final int DEFAULT_ENTITY_VALUES = 5_000_000;

    /**
     * 4 MiB an item, 64 MiB an entity (a hunting answer is one and reaches 50 MB), 100 levels, 2 GiB a page, 100,000
     * members and elements an item, 5,000,000 an entity.
     */
    public static final JsonLimits DEFAULT = new JsonLimits(4 << 20, 64 << 20, 100, 2L << 30);

    /**
     * Checks the components.
     *
     * @param itemBytes most bytes of one item of a collection
     * @param entityBytes most bytes of a whole answer that is one entity
     * @param depth deepest nesting
     * @param pageBytes most bytes of a whole collection page
     * @param itemValues most members and elements of one item
     * @param entityValues most members and elements of a whole answer that is one entity
     * @throws IllegalArgumentException if one is not positive
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
     * Limits with the default numbers of members and elements.
     *
     * @param itemBytes most bytes of one item of a collection
     * @param entityBytes most bytes of a whole answer that is one entity
     * @param depth deepest nesting
     * @param pageBytes most bytes of a whole collection page
     * @throws IllegalArgumentException if one is not positive
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
     * Returns the same limits with other ones for items.
     *
     * @param bytes most bytes of one item of a collection
     * @param values most members and elements of one item
     * @return the limits
     * @throws IllegalArgumentException if one is not positive
     */
    public JsonLimits withItem(int bytes, int values) {
        return new JsonLimits(bytes, entityBytes, depth, pageBytes, values, entityValues);
    }

    /**
     * Returns the same limits with other ones for entities.
     *
     * @param bytes most bytes of a whole answer that is one entity
     * @param values most members and elements of one
     * @return the limits
     * @throws IllegalArgumentException if one is not positive
     */
    public JsonLimits withEntity(int bytes, int values) {
        return new JsonLimits(itemBytes, bytes, depth, pageBytes, itemValues, values);
    }

    /** What is said of something that is too large. */
    static String tooLarge(String what, long bytes, String component) {
        return what + " larger than " + bytes + " bytes" + remedy(component);
    }

    /** What is said of something that is too deep. */
    static String tooDeep(int depth) {
        return "Nested deeper than " + depth + remedy("depth");
    }

    /** What is said of something with too many members and elements. */
    static String tooMany(int values) {
        return "More than " + values + " members and elements" + remedy("itemValues or entityValues");
    }

    private static String remedy(String component) {
        return " (to allow more, build the client with jsonLimits of a larger " + component + ")";
    }
}
