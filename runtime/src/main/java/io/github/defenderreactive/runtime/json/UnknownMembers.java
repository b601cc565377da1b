package io.github.defenderreactive.runtime.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Check for members that the API description does not contain. Called by generated models.
 *
 * @since 0.1.0
 */
public final class UnknownMembers {

    private static final int MOST_NAMED = 10;

    private UnknownMembers() {}

    /**
     * Throws an exception if a value has members that its model does not declare.
     *
     * @param type the name of its type, for the message
     * @param value the value
     * @param known the same value without unknown members
     * @throws IllegalArgumentException if the two differ in their members or in the length of a list; the message names
     *     up to ten places, never a value
     */
    public static void refuse(String type, JsonEncodable value, JsonEncodable known) {
        List<String> found = new ArrayList<>();
        compare("", JsonValue.from(value).toJava(), JsonValue.from(known).toJava(), found);
        if (found.isEmpty()) {
            return;
        }
        List<String> named = found.subList(0, Math.min(MOST_NAMED, found.size()));
        int others = found.size() - named.size();
        throw new IllegalArgumentException(type + " has members that are unknown or not in their documented form: "
                + String.join(", ", named) + (others == 0 ? "" : " and " + others + " more"));
    }

    private static void compare(String path, @Nullable Object value, @Nullable Object known, List<String> found) {
        if (value instanceof Map<?, ?> members && known instanceof Map<?, ?> knownMembers) {
            members.forEach((name, member) -> {
                StringBuilder place = new StringBuilder(path);
                JsonReader.appendName(place, String.valueOf(name));
                if (knownMembers.containsKey(name)) {
                    compare(place.toString(), member, knownMembers.get(name), found);
                } else {
                    found.add(place.charAt(0) == '.' ? place.substring(1) : place.toString());
                }
            });
        } else if (value instanceof List<?> elements && known instanceof List<?> knownElements) {
            if (elements.size() != knownElements.size()) {
                found.add(path.substring(1));
                return;
            }
            for (int i = 0; i < elements.size(); i++) {
                compare(path + "[" + i + "]", elements.get(i), knownElements.get(i), found);
            }
        }
    }
}
