package io.github.defenderreactive.runtime.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoder of an entity that throws if the service reports an error instead. See {@link JsonDecoder#unlessError}. */
final class UnlessError<T extends @Nullable Object> implements JsonDecoder<T> {

    /**
     * Maximum size of a value that is kept. Members of an error are short; for other members only the name is needed.
     */
    private static final int LARGEST_KEPT = 64 << 10;

    private final JsonDecoder<T> entity;
    private final boolean anywhere;

    /**
     * Creates a decoder.
     *
     * @param anywhere whether the error may follow other members, which requires scanning all of them
     */
    UnlessError(JsonDecoder<T> entity, boolean anywhere) {
        this.entity = entity;
        this.anywhere = anywhere;
    }

    @Override
    public T read(JsonReader in) {
        return isSuspect(in) ? readSuspect(in) : entity.read(in);
    }

    private boolean isSuspect(JsonReader in) {
        return in.beginsWith(ReportedError::isName) || anywhere && in.hasMember(ReportedError::isName);
    }

    private T readSuspect(JsonReader in) {
        int start = in.position();
        in.mark();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        boolean whole = readMembers(in, members);
        ReportedErrorException report = ReportedError.exception(in, members);
        in.rewind(start);
        boolean alone = members.keySet().stream().allMatch(ReportedError::isOfAnError);
        boolean told = ReportedError.isTold(members);
        if (alone ? told || ReportedError.isObject(members) : told && !(whole && isEntity(in, members))) {
            throw report;
        }
        in.rewind(start);
        return entity.read(in);
    }

    /**
     * Reads members as far as the document is valid JSON, so that an error is reported even if the document is
     * truncated after it.
     */
    private static boolean readMembers(JsonReader in, Map<String, JsonValue> into) {
        try {
            in.beginObject();
            while (in.nextMember()) {
                String name = in.name();
                JsonValue value = ReportedError.isName(name) ? in.readValue() : in.readValueOf(LARGEST_KEPT);
                into.put(name, value == null ? JsonValue.nullValue() : value);
            }
            return true;
        } catch (JsonException broken) {
            return false;
        }
    }

    /**
     * Returns whether the entity is known to have one of these members. Lists and objects alone are not an entity but a
     * wrapper of others, such as the rows of a query, and an error beside them means that they are incomplete. Returns
     * true if the decoder does not look up names.
     */
    private boolean isEntity(JsonReader in, Map<String, JsonValue> members) {
        try {
            entity.read(in);
        } catch (RuntimeException unreadable) {
            return false;
        }
        JsonNames known = in.namesWithin();
        return known == null
                || members.entrySet().stream()
                        .anyMatch(member -> known.contains(member.getKey())
                                && (ReportedError.isName(member.getKey()) || isScalar(member.getValue())));
    }

    private static boolean isScalar(JsonValue value) {
        return switch (value.kind()) {
            case STRING, NUMBER, BOOLEAN -> true;
            default -> false;
        };
    }
}
