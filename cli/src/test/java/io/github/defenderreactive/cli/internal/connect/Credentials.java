package io.github.defenderreactive.cli.internal.connect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Files with credentials, in each format that the command accepts. */
final class Credentials {

    static final String ISSUER = "https://cluster.harbour.example";
    static final String SUBJECT = "system:serviceaccount:quay:sync";

    private static final String ALGORITHM = "PBEWithSHA1AndDESede";

    private Credentials() {}

    static X509Bundle certificate(String subject, Instant end) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + subject)
                .rsa2048()
                .setIsCertificateAuthority(true)
                .notBefore(end.minusSeconds(86_400))
                .notAfter(end)
                .buildSelfSigned();
    }

    static Path pem(Path folder, X509Bundle certificate) throws IOException {
        return Files.writeString(
                folder.resolve("identity.pem"), certificate.getCertificatePEM() + certificate.getPrivateKeyPEM());
    }

    static Path encryptedPem(Path folder, X509Bundle certificate, String password)
            throws IOException, GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(ALGORITHM).generateSecret(new PBEKeySpec(password.toCharArray())),
                (AlgorithmParameterSpec) null);
        byte[] key = new EncryptedPrivateKeyInfo(
                        cipher.getParameters(),
                        cipher.doFinal(certificate.getKeyPair().getPrivate().getEncoded()))
                .getEncoded();
        return Files.writeString(
                folder.resolve("encrypted.pem"),
                certificate.getCertificatePEM() + "\n-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                        + "\n-----END ENCRYPTED PRIVATE KEY-----\n");
    }

    static Path pkcs12(Path folder, X509Bundle certificate, String password)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", certificate.getKeyPair().getPrivate(), password.toCharArray(), new Certificate[] {
            certificate.getCertificate()
        });
        Path file = folder.resolve("identity.pfx");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }

    /** Writes a token as a cluster provides it to its pods. */
    static Path federatedToken(Path folder, X509Bundle signer, String subject) throws IOException, JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .audience("api://AzureADTokenExchange")
                        .issuer(ISSUER)
                        .subject(subject)
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                        .build());
        jwt.sign(new RSASSASigner(signer.getKeyPair().getPrivate()));
        return Files.writeString(folder.resolve("federated.jwt"), jwt.serialize() + "\n");
    }
}
