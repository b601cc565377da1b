package io.github.defenderreactive.cli;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a line as a shell splits it. The documents use single quotes only. */
public final class ShellWords {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\\\\]|'[^']*'|\\\\.)+");
    private static final Pattern PIECE = Pattern.compile("'([^']*)'|\\\\(.)|([^'\\\\]+)");

    private ShellWords() {}

    public static List<String> of(String line) {
        return WORD.matcher(line).results().map(word -> unquoted(word.group())).toList();
    }

    private static String unquoted(String word) {
        return PIECE.matcher(word).replaceAll("$1$2$3");
    }
}
