package io.github.defenderreactive.runtime.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of an error that a service reports inside a document: two versions of OData, and OAuth. */
final class ReportedError {

    private static final List<String> NAMES = List.of("error", "odata.error", "@odata.error");
    private static final List<String> WORDS = List.of("code", "message", "innererror", "details");

    private ReportedError() {}

    /** Returns whether the member is an error. Ignores case, because some services capitalise their members. */
    static boolean isName(String member) {
        return NAMES.stream().anyMatch(member::equalsIgnoreCase);
    }

    /** Returns whether the name of an error or an annotation can begin with the byte. */
    static boolean mayBeginAName(byte first) {
        return first == 'e' || first == 'E' || first == 'o' || first == 'O' || first == '@' || first == '\\';
    }

    /** Returns whether a member is an annotation, which any object may have. */
    static boolean isAnnotation(String member) {
        return member.indexOf('@') >= 0 || member.regionMatches(true, 0, "odata.", 0, 6);
    }

    /** Returns whether a member is the error or an annotation. */
    static boolean isOfAnError(String member) {
        return isName(member) || isAnnotation(member);
    }

    /** Returns whether one of the members is an error with a code or message. */
    static boolean isTold(Map<String, JsonValue> members) {
        return members.entrySet().stream()
                .anyMatch(member -> isName(member.getKey()) && saysSomething(member.getValue()));
    }

    /** Returns whether one of the members has the form of an error, even without a code or message. */
    static boolean isObject(Map<String, JsonValue> members) {
        return members.entrySet().stream()
                .anyMatch(member -> isName(member.getKey()) && member.getValue().kind() == JsonToken.OBJECT);
    }

    /** Returns whether the value of the member has a code or message. */
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
