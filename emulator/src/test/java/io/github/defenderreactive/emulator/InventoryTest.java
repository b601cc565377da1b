package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.testing.TestClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Software, vulnerabilities, recommendations, updates and scores tell the same story as the devices do. */
class InventoryTest {

    private final ServiceCaller caller = ServiceCaller.of(
            DefenderEmulator.builder().size(1_200).pageSize(25).clock(new TestClock("2026-11-20T10:00:00Z")));

    /** All items of a collection, page after page. */
    private List<JsonNode> all(String collection) {
        List<JsonNode> items = new ArrayList<>();
        String target = "/api/" + collection;
        while (target != null) {
            ServiceCaller.Answer answer = caller.get(target);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answer.json().get("value").forEach(items::add);
            JsonNode link = answer.json().get("@odata.nextLink");
            target = link == null ? null : link.asText().substring(ServiceCaller.ROOT.length());
        }
        return items;
    }

    private List<JsonNode> filtered(String collection, String filter) {
        return all(collection + "?$filter=" + ServiceCaller.encode(filter));
    }

    private JsonNode get(String entity) {
        ServiceCaller.Answer answer = caller.get("/api/" + entity);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static Set<String> ids(List<JsonNode> items) {
        Set<String> ids =
                items.stream().map(item -> item.get("id").asText()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ids).hasSameSizeAs(items);
        return ids;
    }

    /** Ids of the devices whose list below the device has an item. */
    private Map<String, Set<String>> devicesByItem(String list) {
        Map<String, Set<String>> devices = new LinkedHashMap<>();
        for (int i = 0; i < caller.tenant().machines().count(); i++) {
            String device = caller.tenant().machineId(i);
            ids(all("machines/" + device + "/" + list))
                    .forEach(id ->
                            devices.computeIfAbsent(id, item -> new TreeSet<>()).add(device));
        }
        return devices;
    }

    private static JsonNode withoutControl(JsonNode item) {
        ObjectNode copy = item.deepCopy();
        copy.remove(List.of("@odata.type", "@odata.context"));
        return copy;
    }

    @Test
    void shouldListTheSoftwareThatDevicesHave() {
        Map<String, Set<String>> devices = devicesByItem("software");
        List<JsonNode> products = all("Software");

        assertThat(ids(products)).isEqualTo(devices.keySet());
        for (JsonNode product : products) {
            String id = product.get("id").asText();
            assertThat(id)
                    .isEqualTo(product.get("vendor").asText() + "-_-"
                            + product.get("name").asText());
            assertThat(ids(all("Software/" + id + "/machineReferences"))).isEqualTo(devices.get(id));
            assertThat(withoutControl(get("Software/" + id))).isEqualTo(product);
            assertThat(all("Software/" + id + "/vulnerabilities"))
                    .hasSize(product.get("weaknesses").asInt());
        }
        assertThat(all("machines/" + caller.tenant().machineId(3) + "/software"))
                .isNotEmpty()
                .isSubsetOf(products);
    }

    @Test
    void shouldDistributeTheVersions() {
        List<JsonNode> rows = all("vulnerabilities/machinesVulnerabilities");
        for (JsonNode product : all("Software")) {
            String id = product.get("id").asText();
            int installations = 0;
            for (JsonNode version : all("Software/" + id + "/distributions")) {
                installations += version.get("installations").asInt();
                Set<String> cves = rows.stream()
                        .filter(row -> row.get("productName").equals(product.get("name"))
                                && row.get("productVersion").equals(version.get("version")))
                        .map(row -> row.get("cveId").asText())
                        .collect(Collectors.toSet());
                assertThat(cves).hasSize(version.get("vulnerabilities").asInt());
            }
            assertThat(installations)
                    .isEqualTo(all("Software/" + id + "/machineReferences").size());
        }
    }

    @Test
    void shouldListTheVulnerabilitiesThatDevicesHave() {
        Map<String, Set<String>> devices = devicesByItem("vulnerabilities");
        List<JsonNode> vulnerabilities = all("vulnerabilities");

        assertThat(ids(vulnerabilities)).isEqualTo(devices.keySet());
        for (JsonNode vulnerability : vulnerabilities) {
            String cve = vulnerability.get("id").asText();
            assertThat(ids(all("vulnerabilities/" + cve + "/machineReferences")))
                    .isEqualTo(devices.get(cve));
            assertThat(vulnerability.get("exposedMachines").asInt())
                    .isEqualTo(devices.get(cve).size());
            assertThat(withoutControl(get("vulnerabilities/" + cve))).isEqualTo(vulnerability);
        }
    }

    @Test
    void shouldShowVulnerabilitiesInShortBelowDevicesProductsAndRecommendations() {
        Map<String, JsonNode> whole = all("vulnerabilities").stream()
                .collect(Collectors.toMap(item -> item.get("id").asText(), item -> item));
        List<JsonNode> inShort =
                new ArrayList<>(all("machines/" + caller.tenant().machineId(3) + "/vulnerabilities"));
        inShort.addAll(all("Software/microsoft-_-windows_11/vulnerabilities"));
        inShort.addAll(all("recommendations/va-_-brinesoft-_-remote_desk/vulnerabilities"));

        for (JsonNode item : inShort) {
            assertThat(item.has("epss")).isFalse();
            ObjectNode expected = whole.get(item.get("id").asText()).deepCopy();
            expected.remove(List.of("cvssVector", "firstDetected", "cveSupportability", "tags", "epss"));
            assertThat(withoutControl(item)).isEqualTo(expected);
        }
    }

    @Test
    void shouldJoinTheVulnerabilitiesOfAllDevices() {
        List<JsonNode> rows = all("vulnerabilities/machinesVulnerabilities");
        Set<String> pairs = rows.stream()
                .map(row ->
                        row.get("machineId").asText() + " " + row.get("cveId").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>();
        devicesByItem("vulnerabilities")
                .forEach((cve, devices) -> devices.forEach(device -> expected.add(device + " " + cve)));

        assertThat(ids(rows)).hasSize(rows.size());
        assertThat(pairs).isEqualTo(expected);
        assertThat(rows).isEqualTo(all("vulnerabilities/machinesVulnerabilities"));
        assertThat(rows).hasSizeGreaterThan(25).allSatisfy(row -> {
            JsonNode kb = row.get("fixingKbId");
            assertThat(row.get("id").asText())
                    .isEqualTo(String.join(
                            "-_-",
                            row.get("machineId").asText(),
                            row.get("cveId").asText(),
                            row.get("productVendor").asText(),
                            row.get("productName").asText(),
                            row.get("productVersion").asText(),
                            kb.isNull() ? "" : kb.asText()));
        });
    }

    @Test
    void shouldNameTheUpdateThatMendsAVulnerability() {
        Map<String, Set<String>> devices = devicesByItem("getmissingkbs");
        Set<String> fixing = new HashSet<>();
        all("vulnerabilities/machinesVulnerabilities").forEach(row -> {
            JsonNode kb = row.get("fixingKbId");
            assertThat(kb.isNull()).isNotEqualTo(row.get("productName").asText().startsWith("windows"));
            if (!kb.isNull()) {
                fixing.add(kb.asText());
                assertThat(devices.get(kb.asText()))
                        .contains(row.get("machineId").asText());
            }
        });
        Set<String> missed = new HashSet<>();
        for (JsonNode product : all("Software")) {
            for (JsonNode update : all("Software/" + product.get("id").asText() + "/getmissingkbs")) {
                missed.add(update.get("id").asText());
                assertThat(update.get("machineMissedOn").asInt())
                        .isEqualTo(devices.get(update.get("id").asText()).size());
                assertThat(update.get("productsNames").get(0)).isEqualTo(product.get("name"));
            }
        }

        assertThat(missed).isNotEmpty().isEqualTo(devices.keySet()).isEqualTo(fixing);
    }

    @Test
    void shouldRecommendWhatConcernsDevices() {
        Map<String, Set<String>> devices = devicesByItem("recommendations");
        List<JsonNode> recommendations = all("recommendations");

        assertThat(ids(recommendations)).isEqualTo(devices.keySet());
        assertThat(recommendations)
                .extracting(item -> item.get("remediationType").asText())
                .contains("Update", "Uninstall", "ConfigurationChange");
        for (JsonNode recommendation : recommendations) {
            String id = recommendation.get("id").asText();
            JsonNode software = get("recommendations/" + id + "/software");
            assertThat(withoutControl(get("recommendations/" + id))).isEqualTo(recommendation);
            assertThat(ids(all("recommendations/" + id + "/machineReferences"))).isEqualTo(devices.get(id));
            assertThat(recommendation.get("exposedMachinesCount").asInt())
                    .isEqualTo(devices.get(id).size());
            assertThat(software.get("@odata.context").asText())
                    .endsWith("#Analytics.Contracts.PublicAPI.PublicProductDto");
            assertThat(withoutControl(software))
                    .isEqualTo(
                            withoutControl(get("Software/" + software.get("id").asText())));
            assertThat(recommendation.get("totalMachineCount").asInt())
                    .isEqualTo(all("Software/" + software.get("id").asText() + "/machineReferences")
                            .size());
            assertThat(all("recommendations/" + id + "/vulnerabilities"))
                    .hasSize(recommendation.get("weaknesses").asInt());
            if (id.startsWith("sca")) {
                assertThat(recommendation.get("weaknesses").asInt()).isZero();
            } else {
                assertThat(recommendation.get("exposureImpact")).isEqualTo(software.get("impactScore"));
                assertThat(recommendation.get("exposedMachinesCount")).isEqualTo(software.get("exposedMachines"));
            }
        }
    }

    @Test
    void shouldScoreWhatTheListsSay() {
        double impact = all("Software").stream()
                .mapToDouble(item -> item.get("impactScore").asDouble())
                .sum();
        double lost = all("recommendations").stream()
                .mapToDouble(item -> item.get("configScoreImpact").asDouble())
                .sum();
        JsonNode exposure = get("exposureScore");
        JsonNode secure = get("configurationScore");

        assertThat(exposure.get("score").asDouble()).isPositive().isCloseTo(impact, within(1e-9));
        assertThat(exposure.get("time").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(exposure.get("@odata.context").asText()).endsWith("#ExposureScore/$entity");
        assertThat(exposure.has("rbacGroupName")).isFalse();
        assertThat(secure.get("score").asDouble() + lost).isCloseTo(8 + 9 + 5 + 6, within(1e-9));
        assertThat(secure.get("@odata.context").asText()).endsWith("#ConfigurationScore/$entity");
    }

    @Test
    void shouldScoreEveryGroup() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (int i = 0; i < caller.tenant().machines().count(); i++) {
            sizes.merge(
                    String.valueOf(caller.tenant()
                            .machines()
                            .get(caller.tenant().machineId(i))
                            .get("rbacGroupName")),
                    1,
                    Integer::sum);
        }
        List<JsonNode> scores = all("exposureScore/ByMachineGroups");
        double weighted = scores.stream()
                .mapToDouble(item -> item.get("score").asDouble()
                        * sizes.get(item.get("rbacGroupName").asText()))
                .sum();

        assertThat(scores)
                .extracting(item -> item.get("rbacGroupName").asText())
                .containsExactlyInAnyOrderElementsOf(sizes.keySet());
        assertThat(scores).allMatch(item -> !item.has("rbacGroupId"));
        assertThat(weighted / caller.tenant().machines().count())
                .isCloseTo(get("exposureScore").get("score").asDouble(), within(1e-9));
    }

    @Test
    void shouldReferToDevicesAsTheyAre() {
        String id = caller.tenant().machineId(7);
        caller.tenant().machines().update(id, Map.of("rbacGroupName", "Tugs"));
        caller.tenant().machines().update(id, Map.of("computerDnsName", "tug-7.harbour.example"));

        // Everywhere installed, so every device is there.
        List<JsonNode> references = all("Software/quayside-_-manifest_viewer/machineReferences");
        assertThat(references).hasSize(caller.tenant().machines().count()).allSatisfy(reference -> {
            Map<String, ?> machine =
                    caller.tenant().machines().get(reference.get("id").asText());
            assertThat(reference).hasSize(4);
            assertThat(reference.get("computerDnsName").asText()).isEqualTo(machine.get("computerDnsName"));
            assertThat(reference.get("osPlatform").asText()).isEqualTo(machine.get("osPlatform"));
            assertThat(reference.get("rbacGroupName").textValue()).isEqualTo(machine.get("rbacGroupName"));
        });
        assertThat(references)
                .extracting(reference -> reference.get("rbacGroupName").textValue())
                .contains("Tugs")
                .containsNull();
    }

    @Test
    void shouldAskForWhatIsRecommended() {
        Set<String> recommendations = all("recommendations").stream()
                .map(item -> item.get("recommendationName").asText())
                .collect(Collectors.toSet());
        List<JsonNode> tasks = all("remediationTasks");

        assertThat(ids(tasks)).hasSize(12);
        assertThat(tasks)
                .extracting(task -> task.get("createdOn").asText())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(tasks).extracting(task -> task.get("status").asText()).contains("Active", "Completed");
        for (JsonNode task : tasks) {
            String id = task.get("id").asText();
            List<JsonNode> devices = all("remediationtasks/" + id + "/machineReferences");
            Set<String> groups = new HashSet<>();
            task.get("rbacGroupNames").forEach(group -> groups.add(group.asText()));
            assertThat(withoutControl(get("remediationTasks/" + id))).isEqualTo(task);
            assertThat(recommendations).contains(task.get("title").asText());
            assertThat(devices)
                    .hasSize(task.get("targetDevices").asInt()
                            - task.get("fixedDevices").asInt())
                    .allMatch(device ->
                            groups.contains(device.get("rbacGroupName").asText()));
            assertThat(task.get("completionMethod").isNull())
                    .isEqualTo(task.get("status").asText().equals("Active"));
            assertThat(task.get("scid").isNull())
                    .isEqualTo(task.get("category").asText().equals("Software"));
        }
        // Devices in no group have no group name elsewhere.
        assertThat(tasks)
                .anySatisfy(task -> assertThat(
                                all("remediationTasks/" + task.get("id").asText() + "/machineReferences"))
                        .extracting(device -> device.get("rbacGroupName").asText())
                        .contains("UnassignedGroup"));
    }

    @Test
    void shouldFilter() {
        String device = caller.tenant().machineId(9);

        assertThat(filtered("Software", "vendor eq 'microsoft' and startswith(name,'windows')"))
                .isNotEmpty()
                .allMatch(item -> item.get("name").asText().startsWith("windows"));
        assertThat(filtered("vulnerabilities", "severity eq 'High' and cvssV3 ge 8"))
                .isNotEmpty()
                .allMatch(item -> item.get("cvssV3").decimalValue().intValueExact() == 8);
        assertThat(filtered("vulnerabilities", "publishedOn lt 2000-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(filtered("vulnerabilities/machinesVulnerabilities", "machineId eq '" + device + "'"))
                .hasSameSizeAs(all("machines/" + device + "/vulnerabilities"));
        assertThat(filtered("vulnerabilities/machinesVulnerabilities", "machineId eq 'nobody'"))
                .isEmpty();
        assertThat(filtered("vulnerabilities/machinesVulnerabilities", "fixingKbId ne null and severity eq 'Low'"))
                .isNotEmpty()
                .allMatch(item -> item.get("productVendor").asText().equals("microsoft"));
        assertThat(filtered("recommendations", "remediationType eq 'ConfigurationChange' and severityScore gt 5"))
                .isNotEmpty()
                .allMatch(item -> item.get("id").asText().startsWith("sca-_-scid-"));
        assertThat(filtered("recommendations", "status eq 'Exception'"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("va-_-tidewater-_-fax_gateway");
        List<JsonNode> tasks = all("remediationTasks");
        String third = tasks.get(2).get("createdOn").asText();
        // The page spells the property in lower case.
        assertThat(filtered("remediationTasks", "createdon ge " + third)).isEqualTo(tasks.subList(0, 3));
        assertThat(caller.get("/api/Software?$filter=" + ServiceCaller.encode("weaknesses gt 1"))
                        .errorCode())
                .isEqualTo("ODataError");
    }

    @Test
    void shouldCutWithTopAndWithoutALink() {
        List<JsonNode> rows = all("vulnerabilities/machinesVulnerabilities");
        JsonNode page = get("vulnerabilities/machinesVulnerabilities?$top=30&$skip=40");

        assertThat(page.get("value")).hasSize(30).first().isEqualTo(rows.get(40));
        assertThat(page.has("@odata.nextLink")).isFalse();
        assertThat(get("vulnerabilities?$top=8000").get("value")).isNotEmpty();
        assertThat(caller.get("/api/vulnerabilities?$top=8001").errorCode()).isEqualTo("ODataError");
        assertThat(caller.get("/api/recommendations?$top=10001").errorCode()).isEqualTo("ODataError");
    }

    @Test
    void shouldAnswerWholeWhatNobodyCanSkipIn() {
        JsonNode answer = get("Software/quayside-_-manifest_viewer/machineReferences");

        assertThat(answer.get("value"))
                .hasSize(caller.tenant().machines().count())
                .hasSizeGreaterThan(25);
        assertThat(answer.has("@odata.nextLink")).isFalse();
    }

    @Test
    void shouldWriteAScoreAsAWholeNumberAndOneValueInTwoWays() {
        List<JsonNode> vulnerabilities = all("vulnerabilities");

        assertThat(vulnerabilities).anyMatch(item -> item.get("cvssV3").isIntegralNumber());
        assertThat(vulnerabilities).anyMatch(item -> item.get("cvssV3").isNull());
        assertThat(vulnerabilities)
                .extracting(item -> item.get("cveSupportability").asText())
                .contains("supported", "Supported");
    }

    @Test
    void shouldNotFindWhatIsNotThere() {
        for (String target : List.of(
                "Software/quayside-_-none",
                "Software/quayside-_-none/distributions",
                "Software/quayside-_-none/machineReferences",
                "Software/quayside-_-none/vulnerabilities",
                "Software/quayside-_-none/getmissingkbs",
                "vulnerabilities/CVE-1999-0001",
                "vulnerabilities/CVE-1999-0001/machineReferences",
                "recommendations/va-_-quayside-_-none",
                "recommendations/va-_-quayside-_-none/software",
                "recommendations/va-_-quayside-_-none/machineReferences",
                "recommendations/va-_-quayside-_-none/vulnerabilities",
                "remediationTasks/5c0e4b1a-7d36-4f0e-8a91-2b6d90c1e7f4",
                "remediationTasks/5c0e4b1a-7d36-4f0e-8a91-2b6d90c1e7f4/machineReferences")) {
            ServiceCaller.Answer answer = caller.get("/api/" + target);
            assertThat(answer.status()).as(target).isEqualTo(404);
            assertThat(answer.errorCode()).isEqualTo("ResourceNotFound");
        }
    }

    @Test
    void shouldServeALargeOrganisation() {
        ServiceCaller large = ServiceCaller.of(DefenderEmulator.builder().size(1_000_000));
        JsonNode product = large.get("/api/Software/quayside-_-manifest_viewer").json();
        JsonNode page = large.get("/api/vulnerabilities/machinesVulnerabilities?$skip=250000")
                .json();

        assertThat(large.tenant().machines().count()).isEqualTo(50_000);
        assertThat(product.get("exposedMachines").asInt()).isEqualTo(50_000);
        assertThat(page.get("value")).hasSize(10_000);
        assertThat(page.get("@odata.nextLink").asText()).endsWith("$skip=260000");
    }
}
