package io.github.defenderreactive.codegen.internal.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Derives Java names from wire names. Independent of the locale. */
public final class JavaNames {

    private static final Pattern WORD = Pattern.compile(
            "\\p{Lu}+(?!\\p{Ll})\\p{Nd}*|\\p{Lu}?[\\p{Ll}\\p{Lo}\\p{Lm}]+\\p{Nd}*|\\p{Lu}\\p{Nd}*|\\p{Nd}+");

    private JavaNames() {}

    /** Returns a class name: {@code MachineActions} for {@code machine-actions}. A class name is returned unchanged. */
    public static String type(String wire) {
        if (wire.matches("\\p{Lu}[\\p{L}\\p{Nd}]*")) {
            return wire;
        }
        StringBuilder out = new StringBuilder();
        for (String part : wire.split("[^\\p{L}\\p{Nd}]+", -1)) {
            if (!part.isEmpty()) {
                out.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return legal(out.toString());
    }

    /**
     * Returns a member name: nextLink, top, isolationType for {@code @odata.nextLink}, {@code $top},
     * {@code IsolationType}.
     */
    public static String member(String wire) {
        String name = type(wire.replaceFirst("^@odata\\.", "").replaceFirst("^\\$", ""));
        Matcher first = WORD.matcher(name);
        if (first.lookingAt()) {
            name = first.group().toLowerCase(Locale.ROOT) + name.substring(first.end());
        }
        return legal(name);
    }

    /** Returns a constant name: {@code MULTI_STAGED_ATTACK} for {@code MultiStagedAttack}. */
    public static String constant(String wire) {
        List<String> words = new ArrayList<>();
        for (String part : wire.split("[^\\p{L}\\p{Nd}]+", -1)) {
            Matcher word = WORD.matcher(part);
            while (word.find()) {
                words.add(word.group().toUpperCase(Locale.ROOT));
            }
        }
        if (words.isEmpty()) {
            return wire.isEmpty() ? "EMPTY" : symbols(wire);
        }
        return legal(String.join("_", words));
    }

    private static String symbols(String wire) {
        StringBuilder out = new StringBuilder("SYMBOL");
        wire.codePoints().forEach(c -> out.append(String.format(Locale.ROOT, "_%04X", c)));
        return out.toString();
    }

    static String decapitalised(String type) {
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    /** Appends an underscore to a name that is already taken. */
    public static String free(String name, Set<String> taken) {
        return taken.contains(name) ? name + "_" : name;
    }

    private static String legal(String name) {
        String legal = name.isEmpty() || !Character.isJavaIdentifierStart(name.charAt(0)) ? "_" + name : name;
        return SourceVersion.isName(legal, SourceVersion.RELEASE_17) ? legal : legal + "_";
    }
}
