package io.github.defenderreactive.cli.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionsCommandTest {

    private static CommandLineRun permissions(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "permissions";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLineRun.of(Map.of(), all);
    }

    @Test
    void shouldPrintTheSmallestSetOfPermissionsPerApi() {
        CommandLineRun run =
                permissions("--operations", "getAlert,listAlerts,updateAlert,runHuntingQuery", "--output", "json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "{\"api\":\"defender-endpoint\",\"kind\":\"application\",\"permission\":\"Alert.ReadWrite.All\","
                                + "\"operations\":[\"getAlert\",\"listAlerts\",\"updateAlert\"]}",
                        "{\"api\":\"graph-security\",\"kind\":\"application\",\"permission\":\"ThreatHunting.Read.All\","
                                + "\"operations\":[\"runHuntingQuery\"]}");
    }

    @Test
    void shouldPrintDelegatedPermissions() {
        CommandLineRun run = permissions("--operations", "listAlerts", "--operations", "isolateMachine", "--delegated");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines())
                .containsExactly(
                        "api                permission       operations",
                        "defender-endpoint  Alert.Read       listAlerts",
                        "defender-endpoint  Machine.Isolate  isolateMachine");
    }

    @Test
    void shouldRejectUnknownAndMissingOperations() {
        CommandLineRun unknown = permissions("--operations", "listAlerts,listAlertz");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("Unknown operation listAlertz", "defender operations");

        CommandLineRun nothing = permissions();
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.err()).contains("--operations");
    }
}
