package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.Set;
import java.util.regex.Pattern;

/** A Java name from the description, for elements whose derived name is not good enough. */
final class GivenName {

    static final String KEY = "x-defender-name";
    static final String METHOD_KEY = "x-defender-method";

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Set<String> TAKEN_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> TAKEN_PARAMETERS =
            Set.of("array", "body", "element", "form", "out", "pipeline", "query", "request");

    private GivenName() {}

    /** Returns the name of the method of an operation. */
    static String ofMethod(Element operation, String id) {
        return JavaNames.free(JavaNames.member(given(operation, METHOD_KEY, id)), TAKEN_METHODS);
    }

    /** Returns the name of the method that returns the group of a tag. */
    static String ofGroup(Element tag, String name) {
        return JavaNames.free(JavaNames.member(given(tag, KEY, name)), TAKEN_METHODS);
    }

    /** Returns the name of a path argument. */
    static String ofArgument(Element parameter, String wire) {
        return JavaNames.free(JavaNames.member(given(parameter, KEY, wire)), TAKEN_PARAMETERS);
    }

    private static String given(Element element, String key, String otherwise) {
        if (!element.has(key)) {
            return otherwise;
        }
        String name = element.get(key).text();
        if (!CAMEL_CASE.matcher(name).matches()) {
            throw element.get(key).problem("must be a lower camel case name");
        }
        return name;
    }
}
