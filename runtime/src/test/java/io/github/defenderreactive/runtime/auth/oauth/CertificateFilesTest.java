package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.oauth.KeyFiles.BEYOND_ASCII;
import static io.github.defenderreactive.runtime.auth.oauth.KeyFiles.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.SneakyThrow;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.key.CertifiedKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of certificates as the programs of others write them, and as people treat them. */
class CertificateFilesTest {

    private static final String WRONG = "tide-table";

    @TempDir
    private Path directory;

    private Path file(byte[] content) throws Exception {
        return Files.write(Files.createTempFile(directory, "file", ".any"), content);
    }

    private Path file(String content) throws Exception {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private static CertifiedKey load(String password, Path... files) {
        return ClientCertificate.encryptedFiles(password::toCharArray, files).load();
    }

    private static void assertLeaf(CertifiedKey loaded) {
        assertThat(loaded.chain()).containsExactly(KeyFiles.LEAF, KeyFiles.ISSUER, KeyFiles.ROOT);
        assertThat(((RSAPrivateCrtKey) loaded.key()).getPublicExponent()).isEqualTo(65537);
    }

    private AuthenticationException refused(String password, Path... files) {
        ClientCertificate certificate = password == null
                ? ClientCertificate.files(files)
                : ClientCertificate.encryptedFiles(password::toCharArray, files);
        AuthenticationException[] seen = new AuthenticationException[1];
        assertThatThrownBy(certificate::load)
                .isInstanceOfSatisfying(AuthenticationException.class, error -> seen[0] = error)
                .hasMessageContaining(files[0].toString());
        if (password != null && !password.isEmpty()) {
            assertThat(seen[0]).hasMessageNotContaining(password);
        }
        return seen[0];
    }

    private static Stream<String> keysUnderAPassword() {
        return KeyFiles.names().stream()
                .filter(name -> name.startsWith("p8-") || name.startsWith("v1-"))
                .filter(name -> !name.equals("p8-scrypt"));
    }

    @ParameterizedTest
    @MethodSource("keysUnderAPassword")
    void shouldReadAKeyUnderAnyCipherAndAPasswordBeyondAscii(String name) throws Exception {
        Path pem = file(KeyFiles.pem("ENCRYPTED PRIVATE KEY", name) + KeyFiles.certificates());
        assertLeaf(load(BEYOND_ASCII, pem));
        assertLeaf(load(BEYOND_ASCII, file(KeyFiles.bytes(name)), file(KeyFiles.certificates())));
        assertThat(refused(WRONG, pem)).hasMessageContaining("the password is wrong");
        assertThat(refused(null, pem)).hasMessageContaining("encrypted and no password is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"old-des", "old-des3", "old-aes128", "old-aes192", "old-aes256", "old-cut"})
    void shouldReadAKeyOfOlderPem(String name) throws Exception {
        String key = new String(KeyFiles.bytes(name), StandardCharsets.US_ASCII);
        assertThat(key).contains("Proc-Type: 4,ENCRYPTED");
        Path pem = file(key + KeyFiles.certificates());
        assertLeaf(load(BEYOND_ASCII, pem));
        assertThat(refused(WRONG, pem)).hasMessageContaining("the password is wrong");
        assertThat(refused(null, pem)).hasMessageContaining("encrypted and no password is given");
        assertLeaf(load(BEYOND_ASCII, file(key.replace("\n", " ") + KeyFiles.certificates())));
    }

    @ParameterizedTest
    @CsvSource({
        "pfx-default,false",
        "pfx-default-beyond,true",
        "pfx-legacy,false",
        "pfx-legacy-beyond,true",
        "pfx-plain-mac,false",
        "pfx-nomac,true",
        "pfx-sha512,true",
        "pfx-3des,true",
        "pfx-descert,true",
        "jdk-pfx,false",
        "jdk-pfx-two,false",
        "bc-pfx-beyond,true",
        "bc-pfx-aes-beyond,true",
        "jks,true"
    })
    void shouldReadAStoreUnderAPassword(String name, boolean beyondAscii) throws Exception {
        byte[] bytes = KeyFiles.bytes(name);
        Path store = file(bytes);
        CertifiedKey loaded = load(beyondAscii ? BEYOND_ASCII : PASSWORD, store);
        if (name.endsWith("two")) {
            assertThat(loaded.chain().get(0)).isIn(KeyFiles.LEAF, KeyFiles.SECOND);
        } else {
            assertLeaf(loaded);
        }
        assertThat(refused(WRONG, store)).hasMessageContaining("the password is wrong");
        assertThat(refused(null, store)).hasMessageContaining("no password is given");
        if (!name.startsWith("bc")) {
            assertThat(refused(PASSWORD, file(Arrays.copyOf(bytes, bytes.length - 100))))
                    .hasMessageContaining("it is damaged or truncated");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pfx-plain", "pfx-empty", "pfx-legacy-empty"})
    void shouldReadPkcs12WithoutAPassword(String name) throws Exception {
        Path store = file(KeyFiles.bytes(name));
        assertLeaf(load("", store));
        assertLeaf(ClientCertificate.files(store).load());
        assertLeaf(ClientCertificate.pkcs12(store, () -> null).load());
    }

    @Test
    void shouldAskForThePasswordOnlyWhereOneIsNeeded() throws Exception {
        ClientCertificate plain = ClientCertificate.encryptedFiles(
                () -> {
                    throw new AssertionError("no password is needed");
                },
                file(KeyFiles.bytes("pfx-plain")));
        assertLeaf(plain.load());
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-pkcs1", "key-pkcs8"})
    void shouldReadFilesOfDer(String name) throws Exception {
        Path key = file(KeyFiles.bytes(name));
        ByteArrayOutputStream certificates = new ByteArrayOutputStream();
        for (String one : List.of("crt-root", "crt-mid", "crt-leaf")) {
            certificates.writeBytes(KeyFiles.bytes(one));
        }
        assertLeaf(
                ClientCertificate.files(key, file(certificates.toByteArray())).load());
        assertLeaf(ClientCertificate.files(file(KeyFiles.bytes("p7b")), key).load());
        assertLeaf(
                ClientCertificate.files(file(KeyFiles.pem("PKCS7", "p7b")), key).load());
    }

    @Test
    void shouldFindTheLeafByItsKeyInAnyOrder() throws Exception {
        String key = KeyFiles.pem("PRIVATE KEY", "key-pkcs8");
        String leaf = KeyFiles.pem("CERTIFICATE", "crt-leaf");
        String issuer = KeyFiles.pem("CERTIFICATE", "crt-mid");
        String root = KeyFiles.pem("CERTIFICATE", "crt-root");
        String other = KeyFiles.pem("CERTIFICATE", "crt-second");
        for (String content : List.of(
                root + issuer + leaf + key,
                issuer + key + root + leaf,
                key + other + root + leaf + issuer,
                leaf + leaf + issuer + key + root)) {
            assertLeaf(ClientCertificate.pem(file(content)).load());
        }
    }

    @Test
    void shouldTakeTheCertificateThatIsValidNow() throws Exception {
        String ended = TestKeys.certificates(TestKeys.EXPIRED) + TestKeys.pkcs8(TestKeys.EXPIRED);
        String valid = TestKeys.certificates(TestKeys.RSA) + TestKeys.pkcs8(TestKeys.RSA);
        String future = TestKeys.certificates(TestKeys.FUTURE) + TestKeys.pkcs8(TestKeys.FUTURE);
        Instant now = TestAuthority.NOW;
        for (String content : List.of(ended + valid + future, future + valid + ended)) {
            assertThat(ClientCertificate.pem(file(content)).load(now).chain().get(0))
                    .isEqualTo(TestKeys.RSA.getCertificate());
        }
        // where none is valid, the message about it names the last one
        assertThat(ClientCertificate.pem(file(ended)).load(now).chain().get(0))
                .isEqualTo(TestKeys.EXPIRED.getCertificate());
    }

    @Test
    void shouldReadWhatEditorsAndStoresOfSecretsMakeOfPem() throws Exception {
        String pem = KeyFiles.pem("RSA PRIVATE KEY", "key-pkcs1") + KeyFiles.certificates();
        String bom = "\uFEFF";
        for (String content : List.of(
                bom + pem,
                pem.replace("\n", "\r\n"),
                pem.replace("\n", "\r"),
                pem.replace("\n", " "),
                pem.replace("\n", "\\n"),
                pem.replace("-----END", "  \t\n-----END").replace("\n", "\n   "),
                "Bag Attributes\n    friendlyName: d\u00fcne\nsubject=/CN=x\n"
                        + pem.replace("-----BEGIN", "between\n-----BEGIN"),
                bom + KeyFiles.certificates() + bom + KeyFiles.pem("PRIVATE KEY", "key-pkcs8"),
                KeyFiles.certificates().replace(" CERTIFICATE", " TRUSTED CERTIFICATE")
                        + KeyFiles.pem("PRIVATE KEY", "key-pkcs8"))) {
            assertLeaf(ClientCertificate.pem(file(content)).load());
        }
    }

    @Test
    void shouldReadPkcs12ThatAStoreOfSecretsGivesAsText() throws Exception {
        String text = Base64.getEncoder().encodeToString(KeyFiles.bytes("pfx-empty"));
        assertLeaf(ClientCertificate.files(file(text + "\n")).load());
        assertLeaf(ClientCertificate.files(file(Base64.getMimeEncoder().encodeToString(KeyFiles.bytes("pfx-empty"))))
                .load());
    }

    @Test
    void shouldTakeLineEndsAndByteOrderMarksOffThePassword() throws Exception {
        Path store = file(KeyFiles.bytes("pfx-default-beyond"));
        for (String password :
                List.of("\uFEFF" + BEYOND_ASCII, BEYOND_ASCII + "\r\n", "\u00EF\u00BB\u00BF" + BEYOND_ASCII)) {
            assertLeaf(load(password, store));
        }
        assertThat(refused(BEYOND_ASCII + " ", store)).hasMessageContaining("the password is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void shouldNameUtf16(String charset) throws Exception {
        String pem = KeyFiles.certificates() + KeyFiles.pem("PRIVATE KEY", "key-pkcs8");
        assertThat(refused(null, file(pem.getBytes(charset))))
                .hasMessageContaining("it is UTF-16")
                .hasMessageContaining("save it as UTF-8");
    }

    @Test
    void shouldSayWhatIsWrong() throws Exception {
        String key = KeyFiles.pem("PRIVATE KEY", "key-pkcs8");
        String certificates = KeyFiles.certificates();
        assertRefused(file(""), "it is empty");
        assertRefused(file(new byte[] {7, 7, 7}), "neither DER, PKCS#12, PKCS#7 nor a Java key store");
        assertRefused(file(certificates), "no PRIVATE KEY block", "Put the certificate and its key into the file");
        assertRefused(file(KeyFiles.bytes("crt-leaf")), "no private key in another format");
        assertRefused(file(KeyFiles.bytes("p7b")), "no private key in another format");
        assertRefused(file(key), "no CERTIFICATE block", "Put the certificate of its key into the file");
        assertRefused(file(key + KeyFiles.pem("CERTIFICATE", "crt-second")), "does not belong to its certificate");
        assertRefused(
                file(key + KeyFiles.pem("CERTIFICATE", "crt-second") + KeyFiles.pem("CERTIFICATE", "crt-root")),
                "does not belong to any of its 2 certificates");
        assertRefused(
                file(certificates + KeyFiles.pem("ENCRYPTED PRIVATE KEY", "p8-scrypt")),
                "which is not supported",
                "openssl pkcs8 -topk8");
        String camellia = new String(KeyFiles.bytes("old-camellia256"), StandardCharsets.US_ASCII);
        assertRefused(file(camellia + certificates), "CAMELLIA-256-CBC", "openssl pkcs8 -topk8");
        assertRefused(
                file(TestKeys.block("OPENSSH PRIVATE KEY", new byte[40]) + certificates), "ssh-keygen -p -m PKCS8 -f");
        assertRefused(file("PuTTY-User-Key-File-3: ssh-rsa\n"), "puttygen");
        assertRefused(
                file(key.substring(0, 400) + "\n" + certificates), "BEGIN PRIVATE KEY has no END: it is truncated");
        assertRefused(file(certificates + key.substring(0, 400)), "BEGIN PRIVATE KEY has no END: it is truncated");
        assertRefused(file(key.replace("MII", "M*I") + certificates), "BEGIN PRIVATE KEY is damaged");
        assertRefused(file(key + certificates.replaceFirst("MII", "AAA")), "one of its certificates is damaged");
        assertRefused(directory, "is a directory");
        assertRefused(directory.resolve("none"), "there is no file");
    }

    private void assertRefused(Path file, String... words) {
        AuthenticationException error = refused(PASSWORD, file);
        for (String one : words) {
            assertThat(error).hasMessageContaining(one);
        }
    }

    /** Whatever byte is wrong, it is refused with a message or does not matter, in short time. */
    @ParameterizedTest
    @ValueSource(strings = {"pfx-plain", "pfx-nomac", "key-pkcs1", "p7b", "jks", "v1-PBE-MD5-DES"})
    void shouldSurviveAnyWrongByte(String name) throws Exception {
        byte[] bytes = KeyFiles.bytes(name);
        Path broken = directory.resolve("broken");
        Path others = file(KeyFiles.certificates());
        for (int i = 0; i < bytes.length; i += 1 + i / 8) {
            for (int wrong : new int[] {0x00, 0x80, 0xFF}) {
                byte[] changed = bytes.clone();
                changed[i] = (byte) wrong;
                Files.write(broken, changed);
                try {
                    load(BEYOND_ASCII, broken, others);
                } catch (AuthenticationException e) {
                    assertThat(e).hasMessageContaining(broken.toString()).hasMessageNotContaining("Error");
                }
            }
        }
    }

    @Test
    void shouldRefuseALongFileBeforeItIsRead() throws Exception {
        Path huge = directory.resolve("huge");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertThat(refused(null, huge)).hasMessageContaining("longer than the 1048576 bytes");
    }

    @Test
    void shouldEndWithWhateverThePasswordsSourceThrows() throws Exception {
        Path store = file(KeyFiles.bytes("pfx-default"));
        for (Throwable thrown :
                List.of(new IllegalStateException("vault closed"), new StackOverflowError(), new OutOfMemoryError())) {
            ClientCertificate certificate = ClientCertificate.encryptedFiles(
                    () -> {
                        throw SneakyThrow.of(thrown);
                    },
                    store);
            assertThatThrownBy(certificate::load)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining(store.toString())
                    .hasMessageContaining(thrown.getClass().getName())
                    .hasCause(thrown);
        }
    }
}
