package io.github.defenderreactive.runtime.auth.oauth;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.internal.FileProblem;
import io.github.defenderreactive.runtime.internal.GivenFile;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.github.defenderreactive.runtime.internal.key.CertifiedKey;
import io.github.defenderreactive.runtime.internal.key.KeyBundle;
import io.github.defenderreactive.runtime.internal.key.KeyPassword;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its private key, with which an application authenticates. A file is read at each token request, so
 * that a renewed certificate works without a restart; the content of a pipe is kept. Thread-safe. Messages and
 * {@link #toString()} do not contain the key.
 *
 * <p>The kind of a file is detected from its bytes, not from its name: PEM, PKCS#12 ({@code .pfx}, {@code .p12}), a
 * Java key store, DER and PKCS#7. The certificate of the application is found by its key, and its issuers by their
 * names and signatures, whatever their order. Of several keys with a certificate, the first one with a certificate that
 * is valid now is used. A file may have up to 1 MiB. A password may hold any characters; the encodings of OpenSSL and
 * of Java programs are both tried.
 *
 * @since 0.1.0
 */
public final class ClientCertificate {

    private static final int MAX_FILE_BYTES = 1024 * 1024;

    private final String name;
    private final Source source;

    private ClientCertificate(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    @FunctionalInterface
    private interface Source {
        CertifiedKey load(Instant now) throws FileProblem;
    }

    /**
     * Reads a certificate and its key from one file, or from several, of any kind.
     *
     * @param files the files, which together hold the certificate and its key, and may hold its issuers
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate files(Path... files) {
        return files(List.of(files), null);
    }

    /**
     * Reads a certificate and its encrypted key, as {@link #files(Path...)} does.
     *
     * @param password the password of the key; called when a file needs one, and copied: the copy is wiped after use;
     *     may block. A byte order mark and line ends around it are ignored
     * @param files the files
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate encryptedFiles(Supplier<char[]> password, Path... files) {
        return files(List.of(files), Objects.requireNonNull(password, "password"));
    }

    /**
     * Reads a certificate and its key from one PEM file, or from two. The same as {@link #files(Path...)}.
     *
     * @param files {@code CERTIFICATE} blocks and one {@code PRIVATE KEY} or {@code RSA PRIVATE KEY} block
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate pem(Path... files) {
        return files(files);
    }

    /**
     * Reads a certificate and its encrypted key, as {@link #pem(Path...)} does. The same as
     * {@link #encryptedFiles(Supplier, Path...)}.
     *
     * @param password the password of the {@code ENCRYPTED PRIVATE KEY} block; called when a file needs one, and
     *     copied: the copy is wiped after use; may block
     * @param files the files
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate encryptedPem(Supplier<char[]> password, Path... files) {
        return encryptedFiles(password, files);
    }

    /**
     * Reads a certificate and its key from a PKCS#12 file ({@code .pfx}, {@code .p12}). The same as
     * {@link #encryptedFiles(Supplier, Path...)}.
     *
     * @param file the file
     * @param password the password, empty if the file has none; called when the file needs one, and copied: the copy is
     *     wiped after use; may block
     * @return the certificate
     */
    public static ClientCertificate pkcs12(Path file, Supplier<char[]> password) {
        return encryptedFiles(password, file);
    }

    private static ClientCertificate files(List<Path> files, @Nullable Supplier<char[]> password) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must not be empty");
        }
        List<GivenFile> given =
                files.stream().map(file -> new GivenFile(file, MAX_FILE_BYTES)).toList();
        return new ClientCertificate(
                "in " + files.stream().map(Path::toString).collect(Collectors.joining(" and ")),
                now -> read(given, password, now));
    }

    private static CertifiedKey read(List<GivenFile> files, @Nullable Supplier<char[]> password, Instant now)
            throws FileProblem {
        KeyBundle bundle = new KeyBundle();
        try (KeyPassword word = new KeyPassword(password)) {
            for (GivenFile file : files) {
                bundle.add(file.read(), word);
            }
        }
        return bundle.select(now);
    }

    /**
     * Creates a certificate from objects in memory.
     *
     * @param key the private key, an RSA key
     * @param certificate the certificate
     * @param issuers its issuers, in order
     * @return the certificate
     */
    public static ClientCertificate of(PrivateKey key, X509Certificate certificate, X509Certificate... issuers) {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        Collections.addAll(chain, issuers);
        CertifiedKey loaded = new CertifiedKey(List.copyOf(chain), Objects.requireNonNull(key, "key"));
        return new ClientCertificate("of " + certificate.getSubjectX500Principal(), now -> loaded);
    }

    /** Loads the certificate as it is now. Blocks. */
    CertifiedKey load() {
        return load(Instant.now());
    }

    /** Loads the certificate; of several certificates, one that is valid at the given time. Blocks. */
    CertifiedKey load(Instant now) {
        CertifiedKey loaded;
        try {
            loaded = source.load(now);
        } catch (FileProblem e) {
            throw TokenErrors.unusable("The certificate " + name + " cannot be read: " + e.reason());
        } catch (DefenderException e) {
            // thrown by the supplier of the password, such as a secret file, with its own reason
            throw e;
        } catch (RuntimeException | Error e) {
            // without its message, which may quote the file or the password
            throw TokenErrors.unusable(
                    "The certificate " + name + " cannot be read: reading it or getting its password" + " failed with "
                            + e.getClass().getName(),
                    e);
        }
        if (!(loaded.key() instanceof RSAPrivateKey key)) {
            throw TokenErrors.unusable("The key of the certificate " + name + " is "
                    + loaded.key().getAlgorithm() + ", but the authority accepts RSA keys only");
        }
        if (!KeyBundle.belong(key, loaded.chain().get(0))) {
            throw TokenErrors.unusable("The key does not belong to the first certificate " + name
                    + ": put the application's certificate first and its issuers after it");
        }
        return loaded;
    }

    @Override
    public String toString() {
        return name;
    }
}
