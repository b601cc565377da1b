package io.github.defenderreactive.runtime.json;

/**
 * How much a document may ask of memory. Counted on decompressed bytes.
 *
 * @param itemBytes most bytes of one item of a collection
 * @param entityBytes most bytes of a whole answer that is one entity
 * @param depth deepest nesting
 * @param pageBytes most bytes of a whole collection page
 * @since 0.1.0
 */
public record JsonLimits(int itemBytes, int entityBytes, int depth, long pageBytes) {

    /** 16 MiB an item, 64 MiB an entity (a hunting answer is one and reaches 50 MB), 100 levels, 2 GiB a page. */
    public static final JsonLimits DEFAULT = new JsonLimits(16 << 20, 64 << 20, 100, 2L << 30);

    /**
     * Checks the components.
     *
     * @param itemBytes most bytes of one item of a collection
     * @param entityBytes most bytes of a whole answer that is one entity
     * @param depth deepest nesting
     * @param pageBytes most bytes of a whole collection page
     * @throws IllegalArgumentException if one is not positive
     */
    public JsonLimits {
        if (itemBytes <= 0 || entityBytes <= 0 || depth <= 0 || pageBytes <= 0) {
            throw new IllegalArgumentException(
                    "Limits must be positive: " + itemBytes + ", " + entityBytes + ", " + depth + ", " + pageBytes);
        }
    }

    /** What is said of something that is too large. */
    static String tooLarge(String what, long bytes, String component) {
        return what + " larger than " + bytes + " bytes" + remedy(component);
    }

    /** What is said of something that is too deep. */
    static String tooDeep(int depth) {
        return "Nested deeper than " + depth + remedy("depth");
    }

    private static String remedy(String component) {
        return " (to allow more, build the client with jsonLimits of a larger " + component + ")";
    }
}
