package io.github.defenderreactive.emulator;

import java.time.Instant;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The operations of the domains group. */
final class DomainOperations {

    private static final int MOST_MACHINES = 500;
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,63}");

    private final Sightings sightings;
    private final Machines machines;
    private final Answers answers;
    private final Supplier<Instant> now;

    DomainOperations(Sightings sightings, Machines machines, Answers answers, Supplier<Instant> now) {
        this.sightings = sightings;
        this.machines = machines;
        this.answers = answers;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put("getDomainStatistics", this::statistics);
        handlers.put(
                "listDomainAlerts",
                call -> answers.page(
                        call,
                        "Alerts",
                        null,
                        (filter, skip) ->
                                sightings.alerts(evidence(call.id())).skip(skip).iterator()));
        handlers.put(
                "listDomainMachines",
                call -> answers.page(
                        call,
                        "Machines",
                        null,
                        (filter, skip) -> sightings
                                .devices(evidence(call.id()))
                                .limit(MOST_MACHINES)
                                .skip(skip)
                                .mapToObj(machines::entity)
                                .iterator()));
    }

    static boolean isDomain(String text) {
        return DOMAIN.matcher(text).matches();
    }

    private ServiceResponse statistics(OperationCall call) {
        Sightings.Seen seen = sightings.seen(evidence(call.id()), LookBack.begin(call, now.get()));
        return Answers.complex(
                call,
                "microsoft.windowsDefenderATP.api.InOrgDomainStats",
                new Entity()
                        .with("host", call.id())
                        .with("organizationPrevalence", seen.devices())
                        .with("orgFirstSeen", seen.first())
                        .with("orgLastSeen", seen.last()));
    }

    private static LongPredicate evidence(String domain) {
        if (!isDomain(domain)) {
            throw new Problem(400, "InvalidDomainName", "'" + domain + "' is not a domain name");
        }
        int host = Evidence.hostNumber(domain);
        return hash -> host >= 0 && Evidence.hostOf(hash) == host;
    }
}
