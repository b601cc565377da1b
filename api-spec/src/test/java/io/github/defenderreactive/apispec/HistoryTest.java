package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.ApiChange;
import io.github.defenderreactive.codegen.ApiDiff;
import io.github.defenderreactive.codegen.Description;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Earlier descriptions of the service, made from the present one by overlays that take back what came later. Code can be
 * generated from each, and the changes between two are those of the release notes of the service.
 */
class HistoryTest {

    private static final Path ROOT = Path.of("defender-endpoint", "openapi.yaml");
    private static final List<String> DATES = List.of("2022-08", "2021-10", "2020-09");

    private static final Map<String, Description> READ = new HashMap<>();

    /** Returns the description of a date, or of now for an empty text. */
    private static Description at(String date) {
        return READ.computeIfAbsent(date, HistoryTest::read);
    }

    private static Description read(String date) {
        List<Path> overlays = new ArrayList<>();
        for (String later : DATES) {
            if (date.isEmpty()) {
                break;
            }
            overlays.add(Path.of("history", later + ".overlay.yaml"));
            if (later.equals(date)) {
                break;
            }
        }
        Description description = Description.read(ROOT, overlays);
        assertThat(description.warnings()).isEmpty();
        description.check();
        return description;
    }

    private static Set<String> changes(String before, String after) {
        return ApiDiff.between(at(before), at(after)).list().stream()
                .filter(change -> !change.place().startsWith("#/components/schemas")
                        || !change.kind().equals("schema-added"))
                .map(ApiChange::text)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldNameTheChangesUntilOctober2021() {
        assertThat(changes("2020-09", "2021-10"))
                .containsExactlyInAnyOrder(
                        "AdvancedHuntingApi.run 15 -> 45 calls per minute",
                        "Alert.detectorId() is new",
                        "AlertEvidence.detectionStatus() is new",
                        "AlertEvidence.parentProcessFileName() is new",
                        "AlertEvidence.parentProcessFilePath() is new",
                        "AlertsApi.batchUpdate is new, for POST /alerts/batchUpdate",
                        "ExportsApi.secureConfigurationFiles is new, for GET /machines/SecureConfigurationsAssessmentExport",
                        "ExportsApi.secureConfigurations is new, for GET /machines/SecureConfigurationsAssessmentByMachine",
                        "ExportsApi.software is new, for GET /machines/SoftwareInventoryByMachine",
                        "ExportsApi.softwareFiles is new, for GET /machines/SoftwareInventoryExport",
                        "ExportsApi.vulnerabilities is new, for GET /machines/SoftwareVulnerabilitiesByMachine",
                        "ExportsApi.vulnerabilityChanges is new, for GET /machines/SoftwareVulnerabilityChangesByMachine",
                        "ExportsApi.vulnerabilityFiles is new, for GET /machines/SoftwareVulnerabilitiesExport",
                        "IndicatorsApi.batchImport is new, for POST /indicators/import",
                        "Machine.deviceValue() is new",
                        "Machine.ipAddresses() is new",
                        "MachineFields.DEVICE_VALUE is new",
                        "MachinesApi.findByTag is new, for GET /machines/findbytag",
                        "MachinesApi.setDeviceValue is new, for POST /machines/{machineId}/setDeviceValue",
                        "RemediationApi is new",
                        "RemediationApi.get is new, for GET /remediationTasks/{id}",
                        "RemediationApi.list is new, for GET /remediationTasks",
                        "RemediationApi.machines is new, for GET /remediationTasks/{id}/machineReferences");
    }

    @Test
    void shouldNameTheChangesUntilAugust2022() {
        assertThat(changes("2021-10", "2022-08"))
                .containsExactlyInAnyOrder(
                        "DeviceHealthApi is new", "DeviceHealthApi.antivirus is new, for GET /deviceavinfo");
    }

    @Test
    void shouldNameTheChangesSince() {
        assertThat(changes("2022-08", ""))
                .containsExactlyInAnyOrder(
                        "AuthenticatedScansApi is new",
                        "AuthenticatedScansApi.agent is new, for GET /DeviceAuthenticatedScanAgents/{id}",
                        "AuthenticatedScansApi.agents is new, for GET /DeviceAuthenticatedScanAgents",
                        "AuthenticatedScansApi.batchDeleteDefinitions is new, for POST /DeviceAuthenticatedScanDefinitions/BatchDelete",
                        "AuthenticatedScansApi.createDefinition is new, for POST /DeviceAuthenticatedScanDefinitions",
                        "AuthenticatedScansApi.definitions is new, for GET /DeviceAuthenticatedScanDefinitions",
                        "AuthenticatedScansApi.historyByDefinition is new, for POST /DeviceAuthenticatedScanDefinitions/GetScanHistoryByScanDefinitionId",
                        "AuthenticatedScansApi.historyBySession is new, for POST /DeviceAuthenticatedScanDefinitions/GetScanHistoryBySessionId",
                        "AuthenticatedScansApi.updateDefinition is new, for PATCH /DeviceAuthenticatedScanDefinitions/{id}",
                        "BaselinesApi is new",
                        "BaselinesApi.configurations is new, for GET /baselineConfigurations",
                        "BaselinesApi.profiles is new, for GET /baselineProfiles",
                        "ExportsApi.browserExtensionFiles is new, for GET /machines/browserextensionsinventoryExport",
                        "ExportsApi.browserExtensionPermissions is new, for GET /browserextensions/permissionsinfo",
                        "ExportsApi.browserExtensions is new, for GET /Machines/BrowserExtensionsInventoryByMachine",
                        "ExportsApi.certificateFiles is new, for GET /machines/certificateAssessmentExport",
                        "ExportsApi.certificates is new, for GET /machines/certificateAssessmentByMachine",
                        "ExportsApi.hardwareAndFirmware is new, for GET /machines/HardwareFirmwareInventoryByMachine",
                        "ExportsApi.hardwareAndFirmwareFiles is new, for GET /machines/HardwareFirmwareInventoryExport",
                        "ExportsApi.securityBaselineFiles is new, for GET /machines/BaselineComplianceAssessmentExport",
                        "ExportsApi.securityBaselines is new, for GET /machines/BaselineComplianceAssessmentByMachine",
                        "ExportsApi.softwareWithoutProductCode is new, for GET /machines/SoftwareInventoryNoProductCodeByMachine",
                        "ExportsApi.softwareWithoutProductCodeFiles is new, for GET /machines/SoftwareInventoryNonCpeExport",
                        "IndicatorsApi.batchDelete is new, for POST /indicators/BatchDelete",
                        "IsolationType.UN_MANAGED_DEVICE is new; code that treats unknown values sees a known one",
                        "MachinesApi.addOrRemoveTags is new, for POST /machines/AddOrRemoveTagForMultipleMachines");
    }
}
