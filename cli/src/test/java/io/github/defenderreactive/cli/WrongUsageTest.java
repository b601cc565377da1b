package io.github.defenderreactive.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid values: the message names the option, the exit code is that of wrong usage, and nothing is sent. */
class WrongUsageTest {

    private static CommandLineRun refused(String option, String value, String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of(option, value));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(option).doesNotContain("java.");
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--base-url", "--graph-url", "--xdr-url", "--authority"})
    void shouldRejectAUrlThatASecretMustNotBeSentTo(String option) {
        for (String address : List.of(
                "nonsense",
                "http://192.0.2.1",
                "https:///api",
                "https://two words",
                "ftp://x",
                "http://127.evil.example",
                "http://127.0.0.1.evil.example")) {
            assertThat(refused(option, address, "call", "listAlerts", "--tenant", "t", "--client-id", "c")
                            .err())
                    .contains("'" + address + "' is not a URL such as https://", "loopback");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--base-url", "--graph-url", "--xdr-url", "--authority"})
    void shouldRejectAUrlWithASecretWithoutPrintingIt(String option) {
        for (String address : List.of(
                "https://api.example/api?key=s3cret",
                "https://api.example/#s3cret",
                "https://ann:s3cret@api.example")) {
            assertThat(refused(option, address, "call", "listAlerts", "--tenant", "t", "--client-id", "c")
                            .err())
                    .contains("'https://api.example", "without a query, a fragment and user information")
                    .doesNotContain("s3cret");
        }
    }

    /** Platforms pass an unset variable as a blank option. */
    @ParameterizedTest
    @ValueSource(strings = {"--base-url", "--graph-url", "--xdr-url", "--authority", "--cloud"})
    void shouldTreatABlankOptionAsNotGiven(String option) {
        CommandLineRun run = CommandLineRun.of("call", "listAlerts", "--emulator", "--limit", "1", option, "");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();

        assertThat(refused("--client-id", "", "call", "listAlerts", option, "", "--tenant", "t")
                        .err())
                .startsWith("defender: Missing --client-id");
    }

    @Test
    void shouldDescribeTheFormatOfTimes() {
        for (String time : List.of("yesterday", "2026-11-01", "2026-11-01T00:00:00")) {
            assertThat(refused("--since", time, "alerts", "stream", "--emulator")
                            .err())
                    .contains("'" + time + "' is not a time such as 2026-11-01T00:00:00Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--every", "--overlap"})
    void shouldRejectADurationOfCenturies(String option) {
        assertThat(refused(option, "999999999d", "alerts", "stream", "--emulator", "--watch")
                        .err())
                .contains("'999999999d' is longer than ten years");
        refused(option, "5x", "alerts", "stream", "--emulator", "--watch");
    }

    @Test
    void shouldRejectInvalidNumbersAndFilters() {
        refused("--size", "-1", "call", "listAlerts", "--emulator");
        refused("--filter", " ", "alerts", "stream", "--emulator");
        refused("--filter", "", "alerts", "stream", "--emulator", "--watch");
    }
}
