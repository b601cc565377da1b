package io.github.defenderreactive.runtime.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.key.CertifiedKey;
import io.netty.pkitesting.X509Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {

    private static final String PASSWORD = "pass-word-of-the-test";

    @TempDir
    private Path directory;

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static void assertQuayside(CertifiedKey loaded) {
        assertThat(loaded.key()).isEqualTo(TestKeys.RSA.getKeyPair().getPrivate());
        assertThat(loaded.chain()).containsExactly(TestKeys.RSA.getCertificate(), TestKeys.ISSUER.getCertificate());
    }

    @Test
    void shouldReadAPkcs8Key() throws Exception {
        assertQuayside(ClientCertificate.pem(
                        file("all.pem", TestKeys.certificates(TestKeys.RSA) + TestKeys.pkcs8(TestKeys.RSA)))
                .load());
    }

    @Test
    void shouldReadAPkcs1KeyAndWhateverElseStandsInTheFile() throws Exception {
        String content = "Bag Attributes\n    friendlyName: own - 1\n" + TestKeys.pkcs1(TestKeys.RSA)
                + TestKeys.block("DH PARAMETERS", new byte[] {1, 2, 3})
                + TestKeys.certificates(TestKeys.RSA).replace("\n", "\r\n");
        assertQuayside(ClientCertificate.pem(file("all.pem", content)).load());
    }

    @Test
    void shouldReadTwoFiles() throws Exception {
        assertQuayside(ClientCertificate.pem(
                        file("own.crt", TestKeys.certificates(TestKeys.RSA)),
                        file("own.key", TestKeys.pkcs8(TestKeys.RSA)))
                .load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PBEWithHmacSHA256AndAES_256",
                "PBEWithHmacSHA1AndAES_128",
                "PBEWithSHA1AndDESede",
                "PBEWithMD5AndDES"
            })
    void shouldReadAnEncryptedKey(String algorithm) throws Exception {
        Path all = file(
                "all.pem",
                TestKeys.encryptedPkcs8(TestKeys.RSA, PASSWORD, algorithm) + TestKeys.certificates(TestKeys.RSA));
        assertQuayside(
                ClientCertificate.encryptedPem(PASSWORD::toCharArray, all).load());
        assertThatThrownBy(() -> ClientCertificate.encryptedPem("wrong"::toCharArray, all)
                        .load())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(all.toString())
                .hasMessageContaining("password");
        assertThatThrownBy(() -> ClientCertificate.pem(all).load())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("encrypted and no password is given");
    }

    @Test
    void shouldReadPkcs12() throws Exception {
        Path store = Files.write(directory.resolve("own.pfx"), TestKeys.pkcs12(TestKeys.RSA, PASSWORD));
        assertQuayside(ClientCertificate.pkcs12(store, PASSWORD::toCharArray).load());
        assertThatThrownBy(() ->
                        ClientCertificate.pkcs12(store, "wrong"::toCharArray).load())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(store.toString())
                .hasMessageContaining("password");
    }

    @Test
    void shouldSayThatAStoreHoldsNoKey() throws Exception {
        Path store = Files.write(directory.resolve("own.pfx"), "no store".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() ->
                        ClientCertificate.pkcs12(store, PASSWORD::toCharArray).load())
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void shouldWipeThePasswordItWorkedWithAndNotTheOneItWasGiven() throws Exception {
        Path store = Files.write(directory.resolve("own.pfx"), TestKeys.pkcs12(TestKeys.RSA, PASSWORD));
        char[] given = PASSWORD.toCharArray();
        ClientCertificate certificate = ClientCertificate.pkcs12(store, () -> given);
        certificate.load();
        assertQuayside(certificate.load());
        assertThat(given).isEqualTo(PASSWORD.toCharArray());
    }

    @Test
    void shouldReadTheFileAgainEachTime() throws Exception {
        Path all = file("all.pem", TestKeys.certificates(TestKeys.RSA) + TestKeys.pkcs8(TestKeys.RSA));
        ClientCertificate certificate = ClientCertificate.pem(all);
        assertQuayside(certificate.load());
        Files.writeString(all, TestKeys.certificates(TestKeys.RENEWED) + TestKeys.pkcs8(TestKeys.RENEWED));
        assertThat(certificate.load().chain().get(0)).isEqualTo(TestKeys.RENEWED.getCertificate());
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        Path nowhere = directory.resolve("nowhere.pem");
        for (ClientCertificate certificate :
                List.of(ClientCertificate.pem(nowhere), ClientCertificate.pkcs12(nowhere, PASSWORD::toCharArray))) {
            assertThatThrownBy(certificate::load)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("there is no file " + nowhere);
        }
    }

    @Test
    void shouldSayWhatIsMissingInAFile() throws Exception {
        assertRefused(TestKeys.certificates(TestKeys.RSA), "no PRIVATE KEY block");
        assertRefused(TestKeys.pkcs8(TestKeys.RSA), "no CERTIFICATE block");
        assertRefused("", "no CERTIFICATE block");
    }

    @Test
    void shouldSayThatOnlyRsaKeysServe() throws Exception {
        assertRefused(TestKeys.certificates(TestKeys.EC) + TestKeys.pkcs8(TestKeys.EC), "RSA keys only");
        assertRefused(
                TestKeys.certificates(TestKeys.EC) + TestKeys.block("EC PRIVATE KEY", new byte[] {1}), "RSA keys only");
    }

    @Test
    void shouldSayThatTheKeyIsAnotherOne() throws Exception {
        assertRefused(
                TestKeys.certificates(TestKeys.RENEWED) + TestKeys.pkcs8(TestKeys.RSA),
                "does not belong to any of its 2");
        assertRefused(TestKeys.certificates(TestKeys.EC) + TestKeys.pkcs8(TestKeys.RSA), "does not belong");
        ClientCertificate inMemory = ClientCertificate.of(
                TestKeys.RSA.getKeyPair().getPrivate(),
                TestKeys.ISSUER.getCertificate(),
                TestKeys.RSA.getCertificate());
        assertThatThrownBy(inMemory::load)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("put the application's certificate first");
    }

    @Test
    void shouldSayThatAKeyOfOlderPemIsEncrypted() throws Exception {
        String key = TestKeys.pkcs1(TestKeys.RSA)
                .replace(
                        "RSA PRIVATE KEY-----\nMII",
                        "RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\nMII");
        assertThat(key).contains("Proc-Type");
        assertRefused(TestKeys.certificates(TestKeys.RSA) + key, "it is damaged");
    }

    @Test
    void shouldShowNothingOfABrokenKey() throws Exception {
        String key = TestKeys.pkcs8(TestKeys.RSA);
        String inner = key.lines().skip(3).findFirst().orElseThrow();
        List<String> broken = new ArrayList<>(List.of(
                key.replace(inner, inner.substring(1)),
                key.replace(inner, ""),
                TestKeys.block("PRIVATE KEY", new byte[] {1, 2, 3}),
                TestKeys.block("RSA PRIVATE KEY", new byte[70_000])));
        for (String one : broken) {
            Path all = file("all.pem", TestKeys.certificates(TestKeys.RSA) + one);
            assertThatThrownBy(() -> ClientCertificate.pem(all).load())
                    .isInstanceOf(AuthenticationException.class)
                    .satisfies(error -> assertThat(error.toString()).doesNotContain(inner, inner.substring(1)));
        }
    }

    @Test
    void shouldTakeACertificateInMemory() {
        X509Bundle bundle = TestKeys.RSA;
        ClientCertificate certificate = ClientCertificate.of(
                bundle.getKeyPair().getPrivate(), bundle.getCertificate(), TestKeys.ISSUER.getCertificate());
        assertQuayside(certificate.load());
        assertThat(certificate).hasToString("of CN=Quayside");
        assertThat(certificate.load().toString()).isEqualTo("CertifiedKey[CN=Quayside]");
    }

    @Test
    void shouldWantAFile() {
        assertThatThrownBy(ClientCertificate::pem).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String content, String... said) throws Exception {
        Path all = file("all.pem", content);
        Arrays.stream(said)
                .forEach(words -> assertThatThrownBy(
                                () -> ClientCertificate.pem(all).load())
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContaining(words));
    }
}
