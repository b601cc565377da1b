package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.github.defenderreactive.runtime.auth.oauth.WorkloadIdentityCredential;
import java.nio.file.Path;

/** Credentials of applications. */
final class AsAnApplication {

    private AsAnApplication() {}

    static DefenderClient secret() {
        // tag::secret[]
        DefenderClient client = DefenderClient.builder()
                .tenantId(System.getenv("DEFENDER_TENANT_ID"))
                .clientSecret(System.getenv("DEFENDER_CLIENT_ID"), () -> System.getenv("DEFENDER_CLIENT_SECRET"))
                .build();
        // end::secret[]
        return client;
    }

    static DefenderClient certificate() {
        // tag::certificate[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .clientCertificate(
                        "00000000-0000-0000-0000-000000000000",
                        ClientCertificate.pem(Path.of("/etc/defender/identity.pem")))
                .build();
        // end::certificate[]
        return client;
    }

    static DefenderClient workload() {
        // tag::workload[]
        DefenderClient client = DefenderClient.builder()
                .credential(WorkloadIdentityCredential.fromEnvironment(System.getenv()))
                .build();
        // end::workload[]
        return client;
    }

    static DefenderClient managedIdentity() {
        // tag::managed-identity[]
        DefenderClient client = DefenderClient.builder()
                .credential(ManagedIdentityCredential.builder().build())
                .build();
        // end::managed-identity[]
        return client;
    }

    static DefenderClient managedIdentityForAnApplication() {
        // tag::vouched[]
        ManagedIdentityCredential machine = ManagedIdentityCredential.builder().build();
        TokenRequest exchange = TokenRequest.of("api://AzureADTokenExchange/.default");
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(WorkloadIdentityCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .assertion(() -> machine.getToken(exchange).map(AccessToken::value)))
                .build();
        // end::vouched[]
        return client;
    }
}
