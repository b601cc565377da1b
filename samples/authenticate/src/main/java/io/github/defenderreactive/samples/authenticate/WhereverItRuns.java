package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.auth.oauth.ChainedCredential;
import io.github.defenderreactive.runtime.auth.oauth.DefaultCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Credentials that are selected by the environment, and a custom source of tokens. */
final class WhereverItRuns {

    private WhereverItRuns() {}

    static DefenderClient environment() {
        // tag::environment[]
        DefenderClient client = DefenderClient.builder()
                .credential(DefaultCredential.fromEnvironment(System.getenv()))
                .build();
        // end::environment[]
        return client;
    }

    static DefenderClient chain(TokenCredential ofTheDesk) {
        // tag::chain[]
        DefenderClient client = DefenderClient.builder()
                .credential(
                        ChainedCredential.of(ManagedIdentityCredential.builder().build(), ofTheDesk))
                .build();
        // end::chain[]
        return client;
    }

    static DefenderClient ownSource(Path file) {
        // tag::own-source[]
        DefenderClient client = DefenderClient.builder()
                .credential(request -> Mono.fromCallable(() -> AccessToken.of(
                                Files.readString(file).strip(), Instant.now().plus(Duration.ofMinutes(10))))
                        .subscribeOn(Schedulers.boundedElastic()))
                .build();
        // end::own-source[]
        return client;
    }
}
