package io.github.defenderreactive.runtime.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its private key, by which an application proves its identity. A file is read again at each token
 * request, so that a renewed certificate works without a restart. Thread-safe; shows no key.
 *
 * @since 0.1.0
 */
public final class ClientCertificate {

    private final String name;
    private final Source source;

    private ClientCertificate(String name, Source source) {
        this.name = name;
        this.source = source;
    }

    /** Certificate, its issuers behind it, and the key. */
    record Loaded(List<X509Certificate> chain, PrivateKey key) {

        @Override
        public String toString() {
            return "Loaded[" + chain.get(0).getSubjectX500Principal() + "]";
        }
    }

    @FunctionalInterface
    private interface Source {
        Loaded load() throws IOException, GeneralSecurityException;
    }

    /**
     * A certificate and its key in one PEM file, or in two.
     *
     * @param files {@code CERTIFICATE} blocks, the application's own first and its issuers behind it, and one
     *     {@code PRIVATE KEY} or {@code RSA PRIVATE KEY} block
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate pem(Path... files) {
        return pem(List.of(files), null);
    }

    /**
     * As {@link #pem(Path...)}, with a key that is encrypted.
     *
     * @param password the password of the {@code ENCRYPTED PRIVATE KEY} block; asked at each token request, and copied:
     *     the copy is wiped after it; may block
     * @param files the files
     * @return the certificate
     * @throws IllegalArgumentException if no file is given
     */
    public static ClientCertificate encryptedPem(Supplier<char[]> password, Path... files) {
        return pem(List.of(files), Objects.requireNonNull(password, "password"));
    }

    private static ClientCertificate pem(List<Path> files, @Nullable Supplier<char[]> password) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("No file is given");
        }
        return new ClientCertificate(
                "in " + files.get(0),
                () -> secretly(password, word -> {
                    StringBuilder text = new StringBuilder();
                    for (Path file : files) {
                        text.append(Files.readString(file)).append('\n');
                    }
                    return Pem.read(text.toString(), word);
                }));
    }

    /**
     * A certificate and its key in a PKCS#12 file ({@code .pfx}, {@code .p12}). Of several keys the first one is taken.
     *
     * @param file the file
     * @param password its password; asked at each token request, and copied: the copy is wiped after it; may block
     * @return the certificate
     */
    public static ClientCertificate pkcs12(Path file, Supplier<char[]> password) {
        Objects.requireNonNull(password, "password");
        return new ClientCertificate(
                "in " + file, () -> secretly(password, word -> readPkcs12(Files.readAllBytes(file), word)));
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
        Loaded loaded = new Loaded(List.copyOf(chain), Objects.requireNonNull(key, "key"));
        return new ClientCertificate("of " + certificate.getSubjectX500Principal(), () -> loaded);
    }

    /** Reads it as it is now; blocks. */
    Loaded load() {
        Loaded loaded;
        try {
            loaded = source.load();
        } catch (NoSuchFileException e) {
            throw TokenErrors.unusable("The certificate " + name + " cannot be read: there is no file " + e.getFile());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // A wrong password of a PKCS#12 file is an I/O error, broken Base64 an illegal argument.
            throw TokenErrors.unusable("The certificate " + name + " cannot be read: " + e.getMessage()
                    + ". Check its format and password");
        }
        if (!(loaded.key() instanceof RSAPrivateKey key)) {
            throw TokenErrors.unusable("The key of the certificate " + name + " is "
                    + loaded.key().getAlgorithm() + ", but the authority takes RSA keys only");
        }
        if (!(loaded.chain().get(0).getPublicKey() instanceof RSAPublicKey other)
                || !other.getModulus().equals(key.getModulus())) {
            throw TokenErrors.unusable("The key does not belong to the first certificate " + name
                    + ": put the application's certificate first and its issuers behind it");
        }
        return loaded;
    }

    @FunctionalInterface
    private interface Reading {
        Loaded with(char @Nullable [] password) throws IOException, GeneralSecurityException;
    }

    private static Loaded secretly(@Nullable Supplier<char[]> password, Reading reading)
            throws IOException, GeneralSecurityException {
        char[] word = password == null ? null : password.get().clone();
        try {
            return reading.with(word);
        } finally {
            if (word != null) {
                Arrays.fill(word, '\0');
            }
        }
    }

    private static Loaded readPkcs12(byte[] bytes, char @Nullable [] password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            store.load(in, password);
        }
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] certificates = store.getCertificateChain(alias);
            if (certificates != null && store.getKey(alias, password) instanceof PrivateKey key) {
                List<X509Certificate> chain = new ArrayList<>();
                for (Certificate certificate : certificates) {
                    chain.add((X509Certificate) certificate);
                }
                return new Loaded(List.copyOf(chain), key);
            }
        }
        throw new IOException("it holds no private key");
    }

    @Override
    public String toString() {
        return name;
    }
}
