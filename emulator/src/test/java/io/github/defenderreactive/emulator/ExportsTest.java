package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.emulator.internal.seed.Seeded;
import io.github.defenderreactive.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports: pages and files of the same snapshot, coherent with the rest of the organisation. */
class ExportsTest {

    private static final String SOFTWARE = "/api/machines/SoftwareInventoryByMachine";
    private static final String VULNERABILITIES = "/api/machines/SoftwareVulnerabilitiesByMachine";
    private static final String CHANGES = "/api/machines/SoftwareVulnerabilityChangesByMachine";

    private final TestClock clock = new TestClock("2026-11-20T12:30:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(800).clock(clock));
    private final Exports exports = new Exports(caller);

    private static String text(JsonNode record, String member) {
        return record.path(member).asText();
    }

    private static JsonNode token(String text) {
        String link = text.substring(text.indexOf("$skiptoken=") + "$skiptoken=".length());
        return EmulatorClient.json(new String(Base64.getDecoder().decode(link), StandardCharsets.UTF_8));
    }

    // Pages and files -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "SecureConfigurationsAssessmentByMachine,  SecureConfigurationsAssessmentExport, deviceId configurationId",
        "SoftwareInventoryByMachine, SoftwareInventoryExport, deviceId softwareVendor softwareName softwareVersion",
        "SoftwareInventoryNoProductCodeByMachine, SoftwareInventoryNonCpeExport, deviceId softwareVendor softwareName",
        "SoftwareVulnerabilitiesByMachine, SoftwareVulnerabilitiesExport, id",
        "BrowserExtensionsInventoryByMachine, browserextensionsinventoryExport, DeviceId BrowserName ExtensionId",
        "BaselineComplianceAssessmentByMachine, BaselineComplianceAssessmentExport, id",
        "certificateAssessmentByMachine, certificateAssessmentExport, deviceId thumbprint path",
        "HardwareFirmwareInventoryByMachine, HardwareFirmwareInventoryExport, deviceId componentType componentName"
    })
    void shouldShowTheSameRecordsInPagesAndInFiles(String pages, String files, String key) {
        List<JsonNode> all = exports.pages("/api/machines/" + pages);

        assertThat(all).hasSizeGreaterThan(9);
        assertThat(exports.pages("/api/machines/" + pages + "?pageSize=7")).isEqualTo(all);
        assertThat(exports.files("/api/machines/" + files)).isEqualTo(all);
        assertThat(all.stream().map(record -> key(record, key)).distinct()).hasSameSizeAs(all);
    }

    private static String key(JsonNode record, String members) {
        StringBuilder key = new StringBuilder();
        for (String member : members.split(" ")) {
            assertThat(record.has(member)).as(member).isTrue();
            key.append(text(record, member)).append('|');
        }
        return key.toString();
    }

    @Test
    void shouldLinkInLowerCaseToAPlaceInTheSnapshot() {
        ServiceCaller.Answer first = caller.get(SOFTWARE + "?pageSize=5");
        String link = first.json().get("@odata.nextLink").asText();

        assertThat(first.json().get("value")).hasSize(5);
        assertThat(link).startsWith(ServiceCaller.ROOT + SOFTWARE + "?pagesize=5&$skiptoken=");
        assertThat(token(link))
                .isEqualTo(
                        EmulatorClient.json(
                                "{\"ExportDefinition\":{\"TimePath\":\"2026-11-20/1101/\"},\"ExportFileIndex\":0,\"LineStoppedAt\":5}"));
    }

    @Test
    void shouldRepeatOtherParametersInLowerCase() {
        ServiceCaller.Answer first = caller.get(CHANGES + "?sinceTime=2026-11-10T00:00:00Z&pageSize=1");

        assertThat(first.json().get("@odata.nextLink").asText())
                .startsWith(ServiceCaller.ROOT + "/api/machines/SoftwareVulnerabilitiesTimeline"
                        + "?pagesize=1&sincetime=2026-11-10T00%3A00%3A00Z&$skiptoken=");
    }

    @Test
    void shouldTakeParameterNamesInEitherCase() {
        assertThat(caller.get(SOFTWARE + "?PAGESIZE=3").json().get("value")).hasSize(3);
        assertThat(caller.get(SOFTWARE + "?pagesize=3&pageSize=3").status()).isEqualTo(400);
        assertThat(caller.get(SOFTWARE + "?pagesize=200001").errorMessage()).contains("200000");
        assertThat(caller.get(SOFTWARE + "?pagesize=0").status()).isEqualTo(400);
        assertThat(caller.get(SOFTWARE + "?page=3").status()).isEqualTo(400);
    }

    @Test
    void shouldStayOnItsSnapshotWhileNewOnesAreMade() {
        List<JsonNode> all = exports.pages(VULNERABILITIES);
        ServiceCaller.Answer first = caller.get(VULNERABILITIES + "?pageSize=10");
        clock.advance(Duration.ofHours(7));
        caller.signIn();
        List<JsonNode> rest = exports.pages(Exports.nextOf(first));

        assertThat(rest).isEqualTo(all.subList(10, all.size()));
        assertThat(token(caller.get(VULNERABILITIES + "?pageSize=10")
                                .json()
                                .get("@odata.nextLink")
                                .asText())
                        .at("/ExportDefinition/TimePath")
                        .asText())
                .isEqualTo("2026-11-20/1701/");
        assertThat(exports.pages(VULNERABILITIES)).isNotEqualTo(all);
    }

    @Test
    void shouldRefuseATokenThatLeadsNowhere() {
        String link = Exports.nextOf(caller.get(SOFTWARE + "?pageSize=5"));
        String target = link.substring(0, link.indexOf("$skiptoken=") + "$skiptoken=".length());

        refused(target + "garbage", "not one of a next link");
        refused(target + encode("[]"), "not one of a next link");
        refused(target + place("2026-11-20/1100/", 0, 5), "snapshot that is not there: 2026-11-20/1100/");
        refused(target + place("2026-11-20/1701/", 0, 5), "snapshot that is not there");
        refused(target + place("2026-11-20/1101/", 0, 100_000), "past the end");
        refused(target + place("2026-11-20/1101/", 99, 0), "past the end");
        clock.advance(Duration.ofDays(3));
        caller.signIn();
        refused(link, "snapshot that is not there: 2026-11-20/1101/");
    }

    private void refused(String target, String reason) {
        ServiceCaller.Answer answer = caller.get(target);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.errorMessage()).contains(reason);
    }

    private static String place(String path, int file, int line) {
        return encode("{\"ExportDefinition\":{\"TimePath\":\"" + path + "\"},\"ExportFileIndex\":" + file
                + ",\"LineStoppedAt\":" + line + "}");
    }

    private static String encode(String json) {
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSwitchTheLinkOffWithTop() {
        JsonNode page = caller.get(SOFTWARE + "?$top=5").json();

        assertThat(page.get("value")).hasSize(5);
        assertThat(page.has("@odata.nextLink")).isFalse();
        assertThat(caller.get(SOFTWARE + "?$skip=5").errorCode()).isEqualTo("ODataError");
    }

    // Links -----------------------------------------------------------------------------------------------------------

    @Test
    void shouldSayWhenTheSnapshotWasMade() {
        JsonNode answer = caller.get("/api/machines/SoftwareInventoryExport").json();

        assertThat(text(answer, "@odata.context"))
                .endsWith("/api/$metadata#microsoft.windowsDefenderATP.api.ExportFilesResponse");
        assertThat(text(answer, "generatedTime")).isEqualTo("2026-11-20T11:01:00Z");
        assertThat(answer.get("exportFiles"))
                .hasSizeGreaterThan(1)
                .allSatisfy(link -> assertThat(link.asText())
                        .contains(
                                "/2026-11-20/1101/SoftwareInventory/json/OrgId=",
                                "/_RbacGroupId=",
                                ".c000.json.gz?sv="));
    }

    @Test
    void shouldKeepTheDeviceGroupsApart() {
        for (String link : exports.links("/api/machines/SoftwareInventoryExport")) {
            String group = link.replaceFirst(".*_RbacGroupId=(\\d+)/.*", "$1");
            assertThat(Exports.gunzip(exports.download(link).body()).lines().map(EmulatorClient::json))
                    .allSatisfy(
                            record -> assertThat(text(record, "rbacGroupId")).isEqualTo(group));
        }
    }

    @Test
    void shouldEndLinksAfterTheHoursAskedFor() {
        String one = exports.links("/api/machines/SoftwareInventoryExport").get(0);
        String six = exports.links("/api/machines/SoftwareInventoryExport?sasValidHours=6")
                .get(0);
        String three =
                exports.links("/api/machines/certificateAssessmentExport").get(0);
        String day = exports.links("/api/machines/certificateAssessmentExport?sasvalidhours=24")
                .get(0);

        clock.advance(Duration.ofMinutes(61));
        expired(one);
        assertThat(exports.download(three).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(2));
        expired(three);
        assertThat(exports.download(six).status()).isEqualTo(200);
        clock.advance(Duration.ofHours(3));
        expired(six);
        clock.advance(Duration.ofMinutes(17 * 60 + 58));
        assertThat(exports.download(day).status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        expired(day);
    }

    private void expired(String link) {
        ServiceCaller.Answer answer = exports.download(link);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/xml");
        assertThat(answer.text()).startsWith("<?xml").contains("<Code>AuthenticationFailed</Code>");
    }

    @Test
    void shouldLimitTheHoursOfLinks() {
        assertThat(caller.get("/api/machines/SoftwareInventoryExport?sasValidHours=7")
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/api/machines/SoftwareInventoryExport?sasValidHours=0")
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/api/machines/certificateAssessmentExport?sasValidHours=25")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseALinkThatWasChanged() {
        String link = exports.links("/api/machines/SoftwareInventoryExport").get(0);

        expired(link.replace("sig=", "sig=0"));
        expired(link.replace("SoftwareInventory/", "VaExport/"));
        expired(link.replaceFirst("&se=[^&]+", "&se=2027-01-01T00%3A00%3A00Z"));
        expired(link.replaceFirst("&se=[^&]+", ""));
        expired(link.replaceFirst("\\?.*", ""));
    }

    @Test
    void shouldAnswerNoFilesWhenThereIsNothing() {
        Exports small = organisationWithoutOtherSoftware();

        assertThat(small.pages("/api/machines/SoftwareInventoryNoProductCodeByMachine"))
                .isEmpty();
        assertThat(small.links("/api/machines/SoftwareInventoryNonCpeExport")).isEmpty();
        assertThat(small.links("/api/machines/SoftwareInventoryExport")).isNotEmpty();
    }

    /** Found by its pages: five devices of which none has software without a product code. */
    private Exports organisationWithoutOtherSoftware() {
        for (long seed = 2; seed < 60; seed++) {
            ServiceCaller small = new ServiceCaller(
                    DefenderEmulator.builder().size(5).seed(seed).clock(clock).service());
            small.useToken(small.token(Map.of(
                            "client_id",
                            Seeded.uuid(seed, 0, 102),
                            "client_secret",
                            "e~" + Seeded.hex(seed, 0, 103, 20) + "+/&=%",
                            "tenant",
                            Seeded.uuid(seed, 0, 101)))
                    .json()
                    .get("access_token")
                    .asText());
            Exports found = new Exports(small);
            if (found.pages("/api/machines/SoftwareInventoryNoProductCodeByMachine")
                    .isEmpty()) {
                return found;
            }
        }
        throw new AssertionError("Every small organisation has such software");
    }

    // Coherence -------------------------------------------------------------------------------------------------------

    @Test
    void shouldExportOnboardedDevicesAsTheListShowsThem() {
        Set<String> onboarded = new TreeSet<>();
        caller.get("/api/machines?$filter=" + ServiceCaller.encode("onboardingStatus eq 'Onboarded'"))
                .json()
                .get("value")
                .forEach(machine -> onboarded.add(text(machine, "id")));
        Set<String> exported = new TreeSet<>();
        for (JsonNode record : exports.pages("/api/machines/SecureConfigurationsAssessmentByMachine")) {
            JsonNode machine =
                    caller.get("/api/machines/" + text(record, "deviceId")).json();
            exported.add(text(record, "deviceId"));
            assertThat(text(record, "deviceName")).isEqualTo(text(machine, "computerDnsName"));
            assertThat(text(record, "osPlatform")).isEqualTo(text(machine, "osPlatform"));
            assertThat(record.get("rbacGroupId")).isEqualTo(machine.get("rbacGroupId"));
            assertThat(text(record, "rbacGroupName"))
                    .isEqualTo(
                            machine.get("rbacGroupName").isNull() ? "UnassignedGroup" : text(machine, "rbacGroupName"));
            assertThat(text(record, "timestamp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
        }

        assertThat(exported).isEqualTo(onboarded);
        assertThat(onboarded).hasSizeBetween(20, caller.tenant().machines().count() - 1);
    }

    @Test
    void shouldJudgeSettingsAsTheRecommendationsDo() {
        int failing = 0;
        for (JsonNode record : exports.pages("/api/machines/SecureConfigurationsAssessmentByMachine")) {
            JsonNode recommended = caller.get("/api/machines/" + text(record, "deviceId") + "/recommendations")
                    .json()
                    .get("value");
            String reference = text(record, "recommendationReference");
            assertThat(recommended.findValuesAsText("id").contains(reference))
                    .as(record.toString())
                    .isEqualTo(!record.get("isCompliant").booleanValue());
            failing += record.get("isCompliant").booleanValue() ? 0 : 1;
            if (failing == 1 && !record.get("isCompliant").booleanValue()) {
                assertThat(text(caller.get("/api/recommendations/" + reference).json(), "recommendationName"))
                        .isEqualTo(text(record, "configurationName"));
            }
        }
        assertThat(failing).isPositive();
    }

    @Test
    void shouldExportTheSoftwareAndVulnerabilitiesOfTheInventory() {
        List<JsonNode> software = exports.pages(SOFTWARE);
        List<JsonNode> vulnerabilities = exports.pages(VULNERABILITIES);

        for (String id : List.copyOf(new HashSet<>(
                software.stream().map(record -> text(record, "deviceId")).toList()))) {
            List<JsonNode> found = List.copyOf(caller.get("/api/vulnerabilities/machinesVulnerabilities?$filter="
                            + ServiceCaller.encode("machineId eq '" + id + "'"))
                    .json()
                    .findParents("cveId"));
            Set<String> installed = new TreeSet<>();
            for (JsonNode product :
                    caller.get("/api/machines/" + id + "/software").json().get("value")) {
                // The list counts for the whole organisation, the export for the version on the device.
                installed.add(text(product, "id") + " "
                        + found.stream()
                                .filter(row -> row.get("productName").equals(product.get("name")))
                                .count());
            }
            assertThat(software.stream()
                            .filter(record -> text(record, "deviceId").equals(id))
                            .map(record -> text(record, "softwareVendor") + "-_-" + text(record, "softwareName") + " "
                                    + text(record, "numberOfWeaknesses")))
                    .containsExactlyInAnyOrderElementsOf(installed);
            Set<String> known = new TreeSet<>();
            for (JsonNode vulnerability : caller.get("/api/machines/" + id + "/vulnerabilities")
                    .json()
                    .get("value")) {
                known.add(text(vulnerability, "id"));
            }
            assertThat(vulnerabilities.stream()
                            .filter(record -> text(record, "deviceId").equals(id)
                                    && !record.get("cveId").isNull())
                            .map(record -> text(record, "cveId")))
                    .containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @Test
    void shouldHaveARecordForSoftwareWithoutAVulnerability() {
        List<JsonNode> clean = exports.pages(VULNERABILITIES).stream()
                .filter(record -> record.get("cveId").isNull())
                .toList();

        assertThat(clean).isNotEmpty().allSatisfy(record -> {
            assertThat(text(record, "id"))
                    .isEqualTo(text(record, "deviceId") + "_" + text(record, "softwareName") + "_"
                            + text(record, "softwareVersion") + "__");
            assertThat(record.get("vulnerabilitySeverityLevel").isNull()).isTrue();
            assertThat(text(record, "lastSeenTimestamp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        });
    }

    @Test
    void shouldWriteBrowserExtensionsWithCapitals() {
        JsonNode page =
                caller.get("/api/Machines/BrowserExtensionsInventoryByMachine").json();
        Set<String> keys = new TreeSet<>();
        caller.get("/api/browserextensions/permissionsinfo")
                .json()
                .get("value")
                .forEach(permission -> keys.add(text(permission, "key")));

        assertThat(text(page, "@odata.context")).endsWith("Collection(microsoft.windowsDefenderATP.api.AssetSoftware)");
        assertThat(page.get("value")).allSatisfy(record -> {
            assertThat(record.fieldNames()).toIterable().allMatch(name -> Character.isUpperCase(name.charAt(0)));
            assertThat(text(record, "InstallationTime")).endsWith("Z");
            assertThat(record.get("Permissions")).allSatisfy(permission -> {
                String key = text(permission, "Id");
                assertThat(key.startsWith("https://") || keys.contains(key))
                        .as(key)
                        .isTrue();
            });
        });
    }

    @Test
    void shouldGatherTheHealthOfTheAntivirus() {
        List<JsonNode> records = exports.files("/api/Machines/InfoGatheringExport");

        assertThat(records).isNotEmpty().allSatisfy(record -> {
            JsonNode health = caller.get("/api/deviceavinfo?$filter="
                            + ServiceCaller.encode("machineId eq '" + text(record, "DeviceId") + "'"))
                    .json()
                    .at("/value/0");
            assertThat(record.at("/DeviceGatheredInfo/AvMode")).isEqualTo(health.get("avMode"));
            assertThat(record.at("/DeviceGatheredInfo/AvSignatureVersion")).isEqualTo(health.get("avSignatureVersion"));
        });
    }
}
