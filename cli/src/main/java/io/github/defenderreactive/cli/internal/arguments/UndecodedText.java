package io.github.defenderreactive.cli.internal.arguments;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rejection of text that the encoding of the locale could not decode. The JVM silently replaces each such byte by a
 * replacement character; if that were sent, a filter would match nothing and a comment would be stored garbled.
 */
public final class UndecodedText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final Path ARGUMENTS = Path.of("/proc/self/cmdline");
    private static final Path VARIABLES = Path.of("/proc/self/environ");
    private static final int MAX_SHOWN = 60;

    private UndecodedText() {}

    /**
     * Rejects the command line if any argument could not be decoded.
     *
     * @param arguments the command line
     * @throws UsageException naming the first such argument
     */
    public static void rejectArguments(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (isUndecoded(arguments[i], ARGUMENTS)) {
                throw rejected("Argument " + (i + 1) + " (" + shown(arguments[i]) + ")");
            }
        }
    }

    /** Rejects a variable that could not be decoded. Its value may be a secret and is not shown. */
    static void rejectVariable(String variable, String value) {
        if (isUndecoded(value, VARIABLES)) {
            throw rejected("The environment variable " + variable);
        }
    }

    /** Rejects a relative file name if the name of the working directory could not be decoded. */
    static void rejectRelative(Path name) {
        if (!name.isAbsolute() && System.getProperty("user.dir", "").indexOf(REPLACEMENT) >= 0) {
            throw rejected("The name of the working directory, which " + name + " is relative to,");
        }
    }

    private static boolean isUndecoded(String text, Path raw) {
        return text.indexOf(REPLACEMENT) >= 0 && !(isUtf8() && isWellFormed(raw));
    }

    /** Returns whether the original bytes are well-formed UTF-8, so that the user typed the replacement character. */
    private static boolean isWellFormed(Path raw) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(raw)));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        } catch (IOException notThisSystem) {
            return false;
        }
    }

    private static boolean isUtf8() {
        return encoding().equalsIgnoreCase(StandardCharsets.UTF_8.name());
    }

    /** Returns the encoding of arguments, variables and file names. */
    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name());
    }

    private static UsageException rejected(String what) {
        return new UsageException(what + " contains characters that "
                + (isUtf8()
                        ? "are not UTF-8, the encoding of the locale. Pass them in UTF-8"
                        : "the locale cannot decode, because its encoding is " + encoding()
                                + ". Run the command in a UTF-8 locale, for example with LC_ALL=C.UTF-8")
                + ". Nothing was sent");
    }

    private static String shown(String argument) {
        return argument.length() <= MAX_SHOWN ? argument : argument.substring(0, MAX_SHOWN) + "...";
    }
}
