package io.github.defenderreactive.runtime.json;

import java.util.Map;
import java.util.function.Function;

/** Decoder of the items of a member other than {@code value}. See {@link JsonDecoder#itemsOf}. */
final class NamedItems<T> implements JsonDecoder<T> {

    private final String member;
    private final Function<? super Map<String, JsonValue>, ? extends JsonDecoder<T>> items;

    NamedItems(String member, Function<? super Map<String, JsonValue>, ? extends JsonDecoder<T>> items) {
        this.member = member;
        this.items = items;
    }

    String member() {
        return member;
    }

    /** Returns the decoder of the items that follow these members. */
    JsonDecoder<T> after(Map<String, JsonValue> members) {
        return items.apply(members);
    }

    @Override
    public T read(JsonReader in) {
        return after(Map.of()).read(in);
    }
}
