package io.github.defenderreactive.client.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.defenderreactive.client.model.Investigation;
import io.github.defenderreactive.client.model.InvestigationState;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Automated investigations, from the request to the end. */
class InvestigationActionTest {

    private final List<Investigation> states = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void shouldFollowAnInvestigationToItsEnd() {
        try (ActionWorld world = ActionWorld.paced(2, Duration.ofMinutes(1), Duration.ofMinutes(2))) {
            world.service()
                    .faults()
                    .add(Fault.throttled(Duration.ofMinutes(2)).on("startInvestigation"))
                    .add(Fault.status(503).on("getInvestigation").times(8));
            world.investigation(world.device(0), "case 4711")
                    .await(Duration.ofHours(1))
                    .subscribe(states::add, failures::add);
            world.run(Duration.ofMinutes(10));
            assertThat(failures).isEmpty();
            assertThat(states).extracting(Investigation::state).containsExactly(InvestigationState.BENIGN);
            states.clear();

            world.investigation(world.device(0), "case 4711").states().subscribe(states::add, failures::add);
            world.run(Duration.ofMinutes(5));

            assertThat(failures).isEmpty();
            assertThat(states)
                    .extracting(Investigation::state)
                    .containsExactly(InvestigationState.RUNNING, InvestigationState.BENIGN);
            assertThat(states.get(1).endTime()).isNotNull();
            assertThat(world.service().journal().calls("getInvestigation")).hasSizeLessThan(40);
        }
    }

    @Test
    void shouldReportAnInvestigationWithoutAResultOrAnEnd() {
        try (ActionWorld world = ActionWorld.paced(2, Duration.ofMinutes(1), Duration.ofMinutes(2))) {
            Mono<Investigation> end =
                    world.investigation(world.device(0), "case 4711").await(Duration.ofSeconds(30));
            end.subscribe(states::add, failures::add);
            world.run(Duration.ofMinutes(1));

            assertThat(failures)
                    .singleElement()
                    .satisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    InvestigationException.class,
                                    late -> assertThat(late.investigation().state())
                                            .isEqualTo(InvestigationState.RUNNING))
                            .hasMessageContaining("did not end within PT30S"));
        }
        InvestigationException failed = InvestigationException.failed(Investigation.builder()
                .id("7")
                .machineId("m")
                .state(InvestigationState.UNSUPPORTED_OS)
                .build());
        assertThat(failed).hasMessageContaining("Investigation 7 on device m ended as UnsupportedOs");
    }

    @Test
    void shouldNotStartAnInvestigationTwice() {
        try (ActionWorld world = ActionWorld.paced(2, Duration.ZERO, Duration.ZERO)) {
            world.lossy().losses(post -> LossyTransport.Loss.OF_THE_RESPONSE);
            world.investigation(world.device(0), "case 4711").submit().subscribe(states::add, failures::add);
            world.run(Duration.ofMinutes(2));

            assertThat(failures).singleElement().isInstanceOf(OutcomeUnknownException.class);
            assertThat(world.service().journal().calls("startInvestigation")).hasSize(1);
            assertThatIllegalArgumentException().isThrownBy(() -> world.investigation(world.device(0), " "));
        }
    }
}
