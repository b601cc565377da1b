package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.IndicatorsApi;
import io.github.defenderreactive.client.model.BatchDeleteIndicatorsRequest;
import io.github.defenderreactive.client.model.ImportIndicatorsRequest;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.IndicatorAction;
import io.github.defenderreactive.client.model.IndicatorImportResult;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import io.github.defenderreactive.client.query.IndicatorFields;
import io.github.defenderreactive.client.query.ListIndicatorsQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Indicators over the wire: submitted, found, imported and deleted. */
class IndicatorsTest {

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(100).start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    private final IndicatorsApi indicators = client.indicators();

    private static SubmitIndicatorRequest domain(String value) {
        return SubmitIndicatorRequest.builder()
                .indicatorValue(value)
                .indicatorType(IndicatorType.DOMAIN_NAME)
                .action(IndicatorAction.BLOCK)
                .title("Control host")
                .description("Answers to the loader")
                .build();
    }

    private List<Indicator> found(String value) {
        return indicators
                .list(ListIndicatorsQuery.builder()
                        .filter(IndicatorFields.INDICATOR_VALUE.eq(value))
                        .build())
                .collectList()
                .block(Clients.PATIENCE);
    }

    @Test
    void shouldSubmitFindAndDelete() {
        Instant expiry = Instant.parse("2199-12-31T23:59:59.1234567Z");
        Indicator submitted = indicators
                .submit(domain("mooring.example").toBuilder()
                        .expirationTime(expiry)
                        .rbacGroupNames(List.of("Servers"))
                        .build())
                .block(Clients.PATIENCE);

        assertThat(submitted.expirationTime()).isEqualTo(expiry);
        assertThat(submitted.rbacGroupNames()).containsExactly("Servers");
        assertThat(found("mooring.example")).extracting(Indicator::id).containsExactly(submitted.id());
        StepVerifier.create(indicators.delete(submitted.id())).expectComplete().verify(Clients.PATIENCE);
        assertThat(found("mooring.example")).isEmpty();
        StepVerifier.create(indicators.delete(submitted.id()))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldRepeatASubmissionWhoseAnswerWasLost() {
        emulator.faults().add(Fault.resetBeforeHeaders().on("submitIndicator"));

        StepVerifier.create(indicators.submit(domain("mooring.example")))
                .expectNextCount(1)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(found("mooring.example")).hasSize(1);
    }

    @Test
    void shouldNotRepeatABatchDeletionWhoseAnswerWasLost() {
        String id = indicators.list().next().block(Clients.PATIENCE).id();
        emulator.faults().add(Fault.resetBeforeHeaders().on("batchDeleteIndicators"));

        StepVerifier.create(indicators.batchDelete(BatchDeleteIndicatorsRequest.builder()
                        .indicatorIds(List.of(id))
                        .build()))
                .expectError(OutcomeUnknownException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldImportWithAResultForEveryEntry() {
        List<IndicatorImportResult> results = indicators
                .batchImport(ImportIndicatorsRequest.builder()
                        .indicators(List.of(domain("a.example"), domain("not a domain"), domain("b.example")))
                        .build())
                .collectList()
                .block(Clients.PATIENCE);

        assertThat(results)
                .extracting(IndicatorImportResult::indicator)
                .containsExactly("a.example", "not a domain", "b.example");
        assertThat(results).extracting(IndicatorImportResult::isFailed).containsExactly(false, true, false);
        assertThat(results.get(1).failureReason()).contains("DomainName");
        StepVerifier.create(indicators.batchDelete(BatchDeleteIndicatorsRequest.builder()
                        .indicatorIds(
                                List.of(results.get(0).id(), results.get(2).id()))
                        .build()))
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(found("a.example")).isEmpty();
    }

    @Test
    void shouldSayThatABatchIsTooLarge() {
        StepVerifier.create(indicators.batchImport(ImportIndicatorsRequest.builder()
                        .indicators(Collections.nCopies(501, domain("a.example")))
                        .build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("MaximumBatchSizeExceeded"))
                .verify(Clients.PATIENCE);
    }
}
