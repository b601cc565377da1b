package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TestKeys;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.testing.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultCredentialTest {

    private static final String PASSWORD = "pass-word-of-the-test";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private TestAuthority authority;

    @BeforeEach
    void start() throws Exception {
        authority = new TestAuthority();
        environment.put("AZURE_TENANT_ID", TENANT);
        environment.put("AZURE_CLIENT_ID", CLIENT);
        environment.put("AZURE_AUTHORITY_HOST", authority.server.uri("/").toString());
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    private TokenCredential credential() {
        return DefaultCredential.fromEnvironment(environment)
                .transport(authority.transport)
                .build();
    }

    private Map<String, String> form() {
        TestAuthority.token(credential().getToken(REQUEST));
        return authority.form(authority.server.requests().size() - 1);
    }

    @Test
    void shouldPreferASecretThenACertificateThenAWorkloadThenTheMachine() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "workload-token");
        Path pem = Files.writeString(
                directory.resolve("own.pem"), TestKeys.certificates(TestKeys.RSA) + TestKeys.pkcs8(TestKeys.RSA));
        environment.put("IDENTITY_ENDPOINT", authority.server.uri("/MSI/token").toString());
        environment.put("IDENTITY_HEADER", "header-of-the-machine");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
        environment.put("AZURE_CLIENT_CERTIFICATE_PATH", pem.toString());
        environment.put("AZURE_CLIENT_SECRET", "secret-of-azure");
        environment.put("DEFENDER_CLIENT_SECRET", "secret-of-defender");
        assertThat(form()).containsEntry("client_secret", "secret-of-defender").containsEntry("client_id", CLIENT);
        assertThat(authority.server.requests().get(0).uri()).startsWith("/" + TENANT + "/");
        environment.put("DEFENDER_CLIENT_SECRET", " ");
        assertThat(form()).containsEntry("client_secret", "secret-of-azure");
        environment.remove("AZURE_CLIENT_SECRET");
        assertThat(form().get("client_assertion")).startsWith("eyJ");
        environment.remove("AZURE_CLIENT_CERTIFICATE_PATH");
        assertThat(form()).containsEntry("client_assertion", "workload-token");
        environment.put("AZURE_FEDERATED_TOKEN_FILE", "");
        authority.server.answer(Answer.json("{\"access_token\":\"t\",\"expires_on\":\"99999999999\"}"));
        int before = authority.server.requests().size();
        TestAuthority.token(credential().getToken(REQUEST));
        assertThat(authority.server.requests().get(before).uri())
                .startsWith("/MSI/token?")
                .contains("client_id=" + CLIENT);
    }

    @Test
    void shouldReadEachFormOfACertificate() throws Exception {
        Path store = Files.write(directory.resolve("own.PFX"), TestKeys.pkcs12(TestKeys.RSA, PASSWORD));
        Path encrypted = Files.writeString(
                directory.resolve("own.pem"),
                TestKeys.certificates(TestKeys.RSA)
                        + TestKeys.encryptedPkcs8(TestKeys.RSA, PASSWORD, "PBEWithHmacSHA256AndAES_256"));
        environment.put("DEFENDER_CERTIFICATE_PASSWORD", PASSWORD);
        for (Path file : new Path[] {store, encrypted}) {
            environment.put("DEFENDER_CERTIFICATE_PATH", file.toString());
            assertThat(form()).containsKey("client_assertion");
        }
        assertThat(credential().toString()).doesNotContain(PASSWORD);
    }

    @Test
    void shouldPreferItsOwnVariablesAndTheBuilderToBoth() {
        environment.put("DEFENDER_CLIENT_SECRET", "secret-of-defender");
        environment.put("DEFENDER_TENANT_ID", "harbour.example");
        environment.put("DEFENDER_CLIENT_ID", "defender-client");
        assertThat(form()).containsEntry("client_id", "defender-client");
        assertThat(authority.server.requests().get(0).uri()).startsWith("/harbour.example/");
        TestAuthority.token(DefaultCredential.fromEnvironment(environment)
                .tenantId("quayside.example")
                .clientId("mine")
                .transport(authority.transport)
                .build()
                .getToken(REQUEST));
        assertThat(authority.form(1)).containsEntry("client_id", "mine");
        assertThat(authority.server.requests().get(1).uri()).startsWith("/quayside.example/");
    }

    @Test
    void shouldGoToTheAuthorityOfTheClientsCloudRatherThanTheEnvironments() {
        environment.put("DEFENDER_CLIENT_SECRET", "secret-of-defender");
        environment.put("DEFENDER_AUTHORITY", "https://nowhere.example/");
        TestAuthority.token(DefaultCredential.fromEnvironment(environment)
                .build(new AuthorityContext(authority.server.uri("/"), null, authority.transport))
                .getToken(REQUEST));
        assertThat(authority.server.requests()).hasSize(1);
    }

    @Test
    void shouldNameWhatTheEnvironmentLacks() {
        environment.clear();
        environment.put("DEFENDER_CLIENT_SECRET", "secret-of-defender");
        assertThatThrownBy(this::credential)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: tenantId, clientId");
        environment.clear();
        assertThat(credential()).isInstanceOf(ManagedIdentityCredential.class);
    }
}
