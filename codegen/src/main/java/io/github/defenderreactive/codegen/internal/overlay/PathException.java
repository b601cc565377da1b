package io.github.defenderreactive.codegen.internal.overlay;

/** Thrown if a text is not a JSONPath query. */
final class PathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that names the character, counted from one. */
    PathException(String text, int at, String finding) {
        super(finding + " at character " + (text.codePointCount(0, Math.min(at, text.length())) + 1) + " of " + text);
    }
}
