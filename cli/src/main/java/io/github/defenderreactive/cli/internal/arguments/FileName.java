package io.github.defenderreactive.cli.internal.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converter and classification of file names on the command line. */
public final class FileName implements ITypeConverter<Path> {

    private static final Pattern DESCRIPTORS = Pattern.compile("/proc/\\d+(/task/\\d+)?/fd");
    private static final int MAX_LINKS = 40;

    /** Creates a converter. */
    public FileName() {}

    @Override
    public Path convert(String text) {
        try {
            return of(text);
        } catch (UsageException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /**
     * Returns the path of a file name.
     *
     * @param text the name
     * @return the path, which need not exist
     * @throws UsageException if the name is blank, is not a valid path or could not be decoded
     */
    public static Path of(String text) {
        if (text.isBlank()) {
            throw new UsageException("The name of a file must not be blank");
        }
        try {
            Path file = Path.of(text);
            UndecodedText.rejectRelative(file);
            return file;
        } catch (InvalidPathException e) {
            throw new UsageException("'" + text + "' is not a valid file name: " + e.getReason());
        }
    }

    /**
     * Returns whether a file must be written in place, because it is a device, a FIFO, a socket, a folder or a file
     * descriptor of a process.
     *
     * @param file the file, which need not exist
     * @return whether it cannot be replaced by a new regular file
     */
    public static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) || descriptor(file) != null;
    }

    /**
     * Returns whether a file is another name of standard output, such as {@code /dev/stdout}.
     *
     * @param file the file
     * @return whether it is standard output of this process
     */
    public static boolean isStandardOutput(Path file) {
        Path descriptor = descriptor(file);
        return descriptor != null && descriptor.equals(descriptor(Path.of("/proc/self/fd/1")));
    }

    /**
     * Returns the entry under {@code /proc} of an open file that a name links to, or null. The open file may be a
     * regular file, but a new file in its place would not be the open one.
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
            // A file that does not exist is not open.
        }
        return null;
    }
}
