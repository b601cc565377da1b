package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.FileProblem;
import io.github.defenderreactive.runtime.internal.GivenFile;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A text file with one secret: a client secret, a password or a token. Use it as the supplier of a secret, for example
 * {@code ClientSecretCredential.builder().secret(SecretFile.of(path))}.
 *
 * <p>The file is read each time, so that a new secret works without a restart. Anything but a regular file, such as the
 * pipe that a shell creates for {@code <(command)}, can be read only once, so its content is kept. The text is UTF-8. A
 * byte order mark and line ends around it are ignored, blanks are not. A file has at most 64 KiB. Thread-safe.
 * {@link #toString()} contains the path and not the secret.
 *
 * @since 0.1.0
 */
public final class SecretFile implements Supplier<String> {

    private static final int MAX_BYTES = 64 * 1024;

    private final GivenFile file;
    private final String what;

    private SecretFile(Path path, String what) {
        this.file = new GivenFile(path, MAX_BYTES);
        this.what = what;
    }

    /**
     * Creates a supplier that reads a file. The file is not read yet.
     *
     * @param path the file
     * @return a supplier of the secret
     */
    public static SecretFile of(Path path) {
        return of(path, "secret");
    }

    /** Creates a supplier as {@link #of(Path)} does, with a term for messages. */
    static SecretFile of(Path path, String what) {
        return new SecretFile(path, what);
    }

    /**
     * Reads the secret. Blocks.
     *
     * @return the secret, which is not blank
     * @throws AuthenticationException if the file cannot be read, is too long, is empty, is not UTF-8 or has several
     *     lines; the message names the file and the remedy, and does not quote the content
     */
    @Override
    public String get() {
        byte[] bytes;
        try {
            bytes = file.read();
        } catch (FileProblem e) {
            throw TokenErrors.unusable("No " + what + ": " + e.reason());
        }
        try {
            return GivenText.line(bytes);
        } catch (FileProblem e) {
            throw TokenErrors.unusable("No " + what + " in " + file + ": " + e.reason());
        }
    }

    @Override
    public String toString() {
        return "SecretFile[" + file + "]";
    }
}
