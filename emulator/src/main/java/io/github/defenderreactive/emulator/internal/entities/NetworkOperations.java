package io.github.defenderreactive.emulator.internal.entities;

import io.github.defenderreactive.emulator.http.ServiceResponse;
import io.github.defenderreactive.emulator.internal.alerts.Evidence;
import io.github.defenderreactive.emulator.internal.alerts.Sightings;
import io.github.defenderreactive.emulator.internal.http.Problem;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationCall;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.util.Map;
import java.util.function.LongPredicate;

/** The operations of the domains and ips groups. */
final class NetworkOperations {

    private static final int MOST_MACHINES = 500;

    private final SightingPages pages;

    NetworkOperations(SightingPages pages) {
        this.pages = pages;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getDomainStatistics", call -> statistics(call, "InOrgDomainStats", "host", domain(call.id())));
        handlers.put("listDomainAlerts", call -> pages.alerts(call, NetworkOperations::domain));
        handlers.put("listDomainMachines", call -> pages.machines(call, NetworkOperations::domain, MOST_MACHINES));
        handlers.put("getIpStatistics", call -> statistics(call, "InOrgIPStats", "ipAddress", address(call.id())));
        handlers.put("listIpAlerts", call -> pages.alerts(call, NetworkOperations::address));
    }

    private ServiceResponse statistics(OperationCall call, String type, String member, LongPredicate evidence) {
        Sightings.Seen seen = pages.seen(call, evidence);
        return ODataResponses.complex(
                call,
                "microsoft.windowsDefenderATP.api." + type,
                new Entity()
                        .with(member, call.id())
                        .with("organizationPrevalence", seen.devices())
                        .with("orgFirstSeen", seen.first())
                        .with("orgLastSeen", seen.last()));
    }

    private static LongPredicate domain(String domain) {
        if (!NetworkNames.isDomain(domain)) {
            throw new Problem(400, "InvalidDomainName", "'" + domain + "' is not a domain name");
        }
        int host = Evidence.hostNumber(domain);
        return hash -> host >= 0 && Evidence.hostOf(hash) == host;
    }

    private static LongPredicate address(String address) {
        if (!NetworkNames.isAddress(address)) {
            throw new Problem(400, "InvalidIpAddress", "'" + address + "' is not an IP address");
        }
        int number = Evidence.addressNumber(address);
        return hash -> number >= 0 && Evidence.addressOf(hash) == number;
    }
}
