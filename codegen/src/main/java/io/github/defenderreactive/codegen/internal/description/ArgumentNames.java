package io.github.defenderreactive.codegen.internal.description;

/** The names of parameters in Java. */
public final class ArgumentNames {

    private ArgumentNames() {}

    /** Returns the name of a parameter in the path, which is an argument of a method. */
    public static String inPath(Element parameter, String wire) {
        return GivenName.ofArgument(parameter, wire);
    }

    /** Returns the name of another parameter, which is a member of a query object or of a form. */
    public static String inQuery(Element parameter, String wire) {
        return GivenName.ofQuery(parameter, wire);
    }
}
