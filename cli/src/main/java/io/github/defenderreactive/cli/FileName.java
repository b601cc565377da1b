package io.github.defenderreactive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of files on the command line, and what they lead to. */
final class FileName implements ITypeConverter<Path> {

    private static final Pattern DESCRIPTORS = Pattern.compile("/proc/\\d+(/task/\\d+)?/fd");
    private static final int MAX_LINKS = 40;

    @Override
    public Path convert(String text) {
        try {
            return of(text);
        } catch (UsageException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The file of a name; {@link UsageException} when there can be none. */
    static Path of(String text) {
        if (text.isBlank()) {
            throw new UsageException("The name of a file must not be empty");
        }
        try {
            Path file = Path.of(text);
            UndecodedText.rejectRelative(file);
            return file;
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "' is not the name of a file: " + e.getReason());
        }
    }

    /** Whether something is there that is neither a regular file nor a link to one, or that is a file already open. */
    static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) || descriptor(file) != null;
    }

    /** Whether it is another name of standard output, such as {@code /dev/stdout}. */
    static boolean isStandardOutput(Path file) {
        Path descriptor = descriptor(file);
        return descriptor != null && descriptor.equals(descriptor(Path.of("/proc/self/fd/1")));
    }

    /**
     * The entry under {@code /proc} that a name leads to if it stands for a file that a process has open: what the name
     * finally leads to may be a regular file, but a new file in its place would not be the one that is open.
     */
    private static @Nullable Path descriptor(Path file) {
        Path at = file.toAbsolutePath();
        try {
            for (int links = 0; links < MAX_LINKS && at.getParent() != null; links++) {
                Path folder = at.getParent().toRealPath();
                if (DESCRIPTORS.matcher(folder.toString()).matches()) {
                    return folder.resolve(at.getFileName());
                }
                if (!Files.isSymbolicLink(at)) {
                    return null;
                }
                at = folder.resolve(Files.readSymbolicLink(at));
            }
        } catch (IOException notThere) {
            // then it leads to nothing that is open
        }
        return null;
    }
}
