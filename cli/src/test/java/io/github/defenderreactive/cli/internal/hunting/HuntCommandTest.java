package io.github.defenderreactive.cli.internal.hunting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuntCommandTest {

    private static final String QUERY = "AlertInfo | where Severity in ({severity}) and Timestamp > ago({age})"
            + " | project Timestamp, Title, Severity | top 5 by Timestamp";

    private static CommandLineRun hunt(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "hunt";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 1] = "--emulator";
        return CommandLineRun.of(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph", "xdr", "endpoint"})
    void shouldPrintTheRowsOfEachBackEnd(String backend) throws IOException {
        CommandLineRun run = hunt(
                QUERY,
                "--bind",
                "severity=High",
                "--bind",
                "severity=Low",
                "--bind",
                "age:timespan=P29D",
                "--backend",
                backend);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(5);
        for (String line : run.lines()) {
            JsonNode row = new ObjectMapper().readTree(line);
            assertThat(row.fieldNames()).toIterable().containsExactly("Timestamp", "Title", "Severity");
            assertThat(row.get("Severity").asText()).isIn("High", "Low");
        }
    }

    @Test
    void shouldReadTheQueryFromAFileAndPrintCsv(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("query.kql"),
                "AlertInfo // with a comment\n| take 2 | extend Formula = '=1+1', Quote = 'a,\"b\"', Number = 5"
                        + " | project Formula, Quote, Number");

        CommandLineRun run = hunt("@" + file, "--output", "csv", "--timespan", "P29D", "--limit", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Formula,Quote,Number\r\n'=1+1,\"a,\"\"b\"\"\",5\r\n");
    }

    @Test
    void shouldPrintATable() {
        CommandLineRun run = hunt("AlertInfo | project AlertId, Severity | take 3", "--output", "table");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(0)).startsWith("AlertId").endsWith("Severity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AlertInfo == {a} | | query must have a value for {a}, but none is bound",
                "AlertInfo == {a} | --bind=b=1 | name must be one of the placeholders [a], was 'b'",
                "AlertInfo == {a} | --bind=a | --bind must have the form NAME=VALUE",
                "AlertInfo == {a} | --bind=a:long=x | --bind a must be a value of type long",
                "AlertInfo == {a} | --bind=a:int=1 | The type of --bind a must be string, datetime",
                "AlertInfo == '{a}' | --bind=a=1 | {a} must not be inside a string literal",
                "AlertInfo | --timespan=7d | --timespan must be a duration such as P7D",
                "AlertInfo | --limit=-1 | --limit must be >= 0",
                "@/does/not/exist | | The file of the query cannot be read: /does/not/exist"
            })
    void shouldRefuseWrongUsage(String query, String option, String message) {
        CommandLineRun run = option == null ? hunt(query) : hunt(query, option);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldRefuseAPeriodThatABackEndDoesNotSupport() {
        CommandLineRun run = hunt("AlertInfo", "--timespan", "P7D", "--backend", "xdr");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--timespan cannot be combined with --backend xdr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "abc | abc",
                "a,b | \"a,b\"",
                "-5.2e3 | -5.2e3",
                "-cmd | '-cmd",
                "@SUM(1) | '@SUM(1)",
                "+1+1 | '+1+1",
                "a\"b | \"a\"\"b\""
            })
    void shouldWriteCellsThatAreNoFormula(String text, String cell) {
        assertThat(CsvOutput.cell(text)).isEqualTo(cell);
    }
}
