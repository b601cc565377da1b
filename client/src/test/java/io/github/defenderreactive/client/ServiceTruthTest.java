package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.client.graph.model.ActiveDirectoryDomainEvidence;
import io.github.defenderreactive.client.graph.model.DnsEvidence;
import io.github.defenderreactive.client.graph.model.IpEvidence;
import io.github.defenderreactive.client.graph.model.KubernetesClusterEvidence;
import io.github.defenderreactive.client.graph.model.SecurityAlert;
import io.github.defenderreactive.client.graph.model.SecurityAlertEvidence;
import io.github.defenderreactive.client.graph.query.SecurityAlertFields;
import io.github.defenderreactive.client.model.AlertSeverity;
import io.github.defenderreactive.client.model.AssetVulnerability;
import io.github.defenderreactive.client.model.DeviceAvInfo;
import io.github.defenderreactive.client.model.Indicator;
import io.github.defenderreactive.client.model.UpdateAlertRequest;
import io.github.defenderreactive.client.model.Vulnerability;
import io.github.defenderreactive.client.query.AlertFields;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What answers of the real service were seen to hold, in the types that users meet. */
class ServiceTruthTest {

    private static JsonReader json(String text) {
        return JsonReader.of(text.replace('\'', '"'));
    }

    @Test
    void shouldHaveAClassForEveryKindOfEvidence() throws IOException {
        JsonNode mapping = new ObjectMapper()
                .readTree(getClass().getResourceAsStream("/META-INF/defender-reactive/graph-security.json"))
                .at("/components/schemas/SecurityAlertEvidence/discriminator/mapping");
        List<String> kinds = new ArrayList<>();
        mapping.fieldNames().forEachRemaining(kinds::add);

        assertThat(kinds).hasSize(49).allSatisfy(kind -> {
            SecurityAlertEvidence evidence =
                    SecurityAlertEvidence.read(json("{'@odata.type':'" + kind + "','verdict':'malicious'}"));
            String name = kind.substring(kind.lastIndexOf('.') + 1);
            assertThat(evidence.getClass().getSimpleName())
                    .isEqualTo(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
            assertThat(evidence.requireKnownMembers()).isSameAs(evidence);
        });
    }

    @Test
    void shouldReadEvidenceInsideOfEvidence() {
        DnsEvidence dns = (DnsEvidence)
                SecurityAlertEvidence.read(
                        json(
                                "{'@odata.type':"
                                        + "'#microsoft.graph.security.dnsEvidence','domainName':'tides.example','dnsServerIp':{'ipAddress':"
                                        + "'198.51.100.1','location':{'city':'Rotterdam','latitude':51.9}},'ipAddresses':[{'ipAddress':'::1'}]}"));
        KubernetesClusterEvidence cluster = (KubernetesClusterEvidence) SecurityAlertEvidence.read(
                json("{'@odata.type':'#microsoft.graph.security.kubernetesClusterEvidence','cloudResource':"
                        + "{'@odata.type':'#microsoft.graph.security.ipEvidence','ipAddress':'::2'}}"));
        ActiveDirectoryDomainEvidence domain = ActiveDirectoryDomainEvidence.read(
                json("{'trustedDomains':[{'activeDirectoryDomainName':'north','trustedDomains':[{}]}]}"));

        assertThat(dns.dnsServerIp().location().city()).isEqualTo("Rotterdam");
        assertThat(dns.ipAddresses()).extracting(IpEvidence::ipAddress).containsExactly("::1");
        assertThat(cluster.cloudResource())
                .isInstanceOfSatisfying(
                        IpEvidence.class, ip -> assertThat(ip.ipAddress()).isEqualTo("::2"));
        assertThat(domain.trustedDomains().get(0).trustedDomains()).hasSize(1);
    }

    @Test
    void shouldReadTheExternalIdOfAnIndicatorInBothSpellings() {
        assertThat(Indicator.read(json("{'externalId':'case-9'}")).externalId()).isEqualTo("case-9");
        assertThat(Indicator.read(json("{'externalID':'case-9'}")).externalId()).isEqualTo("case-9");
        assertThat(Indicator.builder().externalId("x").build().toMap()).isEqualTo(Map.of("externalId", "x"));
    }

    @Test
    void shouldReadMembersThatNoPageDocuments() {
        Indicator indicator = Indicator.read(json("{'category':1,'bypassDurationHours':24,'notificationId':'n',"
                + "'notificationBody':'b','version':'2','mitreTechniques':['T1566'],'historicalDetection':false,"
                + "'lookBackPeriod':null,'additionalInfo':'i','certificateInfo':{'a':1}}"));
        Vulnerability vulnerability = Vulnerability.read(
                json("{'status':'RemediationRequired','patchFirstAvailable':'2026-03-02T08:20:41Z'}"));
        AssetVulnerability asset = AssetVulnerability.read(
                json("{'EndOfSupportStatus':'EOS Version','endOfSupportDate':'2026-01-31','CveMitigationStatus':''}"));
        DeviceAvInfo device = DeviceAvInfo.read(json("{'avSignatureDataRefreshTime':'2026-10-14T06:12:45Z',"
                + "'avModeDataRefreshTime':'2026-10-14T06:12:45Z','cloudProtectionState':'Enabled'}"));
        SecurityAlert alert = SecurityAlert.read(json("{'categories':['Execution']}"));

        assertThat(indicator.requireKnownMembers().category()).isEqualTo(1);
        assertThat(indicator.mitreTechniques()).containsExactly("T1566");
        assertThat(indicator.historicalDetection()).isFalse();
        assertThat(indicator.certificateInfo()).isEqualTo(JsonValue.of("{\"a\":1}"));
        assertThat(vulnerability.requireKnownMembers().patchFirstAvailable())
                .isEqualTo(Instant.parse("2026-03-02T08:20:41Z"));
        assertThat(asset.requireKnownMembers().cveMitigationStatus()).isEmpty();
        assertThat(asset.endOfSupportStatus().isKnown()).isTrue();
        assertThat(device.requireKnownMembers().cloudProtectionState()).isEqualTo("Enabled");
        assertThat(alert.requireKnownMembers().categories()).containsExactly("Execution");
    }

    @Test
    void shouldRefuseAFilterByAValueThatNobodyDocuments() {
        AlertSeverity misspelt = AlertSeverity.of("high");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertFields.SEVERITY.eq(misspelt))
                .withMessageStartingWith(
                        "severity has no documented value \"high\", only \"High\". Documented values are ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecurityAlertFields.SEVERITY.ne(
                        io.github.defenderreactive.client.graph.model.SecurityAlertSeverity.of("High")))
                .withMessageContaining("only \"high\"");
        assertThat(AlertFields.SEVERITY
                        .eq(AlertSeverity.known("high").orElseThrow())
                        .expression())
                .isEqualTo("severity eq 'High'");
        assertThat(AlertFields.SEVERITY
                        .allowingUnknown()
                        .eq(AlertSeverity.of("Critical"))
                        .expression())
                .isEqualTo("severity eq 'Critical'");
        assertThat(AlertSeverity.known("critical")).isEmpty();
    }

    /** A browser may send more than a form has: mass assignment. */
    @Test
    void shouldLetNothingThroughThatTheDescriptionDoesNotKnow() {
        UpdateAlertRequest request = UpdateAlertRequest.read(
                json("{'status':'Resolved','assignedTo':null,'tenantId':'other','comment':{'$ne':1}}"));

        assertThatIllegalArgumentException()
                .isThrownBy(request::requireKnownMembers)
                .withMessage("UpdateAlertRequest has members that are unknown or not in their documented form:"
                        + " tenantId, comment");
        assertThat(request.withoutUnknownMembers())
                .isEqualTo(UpdateAlertRequest.read(json("{'status':'Resolved','assignedTo':null}")));
    }
}
