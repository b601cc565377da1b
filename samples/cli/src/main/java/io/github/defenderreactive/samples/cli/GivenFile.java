package io.github.defenderreactive.samples.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that an option names, read again whenever it is needed. */
final class GivenFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String option;
    private final Path path;

    /** What a pipe gave, such as the one of {@code <(command)}: it can be read only once. */
    private @Nullable String once;

    /**
     * Names a file.
     *
     * @param option the option, for messages
     */
    GivenFile(String option, Path path) {
        this.option = option;
        this.path = path;
        if (Files.isDirectory(path) || !Files.isReadable(path)) {
            throw unreadable("");
        }
    }

    Path path() {
        return path;
    }

    /** Its text without the byte order mark and the line end that editors leave. */
    synchronized String text() {
        if (once != null) {
            return once;
        }
        try {
            String text = Files.readString(path);
            String content = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
            if (!Files.isRegularFile(path)) {
                once = content;
            }
            return content;
        } catch (CharacterCodingException e) {
            throw unreadable(": it is not UTF-8");
        } catch (IOException e) {
            throw unreadable("");
        }
    }

    private UsageException unreadable(String reason) {
        return new UsageException("Cannot read " + option + " " + path + reason);
    }
}
