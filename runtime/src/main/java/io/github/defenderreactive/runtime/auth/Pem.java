package io.github.defenderreactive.runtime.auth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads certificates and a private key out of PEM text (RFC 7468). */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** What PKCS#8 puts in front of an RSA key: version 0 and the algorithm. */
    private static final byte[] RSA_IN_PKCS8 = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pem() {}

    static ClientCertificate.Loaded read(String text, char @Nullable [] password)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        PrivateKey key = null;
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String content = blocks.group(2);
            switch (blocks.group(1)) {
                case "CERTIFICATE" -> chain.add(certificate(bytes(content)));
                case "PRIVATE KEY" -> key = key(new PKCS8EncodedKeySpec(bytes(content)));
                case "RSA PRIVATE KEY" -> key = key(new PKCS8EncodedKeySpec(pkcs8(bytes(content))));
                case "ENCRYPTED PRIVATE KEY" -> key = key(decrypted(bytes(content), password));
                case "EC PRIVATE KEY" ->
                    throw new IOException("its key is an EC key, but the authority takes RSA keys only");
                default -> {
                    // other things may stand in the file
                }
            }
        }
        if (chain.isEmpty() || key == null) {
            throw new IOException(chain.isEmpty() ? "it holds no CERTIFICATE block" : "it holds no PRIVATE KEY block");
        }
        return new ClientCertificate.Loaded(List.copyOf(chain), key);
    }

    private static byte[] bytes(String content) throws IOException {
        if (content.contains("Proc-Type:")) {
            throw new IOException("its key is encrypted in the old way; rewrite it with openssl pkcs8 -topk8");
        }
        return Base64.getMimeDecoder().decode(content);
    }

    private static X509Certificate certificate(byte[] bytes) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (InvalidKeySpecException e) {
            try {
                // only to say what it is
                return KeyFactory.getInstance("EC").generatePrivate(encoded);
            } catch (InvalidKeySpecException neither) {
                throw e;
            }
        }
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] bytes, char @Nullable [] password)
            throws IOException, GeneralSecurityException {
        if (password == null) {
            throw new IOException("its key is encrypted and no password is given");
        }
        EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
        // The parameters name the whole algorithm, where the outer name only says that there is one.
        String outer = encrypted.getAlgName();
        String algorithm = outer.equals("PBES2") || outer.startsWith("1.2.840.113549.1.5.13")
                ? encrypted.getAlgParameters().toString()
                : outer;
        PBEKeySpec spec = new PBEKeySpec(password);
        try {
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
                    encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] pkcs8(byte[] rsaKey) {
        byte[] octets = der(OCTET_STRING, rsaKey);
        byte[] content = new byte[RSA_IN_PKCS8.length + octets.length];
        System.arraycopy(RSA_IN_PKCS8, 0, content, 0, RSA_IN_PKCS8.length);
        System.arraycopy(octets, 0, content, RSA_IN_PKCS8.length, octets.length);
        return der(SEQUENCE, content);
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
