package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.Der;
import io.github.defenderreactive.runtime.internal.FileProblem;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.RC2ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the contents of files that a password protects: PBES1 and PBES2 (RFC 8018), the scheme of PKCS#12 (RFC
 * 7292), and OpenSSL's older encryption of PEM. The JDK does not support all of these, and accepts passwords of ASCII
 * only.
 */
final class PasswordCipher {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String RC2 = "1.2.840.113549.3.2";

    private static final Map<String, Scheme> PBES1 = Map.of(
            "1.2.840.113549.1.5.3", new Scheme("MD5", "DES", 8, 8),
            "1.2.840.113549.1.5.6", new Scheme("MD5", "RC2", 8, 8),
            "1.2.840.113549.1.5.10", new Scheme("SHA-1", "DES", 8, 8),
            "1.2.840.113549.1.5.11", new Scheme("SHA-1", "RC2", 8, 8));

    private static final Map<String, Scheme> PKCS12 = Map.of(
            "1.2.840.113549.1.12.1.1", new Scheme("SHA-1", "ARCFOUR", 16, 0),
            "1.2.840.113549.1.12.1.2", new Scheme("SHA-1", "ARCFOUR", 5, 0),
            "1.2.840.113549.1.12.1.3", new Scheme("SHA-1", "DESede", 24, 8),
            "1.2.840.113549.1.12.1.4", new Scheme("SHA-1", "DESede", 16, 8),
            "1.2.840.113549.1.12.1.5", new Scheme("SHA-1", "RC2", 16, 8),
            "1.2.840.113549.1.12.1.6", new Scheme("SHA-1", "RC2", 5, 8));

    private static final Map<String, Scheme> PBES2_CIPHERS = Map.of(
            "1.3.14.3.2.7", new Scheme("", "DES", 8, 8),
            "1.2.840.113549.3.7", new Scheme("", "DESede", 24, 8),
            "2.16.840.1.101.3.4.1.2", new Scheme("", "AES", 16, 16),
            "2.16.840.1.101.3.4.1.22", new Scheme("", "AES", 24, 16),
            "2.16.840.1.101.3.4.1.42", new Scheme("", "AES", 32, 16));

    private static final Map<String, Scheme> OLD_PEM = Map.of(
            "DES-CBC", new Scheme("MD5", "DES", 8, 8),
            "DES-EDE3-CBC", new Scheme("MD5", "DESede", 24, 8),
            "AES-128-CBC", new Scheme("MD5", "AES", 16, 16),
            "AES-192-CBC", new Scheme("MD5", "AES", 24, 16),
            "AES-256-CBC", new Scheme("MD5", "AES", 32, 16));

    private PasswordCipher() {}

    /** The derivation of a key and its cipher. */
    private static final class Scheme {

        private final String digest;
        private final String cipher;
        private final int keyBytes;
        private final int ivBytes;

        Scheme(String digest, String cipher, int keyBytes, int ivBytes) {
            this.digest = digest;
            this.cipher = cipher;
            this.keyBytes = keyBytes;
            this.ivBytes = ivBytes;
        }

        byte[] decrypt(byte[] key, byte[] iv, byte[] encrypted) throws GeneralSecurityException, FileProblem {
            if (iv.length != ivBytes) {
                throw Der.damaged();
            }
            Cipher engine = Cipher.getInstance(ivBytes == 0 ? cipher : cipher + "/CBC/PKCS5Padding");
            engine.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipher), parameters(key, iv));
            return engine.doFinal(encrypted);
        }

        private @Nullable AlgorithmParameterSpec parameters(byte[] key, byte[] iv) {
            if (ivBytes == 0) {
                return null;
            }
            return cipher.equals("RC2") ? new RC2ParameterSpec(key.length * 8, iv) : new IvParameterSpec(iv);
        }
    }

    /** Decrypts with one encoding of the password. */
    @FunctionalInterface
    private interface Attempt {
        byte[] with(byte[] password) throws GeneralSecurityException, FileProblem;
    }

    /**
     * Decrypts a value that is one sequence of ASN.1, which shows that the password is right.
     *
     * @param algorithm the algorithm of the encryption
     * @throws FileProblem if the password is wrong or missing, or the algorithm is not supported
     */
    static byte[] decrypt(Der algorithm, byte[] encrypted, KeyPassword password) throws FileProblem {
        String name = algorithm.member(0).objectId();
        if (name.equals(PBES2)) {
            Der parameters = algorithm.member(1);
            return firstOf(password, password.bytes(), form -> pbes2(parameters, encrypted, form));
        }
        Scheme scheme = PBES1.get(name);
        if (scheme != null) {
            Salted salted = Salted.of(algorithm.member(1));
            return firstOf(password, password.bytes(), form -> pbes1(scheme, salted, encrypted, form));
        }
        Scheme wide = PKCS12.get(name);
        if (wide != null) {
            Salted salted = Salted.of(algorithm.member(1));
            return firstOf(password, password.wide(), form -> pkcs12(wide, salted, encrypted, form));
        }
        throw unknown(name);
    }

    /**
     * Decrypts a key in OpenSSL's older PEM.
     *
     * @param cipher the name in {@code DEK-Info}
     * @param iv the initial value after the name
     */
    static byte[] decryptOldPem(String cipher, byte[] iv, byte[] encrypted, KeyPassword password) throws FileProblem {
        Scheme scheme = OLD_PEM.get(cipher);
        if (scheme == null) {
            throw unknown(cipher);
        }
        if (iv.length != scheme.ivBytes) {
            throw Der.damaged();
        }
        return firstOf(
                password,
                password.bytes(),
                form -> scheme.decrypt(KeyDerivation.oldPem(form, iv, scheme.keyBytes), iv, encrypted));
    }

    private static byte[] firstOf(KeyPassword password, List<byte[]> forms, Attempt attempt) throws FileProblem {
        for (byte[] form : forms) {
            try {
                byte[] plain = attempt.with(form);
                if (Der.isSequence(plain)) {
                    return plain;
                }
            } catch (BadPaddingException e) {
                // not this encoding
            } catch (IllegalBlockSizeException e) {
                throw Der.damaged();
            } catch (NoSuchAlgorithmException | NoSuchPaddingException | InvalidKeyException e) {
                throw new FileProblem(
                        "it is encrypted in a way that this JVM cannot decrypt; rewrite it with a newer cipher:"
                                + " openssl pkcs8 -topk8 -v2 aes-256-cbc");
            } catch (InvalidAlgorithmParameterException e) {
                throw Der.damaged();
            } catch (GeneralSecurityException e) {
                // not this encoding
            }
        }
        throw password.mismatch();
    }

    private static FileProblem unknown(String algorithm) {
        return new FileProblem("it is encrypted with " + algorithm + ", which is not supported. Rewrite a key with"
                + " openssl pkcs8 -topk8 -v2 aes-256-cbc, and PKCS#12 with openssl pkcs12 -export");
    }

    private static byte[] pbes2(Der parameters, byte[] encrypted, byte[] password)
            throws GeneralSecurityException, FileProblem {
        Der encryption = parameters.member(1);
        String cipher = encryption.member(0).objectId();
        Scheme scheme = PBES2_CIPHERS.get(cipher);
        KeyDerivation.Pbkdf2 derivation = KeyDerivation.Pbkdf2.of(parameters.member(0));
        if (scheme != null) {
            byte[] iv = encryption.member(1).octets();
            return scheme.decrypt(derivation.key(password, scheme.keyBytes), iv, encrypted);
        }
        if (!cipher.equals(RC2)) {
            throw unknown(cipher);
        }
        List<Der> version = encryption.member(1).members();
        Scheme rc2 = new Scheme("", "RC2", derivation.keyBytes(16), 8);
        return rc2.decrypt(
                derivation.key(password, rc2.keyBytes),
                version.isEmpty()
                        ? encryption.member(1).octets()
                        : version.get(version.size() - 1).octets(),
                encrypted);
    }

    private static byte[] pbes1(Scheme scheme, Salted salted, byte[] encrypted, byte[] password)
            throws GeneralSecurityException, FileProblem {
        byte[] derived = KeyDerivation.pbkdf1(scheme.digest, password, salted.salt, salted.iterations);
        byte[] key = Arrays.copyOf(derived, 8);
        byte[] iv = Arrays.copyOfRange(derived, 8, 16);
        return scheme.decrypt(key, iv, encrypted);
    }

    private static byte[] pkcs12(Scheme scheme, Salted salted, byte[] encrypted, byte[] password)
            throws GeneralSecurityException, FileProblem {
        KeyDerivation.Wide derivation = new KeyDerivation.Wide(scheme.digest, password, salted.salt, salted.iterations);
        byte[] key = derivation.bytes(KeyDerivation.Wide.KEY, scheme.keyBytes);
        if (scheme.cipher.equals("DESede") && key.length == 16) {
            // two keys, the first of which is used twice
            key = Arrays.copyOf(key, 24);
            System.arraycopy(key, 0, key, 16, 8);
        }
        byte[] iv = derivation.bytes(KeyDerivation.Wide.IV, scheme.ivBytes);
        return scheme.decrypt(key, iv, encrypted);
    }

    /** Salt and iterations of PBES1 and PKCS#12. */
    private static final class Salted {

        private final byte[] salt;
        private final int iterations;

        private Salted(byte[] salt, int iterations) {
            this.salt = salt;
            this.iterations = iterations;
        }

        static Salted of(Der parameters) throws FileProblem {
            return new Salted(
                    parameters.member(0).octets(),
                    KeyDerivation.validIterations(parameters.member(1).count()));
        }
    }
}
