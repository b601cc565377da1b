package io.github.defenderreactive.emulator.internal.hunting;

import static io.github.defenderreactive.emulator.internal.hunting.HuntingColumn.number;
import static io.github.defenderreactive.emulator.internal.hunting.HuntingColumn.text;
import static io.github.defenderreactive.emulator.internal.hunting.HuntingColumn.time;

import java.util.List;
import java.util.stream.Stream;

/** The columns of the hunting tables, named as in the service, which has more of them. */
final class HuntingColumns {

    static final List<HuntingColumn> DEVICE_INFO = List.of(
            time("Timestamp"),
            text("DeviceId"),
            text("DeviceName"),
            text("ClientVersion"),
            text("PublicIP"),
            text("OSArchitecture"),
            text("OSPlatform"),
            number("OSBuild"),
            text("OSVersionInfo"),
            new HuntingColumn("IsAzureADJoined", HuntingColumn.Type.BOOLEAN),
            text("AadDeviceId"),
            text("LoggedOnUsers"),
            text("RegistryDeviceTag"),
            text("MachineGroup"),
            text("OnboardingStatus"),
            text("ExposureLevel"),
            text("AssetValue"),
            number("ReportId"));

    static final List<HuntingColumn> DEVICE_NETWORK_INFO = List.of(
            time("Timestamp"),
            text("DeviceId"),
            text("DeviceName"),
            text("NetworkAdapterType"),
            text("NetworkAdapterStatus"),
            text("IPAddresses"),
            number("ReportId"));

    static final List<HuntingColumn> DEVICE_PROCESS_EVENTS = List.of(
            time("Timestamp"),
            text("DeviceId"),
            text("DeviceName"),
            text("ActionType"),
            text("FileName"),
            text("FolderPath"),
            text("SHA1"),
            text("SHA256"),
            number("ProcessId"),
            text("ProcessCommandLine"),
            text("AccountDomain"),
            text("AccountName"),
            text("InitiatingProcessFileName"),
            text("InitiatingProcessFolderPath"),
            number("InitiatingProcessId"),
            number("ReportId"));

    static final List<HuntingColumn> ALERT_INFO = List.of(
            time("Timestamp"),
            text("AlertId"),
            text("Title"),
            text("Category"),
            text("Severity"),
            text("ServiceSource"),
            text("DetectionSource"),
            text("AttackTechniques"));

    static final List<HuntingColumn> ALERT_EVIDENCE = Stream.concat(
                    ALERT_INFO.stream(),
                    Stream.of(
                            text("EntityType"),
                            text("EvidenceRole"),
                            text("DeviceId"),
                            text("DeviceName"),
                            text("SHA1"),
                            text("SHA256"),
                            text("FileName"),
                            text("FolderPath"),
                            text("ProcessCommandLine"),
                            text("RemoteIP"),
                            text("RemoteUrl"),
                            text("AccountName"),
                            text("AccountDomain"),
                            text("AccountSid"),
                            text("AccountUpn"),
                            text("RegistryKey")))
            .toList();

    private HuntingColumns() {}
}
