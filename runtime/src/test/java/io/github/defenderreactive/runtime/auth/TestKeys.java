package io.github.defenderreactive.runtime.auth;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates, and their keys in each form a file may have. */
public final class TestKeys {

    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    public static final X509Bundle ISSUER = build(new CertificateBuilder()
            .subject("CN=Issuer of the harbour")
            .rsa2048()
            .setIsCertificateAuthority(true));
    public static final X509Bundle RSA =
            issued(new CertificateBuilder().subject("CN=Quayside").rsa2048().notBefore(BEGIN));
    public static final X509Bundle RENEWED = issued(
            new CertificateBuilder().subject("CN=Quayside renewed").rsa2048().notBefore(BEGIN));
    public static final X509Bundle EC =
            issued(new CertificateBuilder().subject("CN=Curve").ecp256().notBefore(BEGIN));
    public static final X509Bundle EXPIRED = issued(new CertificateBuilder()
            .subject("CN=Yesterday")
            .rsa2048()
            .notBefore(TestAuthority.NOW.minusSeconds(7200))
            .notAfter(TestAuthority.NOW.minusSeconds(3600)));
    public static final X509Bundle FUTURE = issued(new CertificateBuilder()
            .subject("CN=Tomorrow")
            .rsa2048()
            .notBefore(TestAuthority.NOW.plusSeconds(3600))
            .notAfter(TestAuthority.NOW.plusSeconds(7200)));

    private TestKeys() {}

    private static X509Bundle issued(CertificateBuilder builder) {
        try {
            return builder.buildIssuedBy(ISSUER);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Bundle build(CertificateBuilder builder) {
        try {
            return builder.notBefore(BEGIN)
                    .notAfter(Instant.parse("2040-01-01T00:00:00Z"))
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static String certificates(X509Bundle bundle) throws Exception {
        StringBuilder out = new StringBuilder();
        for (X509Certificate certificate : bundle.getCertificatePathWithRoot()) {
            out.append(block("CERTIFICATE", certificate.getEncoded()));
        }
        return out.toString();
    }

    public static String pkcs8(X509Bundle bundle) {
        return block("PRIVATE KEY", bundle.getKeyPair().getPrivate().getEncoded());
    }

    /** The RSA key without what PKCS#8 has around it: 26 bytes in front of keys of this size. */
    public static String pkcs1(X509Bundle bundle) {
        byte[] encoded = bundle.getKeyPair().getPrivate().getEncoded();
        return block("RSA PRIVATE KEY", Arrays.copyOfRange(encoded, 26, encoded.length));
    }

    public static String encryptedPkcs8(X509Bundle bundle, String password, String algorithm) throws Exception {
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                (AlgorithmParameterSpec) null);
        byte[] encrypted = cipher.doFinal(bundle.getKeyPair().getPrivate().getEncoded());
        byte[] parameters = cipher.getParameters().getEncoded();
        // The JDK of today cannot write this name itself.
        byte[] info = algorithm.contains("Hmac")
                ? der(0x30, der(0x30, PBES2, parameters), der(0x04, encrypted))
                : new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
        return block("ENCRYPTED PRIVATE KEY", info);
    }

    private static final byte[] PBES2 = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x05, 0x0d
    };

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] one : contents) {
            content.writeBytes(one);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() < 0x80) {
            out.write(content.size());
        } else {
            out.write(0x82);
            out.write(content.size() >> 8);
            out.write(content.size());
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    public static byte[] pkcs12(X509Bundle bundle, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("issuer", ISSUER.getCertificate());
        store.setKeyEntry("own", bundle.getKeyPair().getPrivate(), password.toCharArray(), new X509Certificate[] {
            bundle.getCertificate(), ISSUER.getCertificate()
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, password.toCharArray());
        return out.toByteArray();
    }

    public static String block(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----\n";
    }
}
