package io.github.defenderreactive.emulator.internal.hunting;

import java.util.Set;

/** Tables that hunting in the service knows, and words that a query may begin with instead of one. */
final class ServiceTables {

    private static final Set<String> NAMES = Set.of((
            // Defender XDR
            "AADSignInEventsBeta AADSpnSignInEventsBeta AIAgentsInfo AlertEvidence AlertInfo BehaviorEntities"
                    + " BehaviorInfo CampaignInfo CloudAppEvents CloudAuditEvents CloudDnsEvents"
                    + " CloudPolicyEnforcementEvents CloudProcessEvents CloudStorageAggregatedEvents"
                    + " DataSecurityBehaviors DataSecurityEvents DeviceBaselineComplianceAssessment"
                    + " DeviceBaselineComplianceAssessmentKB DeviceBaselineComplianceProfiles DeviceEvents"
                    + " DeviceFileCertificateInfo DeviceFileEvents DeviceImageLoadEvents DeviceInfo DeviceLogonEvents"
                    + " DeviceNetworkEvents DeviceNetworkInfo DeviceProcessEvents DeviceRegistryEvents"
                    + " DeviceTvmBrowserExtensions DeviceTvmBrowserExtensionsKB DeviceTvmCertificateInfo"
                    + " DeviceTvmHardwareFirmware DeviceTvmInfoGathering DeviceTvmInfoGatheringKB"
                    + " DeviceTvmSecureConfigurationAssessment DeviceTvmSecureConfigurationAssessmentKB"
                    + " DeviceTvmSoftwareEvidenceBeta DeviceTvmSoftwareInventory DeviceTvmSoftwareVulnerabilities"
                    + " DeviceTvmSoftwareVulnerabilitiesKB DisruptionAndResponseEvents EmailAttachmentInfo EmailEvents"
                    + " EmailPostDeliveryEvents EmailUrlInfo EntraIdSignInEvents EntraIdSpnSignInEvents"
                    + " ExposureGraphEdges ExposureGraphNodes FileMaliciousContentInfo GraphApiAuditEvents"
                    + " IdentityAccountInfo IdentityDirectoryEvents IdentityEvents IdentityInfo IdentityLogonEvents"
                    + " IdentityQueryEvents MessageEvents MessagePostDeliveryEvents MessageUrlInfo OAuthAppInfo"
                    + " UrlClickEvents"
                    // Sentinel, where a workspace is connected
                    + " AADManagedIdentitySignInLogs AADNonInteractiveUserSignInLogs AADRiskyUsers"
                    + " AADServicePrincipalSignInLogs AADUserRiskEvents AWSCloudTrail AuditLogs AzureActivity"
                    + " AzureDiagnostics BehaviorAnalytics CommonSecurityLog DnsEvents Event GCPAuditLogs Heartbeat"
                    + " IntuneAuditLogs IntuneDevices MicrosoftGraphActivityLogs OfficeActivity Perf SecurityAlert"
                    + " SecurityEvent SecurityIncident SigninLogs Syslog ThreatIntelIndicators"
                    + " ThreatIntelligenceIndicator UserPeerAnalytics W3CIISLog Watchlist WindowsEvent"
                    + " WindowsFirewall")
            .split(" "));

    private static final Set<String> BEGINNINGS = Set.of(
            ("alias datatable declare evaluate externaldata find invoke let materialize print range restrict search set"
                            + " union")
                    .split(" "));

    private static final String CUSTOM = "_CL";

    private ServiceTables() {}

    /** Returns whether the service may have a table of this name. */
    static boolean has(String name) {
        return NAMES.contains(name) || name.endsWith(CUSTOM);
    }

    /** Returns whether a query may begin with this word, which names no table. */
    static boolean isBeginning(String word) {
        return BEGINNINGS.contains(word);
    }
}
