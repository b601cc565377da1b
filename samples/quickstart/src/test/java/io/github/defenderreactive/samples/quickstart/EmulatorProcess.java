package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.runtime.transport.ServiceConnection;
import java.io.IOException;

/** An emulator for tests in another process or language. */
final class EmulatorProcess {

    private EmulatorProcess() {}

    // tag::process[]
    public static void main(String[] arguments) throws IOException {
        try (DefenderEmulator emulator = DefenderEmulator.builder().size(1_000).start()) {
            ServiceConnection connection = emulator.connection();
            System.out.println("DEFENDER_BASE_URL=" + connection.url());
            System.out.println("DEFENDER_AUTHORITY=" + connection.authority());
            System.out.println("DEFENDER_TENANT_ID=" + connection.tenantId());
            System.out.println("DEFENDER_CLIENT_ID=" + connection.clientId());
            System.out.println("DEFENDER_CLIENT_SECRET=" + connection.clientSecret());
            System.out.println("SSL_CERT_FILE=" + connection.certificateFile());
            System.in.read();
        }
    }
    // end::process[]
}
