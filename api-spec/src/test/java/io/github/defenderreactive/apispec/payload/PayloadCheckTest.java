package io.github.defenderreactive.apispec.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.defenderreactive.apispec.Bundle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AllowedFields allowed = AllowedFields.parse(List.of(
            "# comment", "", "*        @odata.type  extra  reason", "Machine  rbacGroupId  text   some other reason"));
    private final PayloadCheck check =
            new PayloadCheck(Bundle.load("defender-endpoint").components(), allowed);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Alert               | {'id': 'a', 'severity': 'Unheard', 'resolvedTime': null}",
                "Alert               | {'id': 'a', 'lastUpdateTime': '2026-03-02T08:20:41.1234567Z'}",
                "Alert               | {'id': 'a', 'domains': [1, 'x', {'any': []}]}",
                "AlertCollection     | {'value': [{'@odata.type': '#x', 'id': 'a'}], '@odata.count': 1}",
                "Machine             | {'id': 'm', 'rbacGroupId': '12'}",
                "Vulnerability       | {'id': 'v', 'cvssV3': 8}",
                "Indicator           | {'createdBySource': 'PublicApi'}",
                "ScanDefinition      | {'id': 'd', 'scanAuthenticationParams': null}",
                "ScanDefinition      | {'scanAuthenticationParams': {'@odata.type': '#microsoft.windowsDefenderATP.api.SnmpAuthParams', 'Username': 'u'}}"
            })
    void shouldAccept(String schema, String payload) throws JsonProcessingException {
        assertThat(problems(schema, payload)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Alert           | {'id': 'a', 'colour': 'red'}                       | /colour: Alert lacks this member",
                "AlertCollection | {'value': [{'comments': [{'x': 1}]}]}              | /value/0/comments/0/x: AlertComment lacks this member",
                "Alert           | {'id': 'a', 'relatedUser': {'sid': 'S-1'}}         | /relatedUser/sid: RelatedUser lacks this member",
                "Alert           | {'id': 7}                                          | /id: integer found, string expected",
                "Alert           | {'incidentId': '7'}                                | /incidentId: string found, [integer, null] expected",
                "Alert           | {'status': 1}                                      | /status",
                "Alert           | {'lastUpdateTime': 'yesterday'}                    | /lastUpdateTime: does not match the date-time pattern",
                "User            | {'logOnMachinesCount': 3000000000}                 | /logOnMachinesCount: must have a maximum value of 2147483647",
                "IsolateMachineRequest | {'IsolationType': 'Full'}                    | : required property 'Comment' not found",
                "ScanDefinition  | {'scanAuthenticationParams': {'@odata.type': '#x'}} | /scanAuthenticationParams: ScanAuthParams lacks the case #x",
                "ScanAuthParams  | null                                               | : null found, object expected",
                "IsolateMachineRequest | {'Comment': 'c', 'isolationType': 'Full'}    | /isolationType: IsolateMachineRequest lacks this member"
            })
    void shouldObjectTo(String schema, String payload, String problem) throws JsonProcessingException {
        assertThat(problems(schema, payload))
                .anySatisfy(found -> assertThat(found).startsWith(problem));
    }

    @Test
    void shouldKnowWhichEntriesWereUsed() throws JsonProcessingException {
        problems("Machine", "{'id': 'm', 'rbacGroupId': '12'}");

        assertThat(allowed.unused()).extracting(AllowedFields.Entry::member).containsExactly("@odata.type");
    }

    @Test
    void shouldRefuseAnEntryWithoutReason() {
        List<String> lines = List.of("Alert colour extra");

        assertThatThrownBy(() -> AllowedFields.parse(lines)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseANameThatSaysNothing() {
        Path file = Path.of("alerts.json");

        assertThatThrownBy(() -> Payload.of(file)).hasMessage("Not the name of a payload file: alerts.json");
    }

    private List<String> problems(String schema, String payload) throws JsonProcessingException {
        JsonNode reference = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        return check.problems(JSON.readTree(payload.replace('\'', '"')), reference);
    }
}
