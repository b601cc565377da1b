package io.github.defenderreactive.codegen.internal.diff;

/**
 * What a change means for a program that uses the generated code.
 *
 * @param source whether it still compiles
 * @param binary whether it still links without a new compilation
 * @param wire whether its calls send or read something else
 * @param behaviour whether it behaves differently, while it compiles and its calls are the same
 */
public record Verdict(Source source, boolean binary, boolean wire, boolean behaviour) {

    /** What the compiler does with an unchanged program. */
    public enum Source {
        COMPATIBLE,
        WARNING,
        BREAKING
    }

    static final Verdict COMPATIBLE = new Verdict(Source.COMPATIBLE, true, false, false);
    static final Verdict WARNING = new Verdict(Source.WARNING, true, false, false);
    static final Verdict BREAKING = new Verdict(Source.BREAKING, false, false, false);
    static final Verdict WIRE = new Verdict(Source.COMPATIBLE, true, true, false);
    static final Verdict BEHAVIOUR = new Verdict(Source.COMPATIBLE, true, false, true);

    /** Only the type arguments differ, which the compiler checks and the linker does not. */
    static final Verdict SOURCE = new Verdict(Source.BREAKING, true, false, false);

    /** Returns the verdict for two types of one element. */
    static Verdict ofTypes(String before, String after) {
        return before.equals(after) ? COMPATIBLE : erased(before).equals(erased(after)) ? SOURCE : BREAKING;
    }

    private static String erased(String type) {
        String array = type.endsWith("...") ? "[]" : "";
        return type.replace("@Nullable ", "").replaceAll("<.*>", "") + array;
    }

    public boolean isCompatible() {
        return source == Source.COMPATIBLE && binary && !wire && !behaviour;
    }

    public boolean isBreaking() {
        return source == Source.BREAKING || !binary;
    }
}
