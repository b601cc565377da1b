package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.model.AvUpToDate;
import io.github.defenderreactive.client.model.DeviceAvInfo;
import io.github.defenderreactive.client.model.DeviceOsKind;
import io.github.defenderreactive.client.query.DeviceAvInfoFields;
import io.github.defenderreactive.client.query.ListDeviceAvInfoQuery;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Health of the antivirus over the wire. */
class DeviceHealthTest {

    @AutoClose
    private final DefenderEmulator emulator =
            DefenderEmulator.builder().size(1_500).start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    private static List<DeviceAvInfo> all(Flux<DeviceAvInfo> devices) {
        return devices.collectList().block(Clients.PATIENCE);
    }

    @Test
    void shouldNeedFewerCallsInLargerPages() {
        List<DeviceAvInfo> small = all(client.deviceHealth().antivirus());
        int calls = emulator.journal().calls("listDeviceAvInfo").size();
        emulator.journal().clear();
        List<DeviceAvInfo> large = all(client.deviceHealth().antivirus().pageSize(10_000));

        assertThat(small).hasSizeGreaterThan(40);
        assertThat(calls).isEqualTo((small.size() + 19) / 20);
        assertThat(large).isEqualTo(small);
        // One page with all of them, and an empty one that tells the end.
        assertThat(emulator.journal().calls("listDeviceAvInfo")).hasSize(2);
    }

    @Test
    void shouldFilter() {
        List<DeviceAvInfo> found = all(client.deviceHealth()
                .antivirus(ListDeviceAvInfoQuery.builder()
                        .filter(DeviceAvInfoFields.OS_KIND
                                .eq(DeviceOsKind.LINUX)
                                .and(DeviceAvInfoFields.AV_IS_SIGNATURE_UP_TO_DATE.eq(AvUpToDate.TRUE)))
                        .build()));

        assertThat(found)
                .isNotEmpty()
                .allMatch(device -> DeviceOsKind.LINUX.equals(device.osKind())
                        && AvUpToDate.TRUE.equals(device.avIsSignatureUpToDate()));
    }
}
