package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    @Test
    void shouldCountTheConnectionsThatCallersHold() throws IOException {
        try (DefenderEmulator emulator =
                DefenderEmulator.builder().size(1).plainHttp(true).start()) {
            assertThat(emulator.openConnections()).isZero();
            try (Socket one = connect(emulator)) {
                Socket other = connect(emulator);
                Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> emulator.openConnections() == 2);
                other.close();
                Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> emulator.openConnections() == 1);
                assertThat(one.isConnected()).isTrue();
            }
            Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> emulator.openConnections() == 0);
        }
    }

    private static Socket connect(DefenderEmulator emulator) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), emulator.baseUrl().getPort());
    }
}
