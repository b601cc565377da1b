package io.github.defenderreactive.runtime.internal;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads certificates from a file. Its kind is detected from its bytes: PEM, DER or PKCS#7. Keys and comments in it are
 * ignored.
 *
 * @since 0.1.0
 */
public final class Certificates {

    /** Larger than any bundle of public certificate authorities. */
    public static final int MAX_FILE_BYTES = 16 * 1024 * 1024;

    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";

    private Certificates() {}

    /**
     * Reads all certificates.
     *
     * @param bytes the content of the file
     * @return the certificates, at least one
     * @throws FileProblem if the file contains no certificate, or one that cannot be read
     */
    public static List<X509Certificate> read(byte[] bytes) throws FileProblem {
        List<X509Certificate> found = new ArrayList<>();
        if (PemBlock.isIn(bytes)) {
            for (PemBlock block : PemBlock.all(bytes)) {
                found.addAll(of(block));
            }
        } else {
            GivenText.refuseOtherUnicode(bytes);
            if (bytes.length == 0) {
                throw new FileProblem("it is empty");
            }
            if (bytes[0] != Der.SEQUENCE) {
                throw new FileProblem("it contains no certificate: it is neither PEM nor DER");
            }
            for (Der value : Der.all(bytes)) {
                found.addAll(isBundle(value) ? ofBundle(value) : List.of(one(value)));
            }
        }
        if (found.isEmpty()) {
            throw new FileProblem("it contains no certificate");
        }
        return found;
    }

    /**
     * Returns the certificates of a block.
     *
     * @param block the block
     * @return the certificates, empty if the block is of another kind
     * @throws FileProblem if a certificate cannot be read
     */
    public static List<X509Certificate> of(PemBlock block) throws FileProblem {
        if (block.isCertificate()) {
            return List.of(one(Der.first(block.bytes())));
        }
        return block.isBundle() ? ofBundle(Der.first(block.bytes())) : List.of();
    }

    /**
     * Returns whether a value is PKCS#7 with certificates.
     *
     * @param value the value
     * @return false for any other value
     * @throws FileProblem if it is damaged
     */
    public static boolean isBundle(Der value) throws FileProblem {
        List<Der> members = value.members();
        return members.size() == 2
                && members.get(0).tag() == Der.OBJECT_ID
                && members.get(0).objectId().equals(SIGNED_DATA);
    }

    /**
     * Returns the certificates of PKCS#7.
     *
     * @param value the value
     * @return the certificates in its order
     * @throws FileProblem if it is damaged
     */
    public static List<X509Certificate> ofBundle(Der value) throws FileProblem {
        List<X509Certificate> found = new ArrayList<>();
        for (Der member : value.member(1).member(0).members()) {
            if (member.tag() == Der.TAGGED_0) {
                for (Der certificate : member.members()) {
                    if (certificate.tag() == Der.SEQUENCE) {
                        found.add(one(certificate));
                    }
                }
            }
        }
        return found;
    }

    /**
     * Reads one certificate.
     *
     * @param value the encoded certificate
     * @return the certificate
     * @throws FileProblem if the value is not a certificate
     */
    public static X509Certificate one(Der value) throws FileProblem {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(value.encoded()));
        } catch (CertificateException | RuntimeException e) {
            throw new FileProblem("one of its certificates is damaged");
        }
    }
}
