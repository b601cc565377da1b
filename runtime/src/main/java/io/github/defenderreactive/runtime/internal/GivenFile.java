package io.github.defenderreactive.runtime.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small file that the user has named. It is read entirely, up to a limit.
 *
 * <p>A regular file is read each time, so that a renewed one works without a restart. Anything else, such as the pipe
 * that a shell creates for {@code <(command)}, can be read only once, so its content is kept. Thread-safe. Reading
 * blocks.
 *
 * @since 0.1.0
 */
public final class GivenFile {

    private final Path path;
    private final int limit;

    // guarded by this
    private byte @Nullable [] content;

    /**
     * Creates a reader. The file is not read yet.
     *
     * @param path the file
     * @param limit the maximum number of bytes
     */
    public GivenFile(Path path, int limit) {
        this.path = Objects.requireNonNull(path, "path");
        this.limit = limit;
    }

    /**
     * Reads the file.
     *
     * @return the content of the file
     * @throws FileProblem if the file cannot be read or is too long
     */
    public byte[] read() throws FileProblem {
        return Files.isRegularFile(path) ? readNow() : readOnce();
    }

    private synchronized byte[] readOnce() throws FileProblem {
        byte[] known = content;
        if (known == null) {
            known = readNow();
            // not kept after a failure: the program that writes into the pipe may have failed, and may run again
            content = known.length == 0 ? null : known;
        }
        return known.clone();
    }

    private byte[] readNow() throws FileProblem {
        try {
            if (Files.isDirectory(path)) {
                throw new FileProblem(path + " is a directory");
            }
            if (Files.isRegularFile(path) && Files.size(path) > limit) {
                throw tooLong();
            }
            // a file that is not on a disk may report the size 0 regardless of its content
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(limit);
                if (in.read() >= 0) {
                    throw tooLong();
                }
                return bytes;
            }
        } catch (FileProblem e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new FileProblem("there is no file " + path);
        } catch (AccessDeniedException e) {
            throw new FileProblem("this process is not allowed to read " + path);
        } catch (FileSystemException e) {
            throw new FileProblem(path + " cannot be read (" + e.getReason() + ")");
        } catch (IOException e) {
            throw new FileProblem(path + " cannot be read (" + e.getMessage() + ")");
        }
    }

    private FileProblem tooLong() {
        return new FileProblem(path + " is longer than the " + limit + " bytes that are allowed");
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
