package io.github.defenderreactive.codegen.internal.output;

import io.github.defenderreactive.codegen.internal.description.Element;

/** The first line of every generated file, which names the description. A file without it is never deleted. */
public final class Header {

    private static final String START = "// Generated from ";
    private static final String END = "; do not edit.";

    private Header() {}

    /** Returns the line for the files of a description. */
    public static String of(Element root) {
        Element info = root.get("info");
        String title = plain(info.text("title", ""));
        String version = plain(info.text("version", ""));
        return START
                + (title.isEmpty() ? "the API description" : title)
                + (version.isEmpty() ? "" : " " + version)
                + END;
    }

    /** Returns the text as one line without what would end the comment or be read as an escape. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{C}\\p{Z}\\\\]+", " ").strip();
    }

    static boolean is(String line) {
        return line.startsWith(START) && line.endsWith(END);
    }
}
