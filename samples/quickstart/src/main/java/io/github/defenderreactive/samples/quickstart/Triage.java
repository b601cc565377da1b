package io.github.defenderreactive.samples.quickstart;

import static java.util.Objects.requireNonNull;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.graph.api.GraphSecurity;
import io.github.defenderreactive.client.graph.model.AddSecurityIncidentCommentRequest;
import io.github.defenderreactive.client.graph.model.IdentityAction;
import io.github.defenderreactive.client.graph.model.InvokeActionResult;
import io.github.defenderreactive.client.graph.model.InvokeIdentityActionRequest;
import io.github.defenderreactive.client.graph.model.MergeSecurityIncidentsRequest;
import io.github.defenderreactive.client.graph.model.SecurityAlertComments;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Merges incidents, comments on the result, and disables the accounts of an identity. */
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
    static Flux<InvokeActionResult> disable(DefenderClient client, String identityId) {
        GraphSecurity graph = client.graphSecurity();
        return graph.identityAccounts()
                .get(identityId)
                .flatMapIterable(identity -> identity.accounts())
                .filter(account -> account.actions().contains(IdentityAction.DISABLE))
                .concatMap(account -> graph.identityAccounts()
                        .invokeAction(
                                identityId,
                                InvokeIdentityActionRequest.builder()
                                        .accountId(requireNonNull(account.identifier()))
                                        .action(IdentityAction.DISABLE)
                                        .identityProvider(requireNonNull(account.identityProvider()))
                                        .build()));
    }
    // end::disable-accounts[]
}
