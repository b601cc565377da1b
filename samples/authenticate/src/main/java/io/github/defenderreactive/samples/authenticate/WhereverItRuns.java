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

/** Programs that find out where they are. */
final class WhereverItRuns {

    private WhereverItRuns() {}

    static DefenderClient environment() {
        // snippet:environment
        DefenderClient client = DefenderClient.builder()
                .credential(DefaultCredential.fromEnvironment(System.getenv()))
                .build();
        // end
        return client;
    }

    static DefenderClient chain(TokenCredential ofTheDesk) {
        // snippet:chain
        DefenderClient client = DefenderClient.builder()
                .credential(
                        ChainedCredential.of(ManagedIdentityCredential.builder().build(), ofTheDesk))
                .build();
        // end
        return client;
    }

    static DefenderClient ownSource(Path file) {
        // snippet:own-source
        DefenderClient client = DefenderClient.builder()
                .credential(request -> Mono.fromCallable(() -> AccessToken.of(
                                Files.readString(file).strip(), Instant.now().plus(Duration.ofMinutes(10))))
                        .subscribeOn(Schedulers.boundedElastic()))
                .build();
        // end
        return client;
    }
}
