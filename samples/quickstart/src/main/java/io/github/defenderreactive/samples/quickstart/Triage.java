package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.graph.api.GraphSecurity;
import io.github.defenderreactive.client.graph.model.AddSecurityIncidentCommentRequest;
import io.github.defenderreactive.client.graph.model.IdentityAction;
import io.github.defenderreactive.client.graph.model.InvokeActionResult;
import io.github.defenderreactive.client.graph.model.MergeSecurityIncidentsRequest;
import io.github.defenderreactive.client.graph.model.SecurityAlertComments;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Merges incidents, comments on the result, and disables the accounts of a user. */
final class Triage {

    private Triage() {}

    // tag::merge-incidents[]
    static Mono<SecurityAlertComments> merge(DefenderClient client, List<String> incidentIds, String comment) {
        GraphSecurity graph = client.graphSecurity();
        return graph.incidents()
                .merge(MergeSecurityIncidentsRequest.builder()
                        .incidentIds(incidentIds)
                        .mergeReasons("sameAsset, timeFrame")
                        .build())
                .flatMap(merged -> Mono.justOrEmpty(merged.targetIncidentId()))
                .flatMap(target -> graph.incidents()
                        .addComment(
                                target,
                                AddSecurityIncidentCommentRequest.builder()
                                        .comment(comment)
                                        .build()));
    }
    // end::merge-incidents[]

    // tag::disable-accounts[]
    static Flux<InvokeActionResult> disable(DefenderClient client, String userSid) {
        return client.graphSecurity().identityAccounts().respond(userSid, IdentityAction.DISABLE);
    }
    // end::disable-accounts[]
}
