package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.client.model.AdvancedQueryColumn;
import io.github.defenderreactive.client.model.AdvancedQueryColumnType;
import io.github.defenderreactive.client.model.AdvancedQueryResult;
import io.github.defenderreactive.client.model.RunAdvancedQueryRequest;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Hunting over the wire. */
class AdvancedHuntingTest {

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(50_000).start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    @SuppressWarnings("deprecation")
    private Mono<AdvancedQueryResult> run(String query) {
        return client.advancedHunting()
                .run(RunAdvancedQueryRequest.builder().query(query).build());
    }

    @Test
    void shouldGiveColumnsAndRows() {
        AdvancedQueryResult result =
                run("DeviceInfo | project Timestamp, DeviceName, OSBuild, IsAzureADJoined | top 3 by DeviceName asc")
                        .block(Clients.PATIENCE);

        assertThat(result.schema())
                .extracting(AdvancedQueryColumn::name)
                .containsExactly("Timestamp", "DeviceName", "OSBuild", "IsAzureADJoined");
        assertThat(result.schema())
                .extracting(AdvancedQueryColumn::type)
                .containsExactly(
                        AdvancedQueryColumnType.DATE_TIME,
                        AdvancedQueryColumnType.STRING,
                        AdvancedQueryColumnType.INT64,
                        AdvancedQueryColumnType.S_BYTE);
        assertThat(result.results())
                .hasSize(3)
                .allSatisfy(row -> assertThat((Map<?, ?>) row.toJava()).hasSize(4));
    }

    /** Far more than an item of a collection may have. */
    @Test
    void shouldReadManyRows() {
        AdvancedQueryResult result = run("AlertEvidence").block(Clients.PATIENCE);

        assertThat(result.results().size()).isGreaterThan(20_000);
    }

    @Test
    void shouldSayWhatIsWrong() {
        StepVerifier.create(run("DeviceInfo | where"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("expected a column, found the end"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldRepeatAQueryWhoseAnswerWasLost() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("runAdvancedQuery"));

        StepVerifier.create(run("DeviceInfo | count"))
                .expectNextCount(1)
                .expectComplete()
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldCallTheRawOperation() {
        StepVerifier.create(client.single(Operations.RUN_ADVANCED_QUERY
                        .call()
                        .body(RunAdvancedQueryRequest.builder()
                                .query("DeviceInfo | count")
                                .build())
                        .build()))
                .assertNext(result -> assertThat(result.results()).hasSize(1))
                .expectComplete()
                .verify(Clients.PATIENCE);
    }
}
