package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names of the members of an object in Java. */
public final class MemberNames {

    private static final String CONTROL = "@odata.";

    private static final Set<String> TAKEN = Set.of(
            "builder",
            "clone",
            "finalize",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "nullMembers",
            "nulls",
            "requireKnownMembers",
            "spellings",
            "toBuilder",
            "toMap",
            "toString",
            "unknownMembers",
            "wait",
            "withoutUnknownMembers");

    private MemberNames() {}

    /** Returns the name of each member by its name on the wire. Two of them may be equal. */
    public static Map<String, String> of(Element schema) {
        Map<String, Element> properties = schema.get("properties").members();
        Map<String, String> names = new LinkedHashMap<>();
        properties.forEach((wire, property) -> names.put(
                wire,
                GivenName.isGiven(property)
                        ? JavaNames.free(GivenName.ofMember(property), TAKEN)
                        : name(wire, properties.keySet())));
        return names;
    }

    /** A control information is renamed if a property has the same name: {@code @odata.type} and {@code type}. */
    private static String name(String wire, Set<String> properties) {
        String name = derived(wire);
        boolean taken = wire.startsWith(CONTROL)
                && properties.stream()
                        .anyMatch(other ->
                                !other.startsWith(CONTROL) && derived(other).equals(name));
        return taken ? derived(wire.substring(1)) : name;
    }

    private static String derived(String wire) {
        return JavaNames.free(JavaNames.member(wire), TAKEN);
    }
}
