package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.client.hunting.HuntingLimit;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import io.github.defenderreactive.client.hunting.HuntingReport;
import io.github.defenderreactive.client.hunting.HuntingRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hunts with bound values, into records, and over long ranges of time. */
final class HuntWithValues {

    private HuntWithValues() {}

    // tag::hunting-query[]
    static Flux<String> commandLines(DefenderClient client, String device, List<String> programs) {
        HuntingQuery query = HuntingQuery.of("DeviceProcessEvents"
                        + " | where DeviceName == {device} and FileName in~ ({programs}) and Timestamp > ago({age})"
                        + " | project Timestamp, FileName, ProcessCommandLine")
                .bind("device", device)
                .bind("programs", programs)
                .bind("age", Duration.ofDays(7));
        return client.hunting().query(query).concatMap(row -> Mono.justOrEmpty(row.text("ProcessCommandLine")));
    }
    // end::hunting-query[]

    // tag::hunting-record[]
    record Device(String deviceName, Instant timestamp, long osBuild, Boolean isAzureADJoined) {}

    static Flux<Device> devices(DefenderClient client) {
        HuntingQuery query =
                HuntingQuery.of("DeviceInfo | project Timestamp, DeviceName, OSBuild, IsAzureADJoined | take 100");
        return client.hunting().query(query, Device.class);
    }
    // end::hunting-record[]

    // tag::hunting-windows[]
    static Flux<HuntingRow> allOf(DefenderClient client, Instant from, Instant to, Consumer<HuntingReport> report) {
        HuntingQuery query = HuntingQuery.of("DeviceProcessEvents | project Timestamp, DeviceId, FileName, SHA1");
        return client.hunting().windows(query, "Timestamp", from, to, report);
    }
    // end::hunting-windows[]

    // tag::hunting-limits[]
    static String advice(Throwable error) {
        HuntingLimit limit = HuntingLimit.of(error);
        if (limit == null) {
            return "Correct the query: " + error.getMessage();
        }
        return switch (limit) {
            case ROWS, SIZE, RESOURCES, TIME -> "Narrow the query, or read it with windows()";
            case QUOTA -> "Try again later";
        };
    }
    // end::hunting-limits[]
}
