package io.github.defenderreactive.cli.internal.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import io.github.defenderreactive.client.model.IndicatorType;
import io.github.defenderreactive.client.model.SubmitIndicatorRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorsSyncCommandTest {

    private static final String HEADER = "indicatorType,indicatorValue,action,title,description,severity,generateAlert,"
            + "expirationTime,rbacGroupNames\n";

    @TempDir
    Path folder;

    private CommandLineRun sync(String name, String content, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        String[] all = new String[options.length + 4];
        all[0] = "indicators";
        all[1] = "sync";
        all[2] = file.toString();
        all[3] = "--emulator";
        System.arraycopy(options, 0, all, 4, options.length);
        return CommandLineRun.of(all);
    }

    @Test
    void shouldReadCsv() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.CSV"),
                "\uFEFF" + HEADER
                        + "DomainName,a.example,Audit,\"A, \"\"b\"\"\nc\",text,High,TRUE,2199-01-01T00:00:00Z,x; y\r\n\r\n"
                        + "Url,https://b.example/,Block,B,text,,,,");

        assertThat(IndicatorFile.read(file))
                .containsExactly(
                        SubmitIndicatorRequest.builder()
                                .indicatorType(IndicatorType.DOMAIN_NAME)
                                .indicatorValue("a.example")
                                .action(io.github.defenderreactive.client.model.IndicatorAction.AUDIT)
                                .title("A, \"b\"\nc")
                                .description("text")
                                .severity(io.github.defenderreactive.client.model.IndicatorSeverity.HIGH)
                                .generateAlert(true)
                                .expirationTime(Instant.parse("2199-01-01T00:00:00Z"))
                                .rbacGroupNames(List.of("x", "y"))
                                .build(),
                        SubmitIndicatorRequest.builder()
                                .indicatorType(IndicatorType.URL)
                                .indicatorValue("https://b.example/")
                                .action(io.github.defenderreactive.client.model.IndicatorAction.BLOCK)
                                .title("B")
                                .description("text")
                                .build());
    }

    @Test
    void shouldPrintTheChangesAndTheRowsThatFailed() throws IOException {
        CommandLineRun run = sync(
                "feed.csv",
                HEADER + "DomainName,a.example,Block,A,text,High,,,\nDomainName,b.example,Destroy,B,text,,,,\n");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OTHER);
        assertThat(run.lines())
                .hasSize(2)
                .anyMatch(
                        line -> line.equals("{\"change\":\"create\",\"type\":\"DomainName\",\"value\":\"a.example\"}"))
                .anyMatch(line -> line.contains("\"change\":\"none\"") && line.contains("action must be one of"));
        assertThat(run.err()).contains("1 created, 0 updated, 0 deleted, 0 unchanged, 1 failed");
    }

    @Test
    void shouldSendNothingInADryRun() throws IOException {
        CommandLineRun run = sync(
                "feed.ndjson",
                "{\"indicatorType\":\"DomainName\",\"indicatorValue\":\"a.example\",\"action\":\"Block\",\"title\":\"A\","
                        + "\"description\":\"text\"}\n\n",
                "--dry-run",
                "--delete-missing",
                "--owner",
                "feed");

        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(1);
        assertThat(run.err()).contains("Would be made: 1 created");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.csv | indicatorType,title | x | Line 2 must have 2 cells as the header, was 1",
                "a.csv | indicatorType,harbour | x,y | Line 2 is not an indicator",
                "a.csv | title | \"x | Line 2 has a quote without an end",
                "a.ndjson | {\"title\":5} | {} | Line 1 is not an indicator",
                "a.ndjson | {\"title\":\"a\"} | { | Line 2 is not an indicator",
                "a.txt | x | y | must end with .csv or .ndjson"
            })
    void shouldNameTheLineThatCannotBeRead(String name, String first, String second, String message)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name), first + "\n" + second);

        assertThatThrownBy(() -> IndicatorFile.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseToDeleteEverythingForAnEmptyFile() throws IOException {
        CommandLineRun run = sync("feed.csv", HEADER, "--delete-missing");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--delete-missing requires a file with at least one indicator");
        assertThat(sync("b.csv", HEADER, "--owner", "a b").err()).contains("--owner: owner must be 1 to 64");
    }
}
