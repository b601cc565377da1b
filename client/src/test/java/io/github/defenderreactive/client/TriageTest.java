package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.graph.model.AddSecurityAlertCommentRequest;
import io.github.defenderreactive.client.graph.model.AddSecurityIncidentCommentRequest;
import io.github.defenderreactive.client.graph.model.IdentityAccount;
import io.github.defenderreactive.client.graph.model.IdentityAccounts;
import io.github.defenderreactive.client.graph.model.IdentityAction;
import io.github.defenderreactive.client.graph.model.IdentityProvider;
import io.github.defenderreactive.client.graph.model.InvokeActionResult;
import io.github.defenderreactive.client.graph.model.InvokeIdentityActionRequest;
import io.github.defenderreactive.client.graph.model.MergeResponse;
import io.github.defenderreactive.client.graph.model.MergeSecurityIncidentsRequest;
import io.github.defenderreactive.client.graph.model.MoveSecurityAlertsRequest;
import io.github.defenderreactive.client.graph.model.SecureScore;
import io.github.defenderreactive.client.graph.model.SecureScoreControlProfile;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityAlertComment;
import io.github.defenderreactive.client.graph.model.SecurityAlertComments;
import io.github.defenderreactive.client.graph.model.SecurityIncident;
import io.github.defenderreactive.client.graph.model.SecurityIncidentStatus;
import io.github.defenderreactive.client.graph.query.CountSecurityIncidentAlertsQuery;
import io.github.defenderreactive.client.graph.query.IdentityAccountsFields;
import io.github.defenderreactive.client.graph.query.ListIdentityAccountsQuery;
import io.github.defenderreactive.client.graph.query.ListSecureScoresQuery;
import io.github.defenderreactive.client.graph.query.SecureScoreFields;
import io.github.defenderreactive.client.graph.query.SecurityAlertFields;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.odata.Filter;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import io.github.defenderreactive.testing.TestClock;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Triage through Microsoft Graph: comments, moves, merges, secure scores and actions on accounts. */
class TriageTest {

    private static final String COMMENT = "seen in harbour 4";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(90).clock(clock).start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    private final Graph graph = client.graphSecurity();

    private static <T> T one(Mono<T> call) {
        T value = call.block(Clients.PATIENCE);
        assertThat(value).isNotNull();
        return value;
    }

    private SecurityAlert alert(int index) {
        return one(graph.alerts().get(emulator.tenant().alertId(index)));
    }

    private Mono<SecurityAlertComments> comment(String alert) {
        return graph.alerts()
                .addComment(
                        alert,
                        AddSecurityAlertCommentRequest.builder()
                                .comment(COMMENT)
                                .build());
    }

    private List<String> alertsOf(String incident) {
        return one(graph.incidents().alerts(incident).map(SecurityAlert::id).collectList());
    }

    @Test
    void shouldAddCommentsToAnAlert() {
        String id = emulator.tenant().alertId(30);

        one(comment(id));
        clock.advance(Duration.ofMinutes(1));
        List<SecurityAlertComment> comments = one(comment(id)).value();

        assertThat(comments).extracting(SecurityAlertComment::comment).containsExactly(COMMENT, COMMENT);
        assertThat(comments.get(1).createdDateTime()).isEqualTo("2026-11-20T10:01:00Z");
        assertThat(alert(30).comments()).isEqualTo(comments);
        assertThat(emulator.tenant().alerts().get(id).get("comments"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void shouldAddACommentToAnIncident() {
        String incident = alert(30).incidentId();

        List<SecurityAlertComment> comments = one(graph.incidents()
                        .addComment(
                                incident,
                                AddSecurityIncidentCommentRequest.builder()
                                        .comment(COMMENT)
                                        .build()))
                .value();

        assertThat(comments).extracting(SecurityAlertComment::comment).containsExactly(COMMENT);
        assertThat(one(graph.incidents().get(incident)).comments()).isEqualTo(comments);
    }

    /** A repeated comment would be visible to analysts. */
    @Test
    void shouldNotRetryACommentWhoseResponseWasLost() {
        String id = emulator.tenant().alertId(30);
        emulator.faults().add(Fault.resetBeforeHeaders().on("addSecurityAlertComment"));

        StepVerifier.create(comment(id))
                .expectError(OutcomeUnknownException.class)
                .verify(Clients.PATIENCE);

        assertThat(emulator.journal().calls("addSecurityAlertComment")).hasSize(1);
    }

    @Test
    void shouldMoveAlertsToAnotherIncident() {
        SecurityAlert moved = alert(30);
        String target = alert(60).incidentId();

        MergeResponse response = one(graph.alerts()
                .move(MoveSecurityAlertsRequest.builder()
                        .alertIds(List.of(moved.id()))
                        .incidentId(target)
                        .alertComment("same device")
                        .newCorrelationReasons("sameAsset, temporalProximity")
                        .build()));

        assertThat(response.targetIncidentId()).isEqualTo(target);
        assertThat(alert(30).incidentId()).isEqualTo(target);
        assertThat(alert(30).comments())
                .extracting(SecurityAlertComment::comment)
                .containsExactly("same device");
        assertThat(alertsOf(target)).hasSize(4).contains(moved.id());
        assertThat(alertsOf(moved.incidentId())).hasSize(2).doesNotContain(moved.id());
    }

    @Test
    void shouldCountTheAlertsOfAnIncident() {
        SecurityAlert alert = alert(30);
        String incident = alert.incidentId();

        assertThat(one(graph.incidents().countAlerts(incident)))
                .isEqualTo(alertsOf(incident).size());
        Filter severity = SecurityAlertFields.SEVERITY.eq(alert.severity());
        assertThat(one(graph.incidents()
                        .countAlerts(
                                incident,
                                CountSecurityIncidentAlertsQuery.builder()
                                        .filter(severity)
                                        .build())))
                .isEqualTo(one(graph.incidents()
                        .alerts(incident)
                        .filter(other -> other.severity().equals(alert.severity()))
                        .count()));
    }

    @Test
    void shouldMoveAlertsToANewIncident() {
        List<String> ids = List.of(alert(30).id(), alert(60).id());

        String created = one(graph.alerts()
                        .move(MoveSecurityAlertsRequest.builder().alertIds(ids).build()))
                .targetIncidentId();

        assertThat(alertsOf(created)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(one(graph.incidents().list().map(SecurityIncident::id).collectList()))
                .contains(created);
    }

    @Test
    void shouldMergeIncidents() {
        String target = alert(30).incidentId();
        String source = alert(60).incidentId();

        MergeResponse response = one(graph.incidents()
                .merge(MergeSecurityIncidentsRequest.builder()
                        .incidentIds(List.of(target, source))
                        .incidentComment("one attack")
                        .build()));

        assertThat(response.targetIncidentId()).isEqualTo(target);
        assertThat(alertsOf(target)).hasSize(6);
        SecurityIncident redirected = one(graph.incidents().get(source));
        assertThat(redirected.status()).isEqualTo(SecurityIncidentStatus.REDIRECTED);
        assertThat(redirected.redirectIncidentId()).isEqualTo(target);
        assertThat(alertsOf(source)).isEmpty();
        assertThat(one(client.defenderXdr().incidents().get(Long.parseLong(source)))
                        .redirectIncidentId())
                .isEqualTo(Long.valueOf(target));
        assertThat(one(graph.incidents().get(target)).comments())
                .extracting(SecurityAlertComment::comment)
                .containsExactly("one attack");
    }

    @Test
    void shouldListAlertsOfAnIncidentInPages() {
        String target = alert(30).incidentId();
        one(graph.incidents()
                .merge(MergeSecurityIncidentsRequest.builder()
                        .incidentIds(List.of(target, alert(60).incidentId()))
                        .build()));

        StepVerifier.create(graph.incidents().alerts(target).pageSize(4))
                .expectNextCount(6)
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(emulator.journal().calls("listSecurityIncidentAlerts")).hasSize(2);
    }

    @Test
    void shouldListSecureScores() {
        List<SecureScore> all = one(graph.secureScores().list().collectList());

        assertThat(all).hasSize(90);
        assertThat(all.get(0).createdDateTime()).isEqualTo("2026-11-20T03:10:00Z");
        assertThat(all.get(0).currentScore()).isLessThanOrEqualTo(all.get(0).maxScore());
        assertThat(one(graph.secureScores().get(all.get(7).id())).withoutUnknownMembers())
                .isEqualTo(all.get(7));
        StepVerifier.create(graph.secureScores()
                        .list(ListSecureScoresQuery.builder()
                                .filter(SecureScoreFields.CREATED_DATE_TIME.ge(
                                        all.get(4).createdDateTime()))
                                .build()))
                .expectNextSequence(all.subList(0, 5))
                .expectComplete()
                .verify(Clients.PATIENCE);
        List<SecureScoreControlProfile> controls =
                one(graph.secureScores().controlProfiles().collectList());
        assertThat(controls)
                .extracting(SecureScoreControlProfile::id)
                .containsExactlyElementsOf(all.get(0).controlScores().stream()
                        .map(score -> score.controlName())
                        .toList());
        assertThat(one(graph.secureScores().controlProfile("AdminMFAV2")).withoutUnknownMembers())
                .isEqualTo(controls.get(0));
    }

    @Test
    void shouldDisableTheAccountsOfAUser() {
        IdentityAccounts user = one(graph.identityAccounts().list().next());
        List<IdentityAccount> accounts =
                one(graph.identityAccounts().get(user.id())).accounts();

        for (IdentityAccount account : accounts) {
            if (account.actions().contains(IdentityAction.DISABLE)) {
                InvokeActionResult result = one(invoke(user, account, IdentityAction.DISABLE));
                assertThat(result.accountId()).isEqualTo(account.identifier());
                assertThat(result.correlationId()).isNotBlank();
            }
        }

        assertThat(one(graph.identityAccounts()
                        .list(ListIdentityAccountsQuery.builder()
                                .filter(IdentityAccountsFields.ON_PREMISES_SECURITY_IDENTIFIER.eq(
                                        user.onPremisesSecurityIdentifier()))
                                .build())
                        .collectList()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.id()).isEqualTo(user.id());
                    assertThat(found.isEnabled()).isFalse();
                });
        assertThat(one(graph.identityAccounts().get(user.id()))
                        .accounts()
                        .get(0)
                        .actions())
                .contains(IdentityAction.ENABLE)
                .doesNotContain(IdentityAction.DISABLE);
    }

    @Test
    void shouldRespondToAUser() {
        IdentityAccounts user = one(graph.identityAccounts().list().next());
        String sid = user.onPremisesSecurityIdentifier();

        List<InvokeActionResult> disabled = one(
                graph.identityAccounts().respond(sid, IdentityAction.DISABLE).collectList());

        assertThat(disabled).isNotEmpty().allMatch(result -> IdentityAction.DISABLE.equals(result.action()));
        assertThat(one(graph.identityAccounts().get(user.id())).isEnabled()).isFalse();
        StepVerifier.create(graph.identityAccounts().respond(user.id(), IdentityAction.DISABLE))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("No account of the user " + user.id() + " supports the action disable"))
                .verify(Clients.PATIENCE);
        assertThat(one(graph.identityAccounts()
                        .respond(user.cloudSecurityIdentifier(), IdentityAction.ENABLE)
                        .collectList()))
                .hasSameSizeAs(disabled);
        StepVerifier.create(graph.identityAccounts().respond("S-1-5-21-0", IdentityAction.DISABLE))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldRefuseAnActionThatTheProviderDoesNotSupport() {
        IdentityAccounts user = one(graph.identityAccounts().list().next());
        IdentityAccount entra = one(graph.identityAccounts().get(user.id())).accounts().stream()
                .filter(account -> IdentityProvider.ENTRA_ID.equals(account.identityProvider()))
                .findFirst()
                .orElseThrow();

        StepVerifier.create(invoke(user, entra, IdentityAction.FORCE_PASSWORD_RESET))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("forcePasswordReset is not possible"))
                .verify(Clients.PATIENCE);
    }

    private Mono<InvokeActionResult> invoke(IdentityAccounts user, IdentityAccount account, IdentityAction action) {
        return graph.identityAccounts()
                .invokeAction(
                        user.id(),
                        InvokeIdentityActionRequest.builder()
                                .accountId(account.identifier())
                                .action(action)
                                .identityProvider(account.identityProvider())
                                .build());
    }
}
