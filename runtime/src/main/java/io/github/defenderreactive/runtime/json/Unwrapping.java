package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.Nullable;

/** Decoder of one entity that is bare or the only item of a collection. See {@link JsonDecoder#unwrapping}. */
final class Unwrapping<T> implements JsonDecoder<@Nullable T> {

    private static final String VALUE = "value";

    private final JsonDecoder<T> entity;
    private final JsonDecoder<T> item;

    Unwrapping(JsonDecoder<T> entity) {
        this.entity = entity;
        this.item = new UnlessError<>(entity, false);
    }

    @Override
    public @Nullable T read(JsonReader in) {
        if (in.peekKind(VALUE) != JsonToken.ARRAY) {
            return entity.read(in);
        }
        T only = null;
        in.beginObject();
        while (in.nextMember()) {
            String name = in.name();
            if (name.equals(VALUE)) {
                only = onlyItem(in);
            } else if (ReportedError.isName(name)) {
                ReportedError.require(in, name);
            } else {
                in.skipValue();
            }
        }
        return only;
    }

    private @Nullable T onlyItem(JsonReader in) {
        T only = null;
        in.beginArray();
        while (in.nextElement()) {
            if (only != null) {
                throw in.error("Expected one entity, but the collection has more than one item");
            }
            only = item.read(in);
        }
        return only;
    }
}
