package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.Der;
import io.github.defenderreactive.runtime.internal.FileProblem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives keys from passwords (RFC 8018, RFC 7292 appendix B). The JDK derives them from characters, in one encoding
 * only.
 */
final class KeyDerivation {

    /** More iterations would take minutes; programs use thousands. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final String PBKDF2 = "1.2.840.113549.1.5.12";

    /** The names of keyed digests in the JDK. */
    private static final Map<String, String> HMACS = Map.ofEntries(
            Map.entry("1.2.840.113549.2.6", "HmacMD5"),
            Map.entry("1.2.840.113549.2.7", "HmacSHA1"),
            Map.entry("1.2.840.113549.2.8", "HmacSHA224"),
            Map.entry("1.2.840.113549.2.9", "HmacSHA256"),
            Map.entry("1.2.840.113549.2.10", "HmacSHA384"),
            Map.entry("1.2.840.113549.2.11", "HmacSHA512"),
            Map.entry("1.2.840.113549.2.12", "HmacSHA512/224"),
            Map.entry("1.2.840.113549.2.13", "HmacSHA512/256"),
            Map.entry("2.16.840.1.101.3.4.2.13", "HmacSHA3-224"),
            Map.entry("2.16.840.1.101.3.4.2.14", "HmacSHA3-256"),
            Map.entry("2.16.840.1.101.3.4.2.15", "HmacSHA3-384"),
            Map.entry("2.16.840.1.101.3.4.2.16", "HmacSHA3-512"));

    private KeyDerivation() {}

    /** Rejects iteration counts that would occupy a thread for long. */
    static int validIterations(int iterations) throws FileProblem {
        if (iterations < 1) {
            throw Der.damaged();
        }
        if (iterations > MAX_ITERATIONS) {
            throw new FileProblem("its password would have to be hashed more than " + MAX_ITERATIONS
                    + " times. Rewrite it with fewer iterations");
        }
        return iterations;
    }

    /** Returns the JDK's name of a keyed digest. */
    static String hmac(String objectId) throws FileProblem {
        String name = HMACS.get(objectId);
        if (name == null) {
            throw new FileProblem("its password is hashed with " + objectId
                    + ", which is not supported. Rewrite it with openssl pkcs8 -topk8 -v2 aes-256-cbc");
        }
        return name;
    }

    static Mac mac(String name, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        // an empty key is equivalent to zeros, but the JDK rejects it
        mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
        return mac;
    }

    /** PBKDF2 and its parameters. */
    static final class Pbkdf2 {

        private static final int NOT_STATED = 0;
        private static final int MAX_KEY_BYTES = 128;

        private final byte[] salt;
        private final int iterations;
        private final int statedKeyBytes;
        private final String hmac;

        private Pbkdf2(byte[] salt, int iterations, int statedKeyBytes, String hmac) {
            this.salt = salt;
            this.iterations = iterations;
            this.statedKeyBytes = statedKeyBytes;
            this.hmac = hmac;
        }

        /** Reads the parameters of PBKDF2. */
        static Pbkdf2 of(Der algorithm) throws FileProblem {
            String name = algorithm.member(0).objectId();
            if (!name.equals(PBKDF2)) {
                throw new FileProblem("its password is hashed with " + name
                        + ", which is not supported. Rewrite it with openssl pkcs8 -topk8 -v2 aes-256-cbc");
            }
            List<Der> members = algorithm.member(1).members();
            if (members.size() < 2 || members.get(0).tag() != Der.OCTET_STRING) {
                throw Der.damaged();
            }
            int keyBytes = NOT_STATED;
            String mac = "HmacSHA1";
            for (Der member : members.subList(2, members.size())) {
                if (member.tag() == Der.INTEGER) {
                    keyBytes = member.count();
                } else {
                    mac = hmac(member.member(0).objectId());
                }
            }
            if (keyBytes > MAX_KEY_BYTES) {
                throw Der.damaged();
            }
            return new Pbkdf2(
                    members.get(0).octets(), validIterations(members.get(1).count()), keyBytes, mac);
        }

        /** Returns the stated length of the key, or the given one if none is stated. */
        int keyBytes(int otherwise) {
            return statedKeyBytes == NOT_STATED ? otherwise : statedKeyBytes;
        }

        byte[] key(byte[] password, int length) throws GeneralSecurityException {
            Mac prf = mac(hmac, password);
            byte[] key = new byte[length];
            int done = 0;
            for (int block = 1; done < length; block++) {
                prf.update(salt);
                byte[] round = prf.doFinal(new byte[] {0, 0, 0, (byte) block});
                byte[] sum = round.clone();
                for (int i = 1; i < iterations; i++) {
                    round = prf.doFinal(round);
                    for (int j = 0; j < sum.length; j++) {
                        sum[j] ^= round[j];
                    }
                }
                int taken = Math.min(sum.length, length - done);
                System.arraycopy(sum, 0, key, done, taken);
                done += taken;
            }
            return key;
        }
    }

    /** Derives by PBKDF1: one digest, from which keys of 8 bytes and their initial value are cut. */
    static byte[] pbkdf1(String digest, byte[] password, byte[] salt, int iterations) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance(digest);
        hash.update(password);
        byte[] derived = hash.digest(salt);
        for (int i = 1; i < iterations; i++) {
            derived = hash.digest(derived);
        }
        return derived;
    }

    /**
     * Derives by the scheme of OpenSSL for older PEM: chained digests, with the beginning of the initial value as salt.
     */
    static byte[] oldPem(byte[] password, byte[] iv, int length) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] last = {};
        for (int done = 0; done < length; done += last.length) {
            hash.update(last);
            hash.update(password);
            hash.update(iv, 0, 8);
            last = hash.digest();
            System.arraycopy(last, 0, key, done, Math.min(last.length, length - done));
        }
        return key;
    }

    /** The derivation of PKCS#12. */
    static final class Wide {

        static final int KEY = 1;
        static final int IV = 2;
        static final int MAC = 3;

        private final String digest;
        private final byte[] password;
        private final byte[] salt;
        private final int iterations;

        Wide(String digest, byte[] password, byte[] salt, int iterations) {
            this.digest = digest;
            this.password = password;
            this.salt = salt;
            this.iterations = iterations;
        }

        /** Derives bytes for one of the purposes. */
        byte[] bytes(int purpose, int length) throws GeneralSecurityException {
            MessageDigest hash = MessageDigest.getInstance(digest);
            int block = digest.equals("SHA-384") || digest.startsWith("SHA-512") ? 128 : 64;
            byte[] diversifier = new byte[block];
            Arrays.fill(diversifier, (byte) purpose);
            byte[] saltBlocks = repeated(salt, block);
            byte[] passwordBlocks = repeated(password, block);
            byte[] input = Arrays.copyOf(saltBlocks, saltBlocks.length + passwordBlocks.length);
            System.arraycopy(passwordBlocks, 0, input, saltBlocks.length, passwordBlocks.length);
            byte[] out = new byte[length];
            int done = 0;
            while (done < length) {
                hash.update(diversifier);
                byte[] derived = hash.digest(input);
                for (int i = 1; i < iterations; i++) {
                    derived = hash.digest(derived);
                }
                int taken = Math.min(derived.length, length - done);
                System.arraycopy(derived, 0, out, done, taken);
                done += taken;
                addToEachBlock(input, derived, block);
            }
            return out;
        }

        /** Repeats bytes to fill whole blocks. */
        private static byte[] repeated(byte[] bytes, int block) {
            byte[] filled = new byte[block * ((bytes.length + block - 1) / block)];
            for (int i = 0; i < filled.length; i++) {
                filled[i] = bytes[i % bytes.length];
            }
            return filled;
        }

        private static void addToEachBlock(byte[] input, byte[] derived, int block) {
            for (int start = 0; start < input.length; start += block) {
                int carry = 1;
                for (int i = block - 1; i >= 0; i--) {
                    carry += (input[start + i] & 0xFF) + (derived[i % derived.length] & 0xFF);
                    input[start + i] = (byte) carry;
                    carry >>= 8;
                }
            }
        }
    }
}
