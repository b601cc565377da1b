package io.github.defenderreactive.runtime.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an error looks like that a service reports inside a document: OData in two versions, and OAuth. */
final class ReportedError {

    private static final List<String> NAMES = List.of("error", "odata.error", "@odata.error");
    private static final List<String> WORDS = List.of("code", "message", "innererror", "details");

    private ReportedError() {}

    /** In any case: some of the services write their members with a capital letter. */
    static boolean isName(String member) {
        return NAMES.stream().anyMatch(member::equalsIgnoreCase);
    }

    /** Whether an error or an annotation can have a name that begins so. */
    static boolean mayBeginAName(byte first) {
        return first == 'e' || first == 'E' || first == 'o' || first == 'O' || first == '@' || first == '\\';
    }

    /** Whether a member says something about others and belongs to any object. */
    static boolean isAnnotation(String member) {
        return member.indexOf('@') >= 0 || member.regionMatches(true, 0, "odata.", 0, 6);
    }

    /** Whether a member is the error, or belongs to any object. */
    static boolean isOfAnError(String member) {
        return isName(member) || isAnnotation(member);
    }

    /** Whether one of the members says what went wrong. */
    static boolean isTold(Map<String, JsonValue> members) {
        return members.entrySet().stream()
                .anyMatch(member -> isName(member.getKey()) && saysSomething(member.getValue()));
    }

    /** Whether one of the members has the form of an error, even if it says nothing. */
    static boolean isObject(Map<String, JsonValue> members) {
        return members.entrySet().stream()
                .anyMatch(member -> isName(member.getKey()) && member.getValue().kind() == JsonToken.OBJECT);
    }

    /** Whether the value of the member says what went wrong. */
    static boolean saysSomething(JsonValue error) {
        return switch (error.kind()) {
            case STRING -> error.toJava() instanceof String text && !text.isBlank();
            case OBJECT ->
                error.toJava() instanceof Map<?, ?> members
                        && members.entrySet().stream()
                                .anyMatch(
                                        member -> isWord(String.valueOf(member.getKey())) && isText(member.getValue()));
            default -> false;
        };
    }

    private static boolean isWord(String member) {
        return WORDS.stream().anyMatch(member::equalsIgnoreCase);
    }

    private static boolean isText(@Nullable Object value) {
        return value != null && !(value instanceof String text && text.isBlank());
    }

    /** Reads the value of such a member inside an envelope. */
    static void require(JsonReader in, String name) {
        JsonValue value = in.readValue();
        if (saysSomething(value)) {
            throw exception(in, Map.of(name, value));
        }
    }

    static ReportedErrorException exception(JsonReader in, Map<String, JsonValue> members) {
        JsonWriter out = new JsonWriter().beginObject();
        members.forEach((name, value) -> out.name(name).json(value.json()));
        return new ReportedErrorException(out.endObject().toString(), in.path(), in.offset());
    }
}
