package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.auth.oauth.AuthorizationCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientCertificate;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.OnBehalfOfCredential;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenCredential;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenStore;
import io.github.defenderreactive.runtime.auth.oauth.UsernamePasswordCredential;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Credentials of users. */
final class ForAUser {

    private ForAUser() {}

    static DefenderClient browser() {
        // tag::browser[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(AuthorizationCodeCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .open(address -> Mono.fromRunnable(() -> System.out.println("Open " + address))))
                .build();
        // end::browser[]
        return client;
    }

    static DefenderClient deviceCode(RefreshTokenStore store) {
        // tag::device-code[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(DeviceCodeCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .prompt(prompt -> Mono.fromRunnable(() -> System.out.println(prompt.message())))
                        .store(store))
                .build();
        // end::device-code[]
        return client;
    }

    static DefenderClient signedInElsewhere(RefreshTokenStore store) {
        // tag::refresh-token[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(RefreshTokenCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .store(store))
                .build();
        // end::refresh-token[]
        return client;
    }

    static DefenderClient service() {
        // tag::on-behalf-of[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(OnBehalfOfCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .clientCertificate(ClientCertificate.pem(Path.of("/etc/defender/identity.pem"))))
                .build();
        // end::on-behalf-of[]
        return client;
    }

    static Flux<Alert> alertsOf(DefenderClient client, String bearerToken) {
        // tag::for-the-caller[]
        Flux<Alert> alerts =
                client.onBehalfOf(UserAssertion.of(bearerToken)).alerts().list();
        // end::for-the-caller[]
        return alerts;
    }

    @SuppressWarnings("deprecation")
    static DefenderClient password() {
        // tag::password[]
        DefenderClient client = DefenderClient.builder()
                .tenantId("harbour.example")
                .credential(UsernamePasswordCredential.builder()
                        .clientId("00000000-0000-0000-0000-000000000000")
                        .username("reader@harbour.example")
                        .password(() -> System.getenv("DEFENDER_PASSWORD")))
                .build();
        // end::password[]
        return client;
    }
}
