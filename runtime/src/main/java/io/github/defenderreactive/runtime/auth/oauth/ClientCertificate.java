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
 * A certificate with its private key, by which an application proves its identity. A file is read again at each token
 * request, so that a renewed certificate works without a restart; the content of a pipe is kept. Thread-safe; shows no key.
 *
 * <p>The kind of a file is detected from its bytes, not from its name: PEM, PKCS#12 ({@code .pfx}, {@code .p12}), a Java key store, DER
 * and PKCS#7. The certificate of the application is found by its key, and its issuers by their names and signatures, whatever
 * their order. Of several keys with a certificate, the first one with a certificate that is valid now is used. A file may have up
 * to 1 MiB. A password may hold any characters; the encodings of OpenSSL and of Java programs are both tried.
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
     * As {@link #files(Path...)}, with a key that is encrypted.
     *
     * @param password the password of the key; requested when a file needs one, and copied: the copy is wiped afterwards; may
     *     block. A byte order mark and line ends around it are ignored
     * @param files the files
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate encryptedFiles(Supplier<char[]> password, Path... files) {
        return files(List.of(files), Objects.requireNonNull(password, "password"));
    }

    /**
     * A certificate and its key in one PEM file, or in two. The same as {@link #files(Path...)}.
     *
     * @param files {@code CERTIFICATE} blocks and one {@code PRIVATE KEY} or {@code RSA PRIVATE KEY} block
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate pem(Path... files) {
        return files(files);
    }

    /**
     * As {@link #pem(Path...)}, with a key that is encrypted. The same as {@link #encryptedFiles(Supplier, Path...)}.
     *
     * @param password the password of the {@code ENCRYPTED PRIVATE KEY} block; requested when a file needs one, and copied: the
     *     copy is wiped afterwards; may block
     * @param files the files
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate encryptedPem(Supplier<char[]> password, Path... files) {
        return encryptedFiles(password, files);
    }

    /**
     * A certificate and its key in a PKCS#12 file ({@code .pfx}, {@code .p12}). The same as
     * {@link #encryptedFiles(Supplier, Path...)}.
     *
     * @param file the file
     * @param password its password, empty when it has none; requested when the file needs one, and copied: the copy is wiped
     *     afterwards; may block
     * @return the certificate
     */
    public static ClientCertificate pkcs12(Path file, Supplier<char[]> password) {
        return encryptedFiles(password, file);
    }

    private static ClientCertificate files(List<Path> files, @Nullable Supplier<char[]> password) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("No file is given");
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
        return bundle.chosen(now);
    }

    /**
     * A certificate in memory.
     *
     * @param key its private key, an RSA key
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

    /** Reads it as it is now; blocks. */
    CertifiedKey load() {
        return load(Instant.now());
    }

    /** Reads it; where several certificates serve, one that is valid at a time. Blocks. */
    CertifiedKey load(Instant now) {
        CertifiedKey loaded;
        try {
            loaded = source.load(now);
        } catch (FileProblem e) {
            throw TokenErrors.unusable("The certificate " + name + " cannot be read: " + e.reason());
        } catch (DefenderException e) {
            // a password from a file of its own, which says what is wrong with that
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
                    + loaded.key().getAlgorithm() + ", but the authority takes RSA keys only");
        }
        if (!KeyBundle.belong(key, loaded.chain().get(0))) {
            throw TokenErrors.unusable("The key does not belong to the first certificate " + name
                    + ": put the application's certificate first and its issuers behind it");
        }
        return loaded;
    }

    @Override
    public String toString() {
        return name;
    }
}
