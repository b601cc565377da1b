package io.github.defenderreactive.samples.authenticate;

import io.github.defenderreactive.client.Api;
import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.api.Operations;
import io.github.defenderreactive.runtime.auth.claims.AccessTokenClaims;
import io.github.defenderreactive.runtime.auth.claims.PermissionCheck;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Checks of permissions before the first call. */
final class BeforeTheFirstCall {

    private BeforeTheFirstCall() {}

    static Mono<List<PermissionCheck.Missing>> missing(DefenderClient client) {
        // tag::missing[]
        PermissionCheck check = PermissionCheck.of(Operations.LIST_ALERTS.info(), Operations.LIST_MACHINES.info());
        Mono<List<PermissionCheck.Missing>> missing =
                client.token(Api.DEFENDER_ENDPOINT).map(AccessTokenClaims::of).map(check::missing);
        // end::missing[]
        return missing;
    }

    static Set<String> least() {
        // tag::least[]
        Set<String> permissions = PermissionCheck.of(Operations.LIST_ALERTS.info(), Operations.UPDATE_ALERT.info())
                .leastForApplication();
        // end::least[]
        return permissions;
    }
}
