package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.emulator.DefenderEmulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An emulator that the command uses like the service. Every run checks that no secret is printed. */
public final class EmulatedService implements AutoCloseable {

    private final DefenderEmulator emulator;
    private final List<String> secrets = new ArrayList<>();

    public EmulatedService(DefenderEmulator.Builder builder) {
        this.emulator = builder.size(50).plainHttp(true).start();
        // The first characters of every signed token.
        secrets.addAll(List.of(emulator.clientSecret(), emulator.userPassword(), "eyJ", "PRIVATE KEY"));
    }

    public DefenderEmulator emulator() {
        return emulator;
    }

    public EmulatedService withSecret(String... more) {
        secrets.addAll(List.of(more));
        return this;
    }

    /** Returns the options for an emulator and its application, without a credential. */
    public static List<String> options(DefenderEmulator emulator) {
        return List.of(
                "--base-url",
                emulator.baseUrl().toString(),
                "--authority",
                emulator.authority().toString(),
                "--tenant",
                emulator.tenantId(),
                "--client-id",
                emulator.clientId());
    }

    public CommandLineRun run(Map<String, String> environment, Consumer<String> user, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        List<String> options = options(emulator);
        for (int i = 0; i < options.size(); i += 2) {
            if (!all.contains(options.get(i))) {
                all.addAll(options.subList(i, i + 2));
            }
        }
        CommandLineRun run = CommandLineRun.of(environment, user, all.toArray(String[]::new));
        assertThat(run.out() + run.err()).doesNotContain(secrets);
        return run;
    }

    public CommandLineRun run(Map<String, String> environment, String... arguments) {
        return run(environment, messages -> {}, arguments);
    }

    public CommandLineRun run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs the command with the secret of the application. */
    public CommandLineRun runSignedIn(String... arguments) {
        return run(Map.of("DEFENDER_CLIENT_SECRET", emulator.clientSecret()), arguments);
    }

    @Override
    public void close() {
        emulator.close();
    }
}
