package io.github.defenderreactive.emulator.internal.admission;

import io.github.defenderreactive.emulator.internal.description.Description;
import io.github.defenderreactive.emulator.internal.description.Schemas;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.json.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks JSON values against schemas of the description. Unknown member names and wrong letter case are refused. */
public final class BodyCheck {

    private final Description description;

    public BodyCheck(Description description) {
        this.description = description;
    }

    /**
     * Checks a request body.
     *
     * @throws Problem 400 with the first violation
     */
    public void check(Node schema, @Nullable Object value) {
        check(schema, value, "");
    }

    private void check(Node reference, @Nullable Object value, String place) {
        if (value == null) {
            if (!Schemas.nullable(reference)) {
                throw Problem.invalidBody("Request body: " + name(place) + " must not be null");
            }
            return;
        }
        Node schema = description.resolve(reference);
        if (schema.get("x-defender-any").isTrue()) {
            return;
        }
        if (schema.get(Schemas.DISCRIMINATOR).present()) {
            check(choice(schema.get(Schemas.DISCRIMINATOR), value, place), value, place);
            return;
        }
        List<String> types = Schemas.types(schema);
        String type = typeOf(value);
        if (!types.isEmpty() && !types.contains(type) && !(type.equals("integer") && types.contains("number"))) {
            throw Problem.invalidBody(
                    "Request body: " + name(place) + " must be " + String.join(" or ", types) + ", not " + type);
        }
        if (value instanceof Map<?, ?> map) {
            members(schema, map, place);
        } else if (value instanceof List<?> list) {
            Integer most = schema.get("maxItems").integer();
            if (most != null && list.size() > most) {
                throw new Problem(
                        400,
                        "MaximumBatchSizeExceeded",
                        name(place) + ": received " + list.size() + ", allowed " + most);
            }
            for (int i = 0; i < list.size(); i++) {
                check(schema.get("items"), list.get(i), place + "[" + i + "]");
            }
        } else if (value instanceof String text) {
            text(schema, text, place);
        }
    }

    /** Returns the case of a union that the value names. */
    private static Node choice(Node discriminator, Object value, String place) {
        String member = discriminator.get("propertyName").requiredText();
        Node mapping = discriminator.get("mapping");
        Object said = value instanceof Map<?, ?> map ? map.get(member) : null;
        String reference = said instanceof String name ? mapping.get(name).text() : null;
        if (reference == null) {
            throw Problem.invalidInput("Request body: " + name(place + "/" + member) + " is " + said + ", not one of "
                    + mapping.members().keySet());
        }
        return discriminator.reference(reference);
    }

    private void members(Node schema, Map<?, ?> map, String place) {
        Map<String, Node> properties = schema.get("properties").members();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            String name = (String) member.getKey();
            String known = Schemas.property(schema, properties, name);
            if (known == null) {
                throw Problem.invalidBody("Request body: unknown member " + name(place + "/" + name)
                        + properties.keySet().stream()
                                .filter(name::equalsIgnoreCase)
                                .findFirst()
                                .map(right -> "; names are case-sensitive, it is " + right)
                                .orElse(""));
            }
            check(Objects.requireNonNull(properties.get(known)), member.getValue(), place + "/" + name);
        }
        List<String> missing = new ArrayList<>(schema.get("required").texts());
        missing.removeIf(name -> map.get(name) != null);
        if (!missing.isEmpty()) {
            throw new Problem(400, "MissingRequiredParameter", "Request body: missing " + String.join(", ", missing));
        }
    }

    private static void text(Node schema, String text, String place) {
        List<String> allowed = schema.get("enum").texts();
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            throw Problem.invalidInput("Request body: " + name(place) + " is '" + text + "', not one of " + allowed);
        }
        if ("date-time".equals(schema.get("format").text())) {
            try {
                Instant.parse(text);
            } catch (DateTimeException e) {
                throw Problem.invalidInput("Request body: " + name(place) + " is not a time in UTC: " + text);
            }
        }
    }

    private static String typeOf(Object value) {
        if (value instanceof Map) {
            return "object";
        } else if (value instanceof List) {
            return "array";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof Boolean) {
            return "boolean";
        }
        return value instanceof BigDecimal number && number.stripTrailingZeros().scale() > 0 ? "number" : "integer";
    }

    private static String name(String place) {
        return place.isEmpty() ? "the body" : place.substring(1);
    }
}
