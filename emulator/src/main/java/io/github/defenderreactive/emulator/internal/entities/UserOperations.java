package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.internal.alerts.AlertRow;
import io.github.defenderreactive.emulator.internal.alerts.Alerts;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.List;
import java.util.Map;

/** The operations of the users group. An account is named without its domain; any other form is unknown. */
final class UserOperations {

    private final Alerts alerts;
    private final ODataResponses responses;

    UserOperations(Alerts alerts, ODataResponses responses) {
        this.alerts = alerts;
        this.responses = responses;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("listUserAlerts", call -> responses.collection(call, "Alerts", alerts(call.id())));
        handlers.put("listUserMachines", call -> responses.collection(call, "Machines", machines(call.id())));
    }

    private List<AlertRow> alerts(String account) {
        int user = alerts.organisation().userByAccount(account);
        // The user of an alert is the one its device was given to; who merely visits has none.
        int device = alerts.machines().exists(user) ? user : -1;
        return device < 0
                ? List.of()
                : alerts.of(device).stream()
                        .filter(row -> Integer.valueOf(user).equals(row.user()))
                        .toList();
    }

    private List<Entity> machines(String account) {
        int user = alerts.organisation().userByAccount(account);
        return user < 0
                ? List.of()
                : alerts.machines()
                        .devices()
                        .filter(device -> alerts.organisation().usersOf(device).contains(user))
                        .mapToObj(alerts.machines()::entity)
                        .toList();
    }
}
