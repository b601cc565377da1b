package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.CLIENT;
import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static io.github.defenderreactive.runtime.auth.TestAuthority.SCOPE;
import static io.github.defenderreactive.runtime.auth.TestAuthority.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class WorkloadIdentityCredentialTest {

    private static final String FIRST = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwb2QifQ.first";
    private static final String SECOND = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJwb2QifQ.second";

    @TempDir
    private Path directory;

    @AutoClose
    private final TestAuthority authority = new TestAuthority();

    @Test
    void shouldTakeEverythingFromTheEnvironment() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), FIRST + "\n");
        WorkloadIdentityCredential credential = WorkloadIdentityCredential.fromEnvironment(Map.of(
                        "AZURE_FEDERATED_TOKEN_FILE",
                        file.toString(),
                        "AZURE_CLIENT_ID",
                        CLIENT,
                        "AZURE_TENANT_ID",
                        TENANT,
                        "AZURE_AUTHORITY_HOST",
                        authority.server.uri("/").toString()))
                .transport(authority.transport)
                .build();
        TestAuthority.token(credential.getToken(REQUEST));
        assertThat(authority.server.requests().get(0).uri()).isEqualTo("/" + TENANT + "/oauth2/v2.0/token");
        assertThat(authority.form(0))
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("client_id", CLIENT),
                        Map.entry("scope", SCOPE),
                        Map.entry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                        Map.entry("client_assertion", FIRST));
    }

    @Test
    void shouldReadTheFileAtEachRequest() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), FIRST);
        WorkloadIdentityCredential credential = authority
                .at(WorkloadIdentityCredential.builder().tokenFile(file))
                .build();
        TestAuthority.token(credential.getToken(REQUEST));
        Files.writeString(file, SECOND);
        TestAuthority.token(credential.getToken(REQUEST));
        assertThat(authority.form(0)).containsEntry("client_assertion", FIRST);
        assertThat(authority.form(1)).containsEntry("client_assertion", SECOND);
    }

    @Test
    void shouldSayThatThereIsNoTokenFile() {
        Path nowhere = directory.resolve("nowhere");
        CredentialUnavailableException error = TestAuthority.failure(
                CredentialUnavailableException.class,
                authority
                        .at(WorkloadIdentityCredential.builder().tokenFile(nowhere))
                        .build()
                        .getToken(REQUEST));
        assertThat(error).hasMessageContaining(nowhere.toString()).hasMessageContaining("AZURE_FEDERATED_TOKEN_FILE");
        assertThat(authority.server.requests()).isEmpty();
    }

    @Test
    void shouldSayThatTheTokenIsEmpty() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "\n");
        assertThat(TestAuthority.failure(
                        AuthenticationException.class,
                        authority
                                .at(WorkloadIdentityCredential.builder().tokenFile(file))
                                .build()
                                .getToken(REQUEST)))
                .hasMessageContaining("empty");
    }

    @Test
    void shouldTakeATokenFromAnywhere() {
        WorkloadIdentityCredential credential = authority
                .at(WorkloadIdentityCredential.builder().assertion(() -> Mono.just(SECOND)))
                .build();
        TestAuthority.token(credential.getToken(REQUEST));
        assertThat(authority.form(0)).containsEntry("client_assertion", SECOND);
        WorkloadIdentityCredential empty = authority
                .at(WorkloadIdentityCredential.builder().assertion(Mono::empty))
                .build();
        assertThat(TestAuthority.failure(AuthenticationException.class, empty.getToken(REQUEST)))
                .hasMessageContaining("returned none");
    }

    @Test
    void shouldSayThatNoFederatedCredentialFits() {
        authority.server.answer(TestAuthority.refusal("invalid_client", 700213));
        WorkloadIdentityCredential credential = authority
                .at(WorkloadIdentityCredential.builder().assertion(() -> Mono.just(FIRST)))
                .build();
        assertThat(TestAuthority.failure(AuthenticationException.class, credential.getToken(REQUEST), FIRST))
                .hasMessageContaining("AADSTS700213")
                .hasMessageContaining("issuer, subject and audience");
    }

    @Test
    void shouldNameWhatTheEnvironmentLacks() {
        assertThatThrownBy(() -> WorkloadIdentityCredential.fromEnvironment(Map.of("AZURE_CLIENT_ID", CLIENT))
                        .transport(authority.transport)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Missing: tenantId, tokenFile (AZURE_FEDERATED_TOKEN_FILE)");
    }
}
