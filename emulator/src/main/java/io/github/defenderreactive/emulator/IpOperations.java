package io.github.defenderreactive.emulator;

import io.netty.util.NetUtil;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** The operations of the ips group. */
final class IpOperations {

    private final Sightings sightings;
    private final Answers answers;
    private final Supplier<Instant> now;

    IpOperations(Sightings sightings, Answers answers, Supplier<Instant> now) {
        this.sightings = sightings;
        this.answers = answers;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getIpStatistics", this::statistics);
        handlers.put(
                "listIpAlerts",
                call -> answers.page(
                        call,
                        "Alerts",
                        null,
                        (filter, skip) ->
                                sightings.alerts(evidence(call.id())).skip(skip).iterator()));
    }

    static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text) && text.indexOf('%') < 0;
    }

    private ServiceResponse statistics(OperationCall call) {
        Sightings.Seen seen = sightings.seen(evidence(call.id()), LookBack.begin(call, now.get()));
        return Answers.complex(
                call,
                "microsoft.windowsDefenderATP.api.InOrgIPStats",
                new Entity()
                        .with("ipAddress", call.id())
                        .with("organizationPrevalence", seen.devices())
                        .with("orgFirstSeen", seen.first())
                        .with("orgLastSeen", seen.last()));
    }

    private static LongPredicate evidence(String address) {
        if (!isAddress(address)) {
            throw new Problem(400, "InvalidIpAddress", "'" + address + "' is not an IP address");
        }
        int number = Evidence.addressNumber(address);
        return hash -> number >= 0 && Evidence.addressOf(hash) == number;
    }
}
