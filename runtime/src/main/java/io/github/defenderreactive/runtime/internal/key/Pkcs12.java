package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.Certificates;
import io.github.defenderreactive.runtime.internal.Der;
import io.github.defenderreactive.runtime.internal.FileProblem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;

/**
 * Reads PKCS#12 (RFC 7292), as Windows, OpenSSL, the JDK and secret stores write it: with or without encryption, with
 * or without a checksum, under any password. The JDK reads neither keys that are not encrypted nor passwords beyond
 * ASCII.
 */
final class Pkcs12 {

    private static final String DATA = "1.2.840.113549.1.7.1";
    private static final String ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    private static final String KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    private static final String SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    private static final String CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
    private static final String BAG_OF_BAGS = "1.2.840.113549.1.12.10.1.6";
    private static final String X509 = "1.2.840.113549.1.9.22.1";
    private static final String PBMAC1 = "1.2.840.113549.1.5.14";
    private static final int VERSION = 3;

    private static final Map<String, String> DIGESTS = Map.of(
            "1.2.840.113549.2.5", "MD5",
            "1.3.14.3.2.26", "SHA-1",
            "2.16.840.1.101.3.4.2.4", "SHA-224",
            "2.16.840.1.101.3.4.2.1", "SHA-256",
            "2.16.840.1.101.3.4.2.2", "SHA-384",
            "2.16.840.1.101.3.4.2.3", "SHA-512");

    private static final String REWRITE = ". Rewrite it with openssl pkcs12 -export";

    private final KeyPassword password;
    private final KeyBundle to;

    Pkcs12(KeyPassword password, KeyBundle to) {
        this.password = password;
        this.to = to;
    }

    /** Returns whether a value looks like PKCS#12 and not like a key or a certificate. */
    static boolean is(Der value) throws FileProblem {
        List<Der> members = value.members();
        return members.size() >= 2
                && members.get(0).tag() == Der.INTEGER
                && members.get(0).count() == VERSION
                && members.get(1).tag() == Der.SEQUENCE;
    }

    /** Adds the keys and certificates of a value. */
    void read(Der value) throws FileProblem {
        Der safe = value.member(1);
        if (!safe.member(0).objectId().equals(DATA)) {
            throw new FileProblem("it is PKCS#12 that is signed and not protected by a password" + REWRITE);
        }
        byte[] content = safe.member(1).member(0).octets();
        if (value.members().size() > 2) {
            check(value.member(2), content);
        }
        for (Der part : Der.first(content).members()) {
            String kind = part.member(0).objectId();
            switch (kind) {
                case DATA -> bags(Der.first(part.member(1).member(0).octets()));
                case ENCRYPTED_DATA -> bags(Der.first(decrypted(part.member(1).member(0))));
                default ->
                    throw new FileProblem("it is PKCS#12 that is encrypted for a key and not by a password" + REWRITE);
            }
        }
    }

    private byte[] decrypted(Der encryptedData) throws FileProblem {
        Der content = encryptedData.member(1);
        return PasswordCipher.decrypt(content.member(1), content.member(2).octets(), password);
    }

    private void bags(Der bags) throws FileProblem {
        for (Der bag : bags.members()) {
            Der value = bag.member(1).member(0);
            switch (bag.member(0).objectId()) {
                case KEY_BAG, SHROUDED_KEY_BAG -> to.add(value, password);
                case CERTIFICATE_BAG -> certificate(value);
                case BAG_OF_BAGS -> bags(value);
                default -> {
                    // the file may also contain secrets and certificate revocation lists
                }
            }
        }
    }

    private void certificate(Der value) throws FileProblem {
        if (value.member(0).objectId().equals(X509)) {
            to.add(Certificates.one(Der.first(value.member(1).member(0).octets())));
        }
    }

    /** Checks the checksum, which detects a wrong password before anything is decrypted. */
    private void check(Der macData, byte[] content) throws FileProblem {
        Der info = macData.member(0);
        Der algorithm = info.member(0);
        byte[] expected = info.member(1).octets();
        String name = algorithm.member(0).objectId();
        try {
            if (name.equals(PBMAC1)) {
                checkPbmac1(algorithm.member(1), content, expected);
                return;
            }
            String digest = DIGESTS.get(name);
            if (digest == null) {
                // a wrong password is detected at decryption
                return;
            }
            byte[] salt = macData.member(1).octets();
            int iterations = macData.members().size() > 2
                    ? KeyDerivation.validIterations(macData.member(2).count())
                    : 1;
            int length = MessageDigest.getInstance(digest).getDigestLength();
            for (byte[] form : password.wide()) {
                byte[] key =
                        new KeyDerivation.Wide(digest, form, salt, iterations).bytes(KeyDerivation.Wide.MAC, length);
                Mac mac = KeyDerivation.mac("Hmac" + digest.replace("-", ""), key);
                if (MessageDigest.isEqual(mac.doFinal(content), expected)) {
                    return;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new FileProblem("its checksum cannot be computed by this JVM" + REWRITE);
        }
        throw password.mismatch();
    }

    private void checkPbmac1(Der parameters, byte[] content, byte[] expected)
            throws GeneralSecurityException, FileProblem {
        KeyDerivation.Pbkdf2 derivation = KeyDerivation.Pbkdf2.of(parameters.member(0));
        String mac = KeyDerivation.hmac(parameters.member(1).member(0).objectId());
        for (byte[] form : password.bytes()) {
            byte[] key = derivation.key(form, derivation.keyBytes(expected.length));
            if (MessageDigest.isEqual(KeyDerivation.mac(mac, key).doFinal(content), expected)) {
                return;
            }
        }
        throw password.mismatch();
    }
}
