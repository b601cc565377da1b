package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names of the values of an enumeration in Java. */
public final class ConstantNames {

    /** Names by value. */
    public static final String KEY = "x-defender-names";

    private static final Set<String> TAKEN = Set.of("BY_VALUE", "KNOWN");

    private ConstantNames() {}

    /** Returns the name of each value. Two of them may be equal. */
    public static Map<String, String> of(Element schema) {
        Map<String, String> names = new LinkedHashMap<>();
        Element given = schema.get(KEY);
        boolean text = Schemas.isTextEnum(schema);
        Schemas.enumValues(schema)
                .forEach(value -> names.put(value, given.has(value) ? given(given.get(value)) : derived(value, text)));
        given.members().forEach((value, name) -> {
            if (!names.containsKey(value)) {
                throw name.problem("the value " + value + " is not in the enumeration; correct or remove it");
            }
        });
        return names;
    }

    private static String given(Element name) {
        if (!name.text().matches("[A-Z][A-Z0-9_]*")) {
            throw name.problem("must be a name in upper case with underscores, as VALUE_ONE");
        }
        return JavaNames.free(name.text(), TAKEN);
    }

    private static String derived(String value, boolean text) {
        return text ? JavaNames.free(JavaNames.constant(value), TAKEN) : "VALUE_" + value.replace("-", "MINUS_");
    }
}
