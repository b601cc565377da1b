package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.testing.UtcClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
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

    /** Tokens are made on a thread of their own; the caller may be gone when one is ready. */
    @Test
    void shouldEndACallWhoseCallerLeftWhileTheTokenWasMade() throws IOException {
        HoldingClock clock = new HoldingClock();
        try (DefenderEmulator emulator =
                DefenderEmulator.builder().size(1).plainHttp(true).clock(clock).start()) {
            clock.holds = () -> emulator.journal().tokenRequests() > 0;
            try (Socket caller = connect(emulator)) {
                caller.getOutputStream()
                        .write(("POST /" + emulator.tenantId() + "/oauth2/v2.0/token HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Content-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> clock.held.getCount() == 0);
            }
            Awaitility.await().atMost(EmulatorClient.PATIENCE).until(() -> emulator.openConnections() == 0);
            clock.release.countDown();

            Awaitility.await()
                    .atMost(EmulatorClient.PATIENCE)
                    .until(() -> emulator.journal().idle());
            assertThat(emulator.journal().calls()).singleElement().matches(JournalEntry::closedEarly);
        }
    }

    /** Holds whoever asks for the time, when it is told to. */
    private static final class HoldingClock extends UtcClock {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile BooleanSupplier holds = () -> false;

        @Override
        public Instant instant() {
            if (holds.getAsBoolean()) {
                held.countDown();
                boolean interrupted = false;
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return Instant.now();
        }
    }

    private static Socket connect(DefenderEmulator emulator) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), emulator.baseUrl().getPort());
    }
}
