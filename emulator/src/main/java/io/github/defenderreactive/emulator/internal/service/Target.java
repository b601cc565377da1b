package io.github.defenderreactive.emulator.internal.service;

import io.github.defenderreactive.emulator.http.ServiceRequest;
import io.github.defenderreactive.emulator.internal.actions.Downloads;
import io.github.defenderreactive.emulator.internal.admission.Routes;
import io.github.defenderreactive.emulator.internal.description.ApiOperation;
import io.github.defenderreactive.emulator.internal.description.EndpointIds;
import io.github.defenderreactive.emulator.internal.description.ServedApi;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.login.LoginEndpoints;
import io.github.defenderreactive.emulator.internal.login.LoginRoute;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request: an operation, an endpoint that the descriptions do not have, or a refusal.
 *
 * @param id the id of the operation or endpoint; empty for a refusal
 * @param api the API whose error form applies
 */
record Target(
        String id,
        Routes.@Nullable Match operation,
        @Nullable LoginRoute login,
        @Nullable Problem refusal,
        ServedApi api) {

    private static Target endpoint(String id, ServedApi api) {
        return new Target(id, null, null, null, api);
    }

    /** Finds the target of a request; a path that nothing serves is a refusal. */
    static Target of(ServiceRequest request, Routes routes) {
        ServedApi api = Routes.api(request.path());
        try {
            LoginRoute login = LoginRoute.of(request.path());
            if (login != null) {
                return new Target(login.endpoint().id(), null, login, null, api);
            } else if (LoginEndpoints.isIdentity(request.path())) {
                return endpoint(EndpointIds.IDENTITY, api);
            } else if (request.path().startsWith(Downloads.PATH)) {
                return endpoint(EndpointIds.DOWNLOAD, api);
            }
            Routes.Match match = routes.match(request.method(), request.path());
            ApiOperation operation = match.operation();
            return new Target(operation.id(), match, null, null, operation.api());
        } catch (Problem e) {
            return new Target("", null, null, e, api);
        }
    }
}
