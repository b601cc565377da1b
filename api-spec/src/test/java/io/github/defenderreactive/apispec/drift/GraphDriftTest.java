package io.github.defenderreactive.apispec.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.apispec.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The description of Microsoft Graph security against the figures of its SDK. What differs on purpose is listed in
 * {@code graph-differences.txt}, each with a reason; an entry that is not needed any more fails too.
 */
class GraphDriftTest {

    private static final Figures SDK = Figures.parse(resource("graph-sdk.txt"));

    /** Names of the SDK by names of schemas, which are unique over all APIs and clash with nothing of the JDK. */
    private static final Map<String, String> SDK_NAMES = Map.ofEntries(
            Map.entry("SecurityAlert", "Alert"),
            Map.entry("SecurityAlertClassification", "AlertClassification"),
            Map.entry("SecurityAlertComment", "AlertComment"),
            Map.entry("SecurityAlertDetermination", "AlertDetermination"),
            Map.entry("SecurityAlertEvidence", "AlertEvidence"),
            Map.entry("SecurityAlertSeverity", "AlertSeverity"),
            Map.entry("SecurityAlertStatus", "AlertStatus"),
            Map.entry("SecurityIncident", "Incident"),
            Map.entry("SecurityIncidentStatus", "IncidentStatus"),
            Map.entry("EvidenceStream", "Stream"),
            Map.entry("HuntingQueryColumn", "SinglePropertySchema"),
            Map.entry("IdentityAccount", "Account"),
            Map.entry("IdentityAction", "Action"),
            Map.entry("InvokeIdentityActionRequest", "InvokeActionPostRequestBody"),
            Map.entry("MergeSecurityIncidentsRequest", "MergeIncidentsPostRequestBody"),
            Map.entry("MoveSecurityAlertsRequest", "MoveAlertsPostRequestBody"),
            Map.entry("RunHuntingQueryRequest", "RunHuntingQueryPostRequestBody"));

    /** Open types hold any members, and a GUID is a text in JSON. */
    private static final Map<String, String> PLAIN =
            Map.of("Dictionary", "any", "HuntingRowResult", "any", "UUID", "String");

    /** Requests that change an entity have some of its members. */
    private static final Map<String, String> CHANGES =
            Map.of("UpdateSecurityAlertRequest", "Alert", "UpdateSecurityIncidentRequest", "Incident");

    @Test
    void shouldDifferFromTheSdkOnPurposeOnly() {
        Map<String, String> reasons = reasons();

        assertThat(FiguresDifference.between(SDK, described(), PLAIN))
                .as("differences between the description and drift/graph-sdk.txt")
                .containsExactlyInAnyOrderElementsOf(reasons.keySet());
        assertThat(reasons)
                .allSatisfy((difference, reason) -> assertThat(reason).isNotBlank());
    }

    @Test
    void shouldChangeMembersOfTheEntityOnly() {
        Figures described = described();

        CHANGES.forEach((request, entity) -> assertThat(SDK.types().get(entity).members())
                .as(request)
                .containsAllEntriesOf(described.types().get(request).members()));
    }

    @Test
    void shouldTellWhatDiffers() {
        Figures sdk = Figures.parse("""
                # a comment
                type Ship #harbour.ship
                  name String
                  length Integer
                  logs List<Log>
                  captain Sailor
                type Sailor
                type Log
                enum Kind a unknownFutureValue b c
                enum Colour red
                """);
        Figures described = Figures.parse("""
                type Ship #harbour.vessel
                  length Long
                  logs List<any>
                  captain Sailor
                  flag String
                type Sailor
                type Buoy
                enum Kind b unknownFutureValue a d
                """);

        assertThat(FiguresDifference.between(sdk, described, Map.of("Log", "any")))
                .containsExactlyInAnyOrder(
                        "Ship is told apart by '#harbour.ship', described as '#harbour.vessel'",
                        "Ship.name is not described",
                        "Ship.length is Integer, described as Long",
                        "Ship.flag is only described",
                        "Kind value a is on the other side of unknownFutureValue",
                        "Kind value b is on the other side of unknownFutureValue",
                        "Kind value c is not described",
                        "Kind value d is only described",
                        "Colour is not described",
                        "Buoy is only described");
        assertThat(FiguresDifference.between(sdk, sdk, Map.of())).isEmpty();
        assertThat(Figures.parse(sdk.text())).isEqualTo(sdk);
    }

    /** Without it the service sends unknownFutureValue for whatever came later. */
    @Test
    void shouldPreferUnknownEnumMembersInEveryOperationWithModels() {
        Bundle bundle = Bundle.load("graph-security");

        assertThat(bundle.operations().values()).allSatisfy(operation -> {
            if (operation.node().at("/responses/200/content").has("text/plain")) {
                return; // the response is a number, without enum members
            }
            List<String> headers = new ArrayList<>();
            for (JsonNode reference : operation.node().path("parameters")) {
                JsonNode parameter =
                        bundle.components().at(reference.path("$ref").asText().replace("#/components", ""));
                if (parameter.path("in").asText().equals("header")) {
                    headers.add(parameter.path("name").asText() + ": "
                            + parameter.at("/schema/const").asText());
                }
            }
            assertThat(headers).as(operation.id()).containsExactly("Prefer: include-unknown-enum-members");
        });
    }

    private static Figures described() {
        return DescribedFigures.of(Bundle.load("graph-security").components().path("schemas"), SDK_NAMES);
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : resource("graph-differences.txt").lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split(" +\\| +", 2);
                assertThat(reasons.put(columns[0], columns.length > 1 ? columns[1] : ""))
                        .as(line)
                        .isNull();
            }
        }
        return reasons;
    }

    private static String resource(String name) {
        try (InputStream in = GraphDriftTest.class.getResourceAsStream("/drift/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
