package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** A Java name from the description, for elements whose derived name is not good enough. */
final class GivenName {

    static final String KEY = "x-defender-name";
    static final String METHOD_KEY = "x-defender-method";

    /** A derived name may end with an underscore and a number. */
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z_][A-Za-z0-9]*(_[0-9]+)?");

    /** Names of fields that generated classes have themselves. */
    private static final Pattern WORDS = Pattern.compile("(nulls|receive)_[0-9]+");

    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Set<String> TAKEN_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> TAKEN_PARAMETERS =
            Set.of("array", "body", "element", "form", "out", "pipeline", "query", "request");
    private static final Set<String> TAKEN_ARGUMENTS = Set.of(
            "all",
            "applyTo",
            "arguments",
            "builder",
            "clone",
            "finalize",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "toBuilder",
            "toString",
            "wait");

    private GivenName() {}

    /** Returns the name of the method of an operation. */
    static String ofMethod(Element operation, String id) {
        String key = operation.has(METHOD_KEY) ? METHOD_KEY : KEY;
        return JavaNames.free(JavaNames.member(given(operation, key, id)), TAKEN_METHODS);
    }

    /** Returns the name of the class of a schema. */
    static String ofType(Element schema, String name) {
        if (!schema.has(KEY)) {
            return JavaNames.type(name);
        }
        String given = schema.get(KEY).text();
        if (!TYPE.matcher(given).matches()) {
            throw schema.get(KEY).problem("must be an upper camel case name, because it is the name of a class");
        }
        return given;
    }

    /** Returns the name of the class of a schema, without a check of a given one. */
    static String validType(Element schema, String name) {
        String given = schema.get(KEY).node().asText();
        return TYPE.matcher(given).matches() ? given : JavaNames.type(name);
    }

    static boolean isGiven(Element element) {
        return element.has(KEY);
    }

    /** Returns the given name of a member. */
    static String ofMember(Element property) {
        String name = given(property, KEY, "");
        return WORDS.matcher(name).matches() ? name + "_" : legal(name);
    }

    /** Returns the name of an argument of a query or a form. */
    static String ofQuery(Element parameter, String wire) {
        return JavaNames.free(
                isGiven(parameter) ? legal(given(parameter, KEY, wire)) : JavaNames.member(wire), TAKEN_ARGUMENTS);
    }

    private static String legal(String name) {
        return SourceVersion.isName(name, SourceVersion.RELEASE_17) ? name : name + "_";
    }

    /** Returns the name of the method that returns the group of a tag. */
    static String ofGroup(Element tag, String name) {
        return JavaNames.free(JavaNames.member(given(tag, KEY, name)), TAKEN_METHODS);
    }

    /** Returns the name of a path argument. */
    static String ofArgument(Element parameter, String wire) {
        return JavaNames.free(
                isGiven(parameter) ? legal(given(parameter, KEY, wire)) : JavaNames.member(wire), TAKEN_PARAMETERS);
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
