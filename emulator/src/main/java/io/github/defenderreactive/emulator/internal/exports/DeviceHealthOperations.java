package io.github.defenderreactive.emulator.internal.exports;

import io.github.defenderreactive.emulator.internal.odata.ODataResponses;
import io.github.defenderreactive.emulator.internal.odata.OperationHandler;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** The operations of the device-health group. */
final class DeviceHealthOperations {

    private static final int DEFAULT_PAGE_SIZE = 20;

    private final AvHealth health;
    private final ODataResponses responses;
    private final Supplier<Instant> now;

    DeviceHealthOperations(AvHealth health, ODataResponses responses, Supplier<Instant> now) {
        this.health = health;
        this.responses = responses;
        this.now = now;
    }

    void register(Map<String, OperationHandler> handlers) {
        handlers.put(
                "listDeviceAvInfo",
                call -> responses.page(
                        call,
                        "DeviceAvInfo",
                        null,
                        DEFAULT_PAGE_SIZE,
                        (filter, skip) -> health.rows(ExportSnapshot.at(now.get()), filter, skip)));
    }
}
