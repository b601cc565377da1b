package io.github.defenderreactive.runtime.json;

import org.jspecify.annotations.Nullable;

/** Decoder that skips a document and knows none of its members. */
final class Nothing implements JsonDecoder<@Nullable Void> {

    private static final JsonNames NO_NAMES = JsonNames.of();

    @Override
    public @Nullable Void read(JsonReader in) {
        if (in.peek() == JsonToken.OBJECT) {
            in.beginObject();
            while (in.nextMember()) {
                in.name(NO_NAMES);
                in.skipValue();
            }
        } else {
            in.skipValue();
        }
        return null;
    }
}
