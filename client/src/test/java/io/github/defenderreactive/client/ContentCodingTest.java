package io.github.defenderreactive.client;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.http.ContentCoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

class ContentCodingTest {

    @ParameterizedTest
    @EnumSource(ContentCoding.class)
    void shouldReadEveryContentCodingTheServiceUses(ContentCoding coding) {
        try (DefenderEmulator emulator = DefenderEmulator.builder()
                        .size(250)
                        .pageSize(100)
                        .encoding(coding)
                        .start();
                DefenderClient client = Clients.of(emulator)) {
            StepVerifier.create(client.alerts().list())
                    .expectNextCount(250)
                    .expectComplete()
                    .verify(Clients.PATIENCE);
        }
    }
}
