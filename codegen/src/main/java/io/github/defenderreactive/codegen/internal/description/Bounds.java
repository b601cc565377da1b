package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the keywords of a schema that limit its values. Generated code compares with them, so each must be a number
 * that the Java type can have.
 */
final class Bounds {

    private static final BigDecimal ZERO = BigDecimal.ZERO;
    private static final BigDecimal INT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final Element schema;
    private final boolean is30;
    private final Consumer<DescriptionException> findings;
    private final Range range;

    private Bounds(Element schema, Set<String> types, boolean is30, Consumer<DescriptionException> findings) {
        this.schema = schema;
        this.is30 = is30;
        this.findings = findings;
        this.range = Range.of(types, schema.followed().get("format").node().asText(""));
    }

    /** The numbers of a Java type. */
    private record Range(String type, boolean whole, BigDecimal low, BigDecimal high) {

        static final Range INT = whole("int, because its format is int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
        static final Range LONG = whole("long", Long.MIN_VALUE, Long.MAX_VALUE);
        static final Range DOUBLE =
                new Range("double", false, BigDecimal.valueOf(-Double.MAX_VALUE), BigDecimal.valueOf(Double.MAX_VALUE));

        static Range whole(String type, long low, long high) {
            return new Range(type, true, BigDecimal.valueOf(low), BigDecimal.valueOf(high));
        }

        static Range of(Set<String> types, String format) {
            return !types.equals(Set.of("integer")) ? DOUBLE : format.equals("int32") ? INT : LONG;
        }
    }

    static void check(Element schema, Set<String> types, boolean is30, Consumer<DescriptionException> findings) {
        Bounds bounds = new Bounds(schema, types, is30, findings);
        boolean numbers = types.isEmpty() || types.contains("integer") || types.contains("number");
        for (String key : List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")) {
            if (schema.has(key) && !numbers) {
                bounds.find(key, "is for numbers, but the type is " + String.join(", ", types) + "; remove it");
                return;
            }
        }
        bounds.order("minimum", bounds.value("minimum"), "maximum", bounds.value("maximum"));
        bounds.exclusive("exclusiveMinimum");
        bounds.exclusive("exclusiveMaximum");
        bounds.multiple();
        for (String of : List.of("Length", "Items", "Properties")) {
            bounds.order("min" + of, bounds.count("min" + of), "max" + of, bounds.count("max" + of));
        }
    }

    private void find(String key, String finding) {
        findings.accept(schema.get(key).problem(finding));
    }

    private @Nullable BigDecimal number(String key) {
        JsonNode node = schema.get(key).node();
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isNumber() || node.isDouble() && !Double.isFinite(node.doubleValue())) {
            find(key, "must be a number, was " + node + "; correct or remove it");
            return null;
        }
        return node.decimalValue();
    }

    private @Nullable BigDecimal value(String key) {
        BigDecimal number = number(key);
        if (number == null) {
            return null;
        }
        if (range.whole() && !whole(number)) {
            find(key, "must be a whole number, because the type is integer, was " + number + "; correct or remove it");
            return null;
        }
        if (number.compareTo(range.low()) < 0 || number.compareTo(range.high()) > 0) {
            String larger = range.equals(Range.INT) ? ", or use the format int64" : "";
            find(key, number + " does not fit the Java type " + range.type() + "; correct or remove it" + larger);
            return null;
        }
        return number;
    }

    private static boolean whole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    private void exclusive(String key) {
        if (!is30) {
            value(key);
        } else if (schema.has(key) && !schema.get(key).node().isBoolean()) {
            find(key, "must be true or false in OpenAPI 3.0; use 3.1 for a number");
        }
    }

    private void multiple() {
        BigDecimal number = number("multipleOf");
        if (number != null && (number.compareTo(ZERO) <= 0 || number.compareTo(range.high()) > 0)) {
            find(
                    "multipleOf",
                    "must be more than 0 and fit the Java type " + range.type() + ", was " + number
                            + "; correct or remove it");
        }
    }

    private @Nullable BigDecimal count(String key) {
        BigDecimal number = number(key);
        if (number != null && (!whole(number) || number.signum() < 0 || number.compareTo(INT) > 0)) {
            find(key, "must be a whole number from 0 to " + INT + ", was " + number + "; correct or remove it");
            return null;
        }
        return number;
    }

    private void order(String low, @Nullable BigDecimal least, String high, @Nullable BigDecimal most) {
        if (least != null && most != null && least.compareTo(most) > 0) {
            find(low, least + " is more than " + high + " " + most + "; correct or remove one of them");
        }
    }
}
