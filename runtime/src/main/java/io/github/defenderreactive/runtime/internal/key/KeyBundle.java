package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.Certificates;
import io.github.defenderreactive.runtime.internal.Der;
import io.github.defenderreactive.runtime.internal.FileProblem;
import io.github.defenderreactive.runtime.internal.GivenText;
import io.github.defenderreactive.runtime.internal.PemBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys and certificates of the files that make up a client certificate. The kind of a file is detected from its
 * bytes, and the certificate of a key from the key; names and order do not matter.
 */
public final class KeyBundle {

    private static final int JKS = 0xFEEDFEED;
    private static final int JCEKS = 0xCECECECE;

    /** The header of a key encrypted by OpenSSL within PEM, with or without line ends. */
    private static final Pattern OLD_ENCRYPTION = Pattern.compile(
            "\\s*Proc-Type:\\s*4\\s*,\\s*ENCRYPTED\\s+DEK-Info:\\s*([\\w-]{1,40})(?:\\s*,\\s*([0-9A-Fa-f]+))?\\s+(.*)",
            Pattern.DOTALL);

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<RSAPrivateKey> keys = new ArrayList<>();

    /** The algorithm of a key that is not supported, or null. */
    private @Nullable String otherKey;

    /** Creates an empty bundle. */
    public KeyBundle() {}

    /**
     * Adds the keys and certificates of a file.
     *
     * @param bytes the content of the file
     * @param password the password of its keys
     * @throws FileProblem if the file cannot be read
     */
    public void add(byte[] bytes, KeyPassword password) throws FileProblem {
        if (bytes.length == 0) {
            throw new FileProblem("it is empty: it contains no CERTIFICATE block and no PRIVATE KEY block");
        }
        String store = keyStore(bytes);
        if (store != null) {
            addStore(store, bytes, password);
        } else if (PemBlock.isIn(bytes)) {
            for (PemBlock block : PemBlock.all(bytes)) {
                add(block, password);
            }
        } else if (bytes[0] == Der.SEQUENCE) {
            addValues(bytes, password);
        } else {
            GivenText.refuseOtherUnicode(bytes);
            byte[] decoded = base64(bytes);
            if (decoded == null) {
                throw unknown(bytes);
            }
            addValues(decoded, password);
        }
    }

    void add(X509Certificate certificate) {
        if (!certificates.contains(certificate)) {
            certificates.add(certificate);
        }
    }

    private static @Nullable String keyStore(byte[] bytes) {
        if (bytes.length < 4) {
            return null;
        }
        int magic = new BigInteger(bytes, 0, 4).intValue();
        return magic == JKS ? "JKS" : magic == JCEKS ? "JCEKS" : null;
    }

    private void addStore(String type, byte[] bytes, KeyPassword password) throws FileProblem {
        char[] word = password.copy();
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(new ByteArrayInputStream(bytes), word);
            for (String alias : Collections.list(store.aliases())) {
                Certificate[] chain = store.getCertificateChain(alias);
                Certificate single = store.getCertificate(alias);
                for (Certificate one : chain == null ? new Certificate[] {single} : chain) {
                    if (one instanceof X509Certificate certificate) {
                        add(certificate);
                    }
                }
                if (store.isKeyEntry(alias)) {
                    addOfStore(store.getKey(alias, word == null ? new char[0] : word));
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw password.mismatch();
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException ? password.mismatch() : Der.damaged();
        } catch (GeneralSecurityException e) {
            throw new FileProblem("it is a Java key store that this JVM cannot read. Convert it with keytool"
                    + " -importkeystore -deststoretype PKCS12");
        } finally {
            if (word != null) {
                Arrays.fill(word, '\0');
            }
        }
    }

    private void addOfStore(@Nullable Key key) {
        if (key instanceof RSAPrivateKey rsa) {
            keys.add(rsa);
        } else if (key instanceof PrivateKey other) {
            otherKey = other.getAlgorithm();
        }
    }

    private void add(PemBlock block, KeyPassword password) throws FileProblem {
        switch (block.label()) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> add(Der.first(block.bytes()), password);
            case "RSA PRIVATE KEY" -> add(Der.first(decryptedIfOld(block, password)), password);
            case "EC PRIVATE KEY" -> otherKey = "EC";
            case "DSA PRIVATE KEY" -> otherKey = "DSA";
            case "OPENSSH PRIVATE KEY" ->
                throw new FileProblem(
                        "its key is in the format of OpenSSH. Convert it with ssh-keygen -p -m PKCS8 -f FILE");
            case "PKCS12" -> new Pkcs12(password, this).read(Der.first(block.bytes()));
            default -> Certificates.of(block).forEach(this::add);
        }
    }

    private static byte[] decryptedIfOld(PemBlock block, KeyPassword password) throws FileProblem {
        String content = block.content();
        Matcher encrypted = OLD_ENCRYPTION.matcher(content);
        if (!encrypted.matches()) {
            return block.bytes();
        }
        String iv = encrypted.group(2);
        return PasswordCipher.decryptOldPem(
                encrypted.group(1),
                iv == null || iv.length() % 2 != 0
                        ? new byte[0]
                        : HexFormat.of().parseHex(iv),
                block.decoded(encrypted.group(3)),
                password);
    }

    private void addValues(byte[] bytes, KeyPassword password) throws FileProblem {
        for (Der value : Der.all(bytes)) {
            if (Pkcs12.is(value)) {
                new Pkcs12(password, this).read(value);
            } else if (Certificates.isBundle(value)) {
                Certificates.ofBundle(value).forEach(this::add);
            } else if (isCertificate(value)) {
                add(Certificates.one(value));
            } else {
                add(value, password);
            }
        }
    }

    private static boolean isCertificate(Der value) throws FileProblem {
        List<Der> members = value.members();
        return members.size() == 3
                && members.get(0).isCollection()
                && members.get(1).isCollection()
                && members.get(2).tag() == Der.BIT_STRING;
    }

    /** Adds a key in any of its formats. */
    void add(Der value, KeyPassword password) throws FileProblem {
        List<Der> members = value.members();
        if (members.size() == 2 && members.get(0).isCollection()) {
            byte[] plain = PasswordCipher.decrypt(members.get(0), members.get(1).octets(), password);
            addPlain(Der.first(plain));
        } else {
            addPlain(value);
        }
    }

    private void addPlain(Der value) throws FileProblem {
        RsaKey key = RsaKey.of(value);
        if (key.isRsa()) {
            keys.add(key.read());
        } else {
            otherKey = key.algorithm();
        }
    }

    /** Decodes PKCS#12 that a secret store returned as Base64 text. */
    private static byte @Nullable [] base64(byte[] bytes) {
        String text =
                GivenText.of(new String(bytes, StandardCharsets.ISO_8859_1)).replaceAll("\\s+", "");
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return decoded.length > 0 && decoded[0] == Der.SEQUENCE ? decoded : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static FileProblem unknown(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith("PuTTY-User-Key-File")
                ? new FileProblem(
                        "its key is in the format of PuTTY. Export it with puttygen FILE -O private-openssh-new, then"
                                + " convert it with ssh-keygen -p -m PKCS8 -f FILE")
                : new FileProblem(
                        "it contains no CERTIFICATE block and no PRIVATE KEY block of PEM, and is neither DER,"
                                + " PKCS#12, PKCS#7 nor a Java key store");
    }

    /**
     * Returns a key with its certificate; of several, one that is valid now.
     *
     * @param now the current time
     * @return the key and its certificate
     * @throws FileProblem if there is no such key
     */
    public CertifiedKey select(Instant now) throws FileProblem {
        if (keys.isEmpty()) {
            throw otherKey == null
                    ? new FileProblem((certificates.isEmpty()
                                    ? "it contains no CERTIFICATE block and no PRIVATE KEY block"
                                    : "it contains no PRIVATE KEY block and no private key in another format")
                            + ". Put the certificate and its key into the file")
                    : new FileProblem(
                            "its key is of the kind " + otherKey + ", but the authority accepts RSA keys only");
        }
        if (certificates.isEmpty()) {
            throw new FileProblem(
                    "it contains no CERTIFICATE block and no certificate in another format. Put the certificate of"
                            + " its key into the file");
        }
        CertifiedKey best = null;
        for (RSAPrivateKey key : keys) {
            for (X509Certificate certificate : certificates) {
                if (belong(key, certificate)
                        && (best == null || isBetter(certificate, best.chain().get(0), now))) {
                    best = new CertifiedKey(chain(certificate), key);
                }
            }
        }
        if (best == null) {
            throw new FileProblem("its private key does not belong to "
                    + (certificates.size() == 1
                            ? "its certificate"
                            : "any of its " + certificates.size() + " certificates")
                    + ". Put the certificate of this key into the file");
        }
        return best;
    }

    /**
     * Returns whether a certificate contains the public part of a key.
     *
     * @param key the key
     * @param certificate the certificate
     * @return true if they belong together
     */
    public static boolean belong(RSAPrivateKey key, X509Certificate certificate) {
        return certificate.getPublicKey() instanceof RSAPublicKey other
                && other.getModulus().equals(key.getModulus());
    }

    private static boolean isBetter(X509Certificate one, X509Certificate best, Instant now) {
        if (isValid(one, now) || isValid(best, now)) {
            return isValid(one, now) && !isValid(best, now);
        }
        return one.getNotAfter().toInstant().isAfter(best.getNotAfter().toInstant());
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private List<X509Certificate> chain(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        X509Certificate issuer = issuer(leaf);
        while (issuer != null && !chain.contains(issuer)) {
            chain.add(issuer);
            issuer = issuer(issuer);
        }
        return List.copyOf(chain);
    }

    private @Nullable X509Certificate issuer(X509Certificate of) {
        for (X509Certificate certificate : certificates) {
            if (certificate.getSubjectX500Principal().equals(of.getIssuerX500Principal()) && signed(certificate, of)) {
                return certificate;
            }
        }
        return null;
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "KeyBundle[" + keys.size() + " keys, " + certificates.size() + " certificates]";
    }
}
