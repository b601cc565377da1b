package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.AddOrRemoveMachineTagRequest;
import io.github.defenderreactive.client.model.Alert;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AlertStatus;
import io.github.defenderreactive.client.model.Machine;
import io.github.defenderreactive.client.model.TagAction;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.client.query.FindMachinesByTagQuery;
import io.github.defenderreactive.client.query.ListAlertsQuery;
import io.github.defenderreactive.client.query.ListMachinesQuery;
import io.github.defenderreactive.client.query.MachineFields;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.odata.Filter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Filters and path arguments as the service parses them. */
class FilterOnTheWireTest {

    private static DefenderEmulator emulator;
    private static DefenderClient client;

    @BeforeAll
    static void start() {
        emulator = DefenderEmulator.builder().size(500).start();
        client = Clients.of(emulator);
    }

    @AfterAll
    static void stop() {
        client.close();
        emulator.close();
    }

    private static List<Alert> alerts(Filter filter) {
        return client.alerts()
                .list(ListAlertsQuery.builder().filter(filter).build())
                .collectList()
                .block(Clients.PATIENCE);
    }

    @Test
    void shouldCombineTypedConditions() {
        List<Alert> all = client.alerts().list().collectList().block(Clients.PATIENCE);
        Instant middle = all.get(250).lastUpdateTime();
        List<Alert> wanted = all.stream()
                .filter(alert -> AlertSeverity.HIGH.equals(alert.severity())
                        && !AlertStatus.RESOLVED.equals(alert.status())
                        && !alert.lastUpdateTime().isBefore(middle))
                .toList();
        assertThat(wanted).isNotEmpty();

        List<Alert> got = alerts(AlertFields.SEVERITY
                .eq(AlertSeverity.HIGH)
                .and(AlertFields.STATUS.ne(AlertStatus.RESOLVED))
                .and(AlertFields.LAST_UPDATE_TIME.ge(middle)));
        assertThat(got).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void shouldNotLetTextLeaveItsQuotes() {
        assertThat(alerts(AlertFields.ASSIGNED_TO.eq("x' or severity ne 'nothing")))
                .isEmpty();
        assertThat(alerts(AlertFields.ASSIGNED_TO.eq("100% + 'a' & b = c # ?"))).isEmpty();
    }

    @Test
    void shouldNameTheMistakeInARawFilter() {
        StepVerifier.create(client.alerts()
                        .list(ListAlertsQuery.builder()
                                .filter(Filter.raw("colour eq 1"))
                                .build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("colour")
                        .hasMessageContaining("ODataError"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldFindWhatWasTagged() {
        String tag = "it's 50% + more/less";
        Machine machine = client.machines().list().next().block(Clients.PATIENCE);
        client.machines()
                .addOrRemoveTag(
                        machine.id(),
                        AddOrRemoveMachineTagRequest.builder()
                                .value(tag)
                                .action(TagAction.ADD)
                                .build())
                .block(Clients.PATIENCE);

        assertThat(client.machines()
                        .list(ListMachinesQuery.builder()
                                .filter(MachineFields.machineTags(tag))
                                .build())
                        .map(Machine::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .containsExactly(machine.id());
        assertThat(client.machines()
                        .findByTag(FindMachinesByTagQuery.builder().tag(tag).build())
                        .map(Machine::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .containsExactly(machine.id());
    }

    @Test
    void shouldCallFunctionStylePaths() {
        Machine machine = client.machines().list().next().block(Clients.PATIENCE);
        assertThat(client.machines()
                        .findByIp(machine.lastIpAddress(), machine.lastSeen())
                        .map(Machine::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .contains(machine.id());
        assertThat(client.machines()
                        .findInfoByIp(machine.lastSeen(), machine.lastIpAddress())
                        .map(Machine::id)
                        .collectList()
                        .block(Clients.PATIENCE))
                .contains(machine.id());
    }
}
