package io.github.defenderreactive.cli.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.cli.CommandLineRun;
import io.github.defenderreactive.cli.internal.process.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftMetadataTest {

    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="utf-8"?>
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
              <edmx:DataServices>
                <Schema Namespace="Harbour.Api" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                  <EntityType Name="Entity"><Property Name="berth" Type="Edm.Int64"/></EntityType>
                  <EntityType Name="Incident" BaseType="self.Entity">
                    <Property Name="IncidentId" Type="Edm.Int64"/>
                    <Property Name="incidentName" Type="Edm.Int32"/>
                    <Property Name="moored" Type="Collection(Edm.DateTimeOffset)"/>
                    <Property Name="severity" Type="self.Severity"/>
                    <Property Name="not-a-name" Type="Edm.String"/>
                  </EntityType>
                  <EnumType Name="Severity"><Member Name="High"/><Member Name="Grave"/></EnumType>
                </Schema>
              </edmx:DataServices>
            </edmx:Edmx>
            """;

    @TempDir
    Path folder;

    private CommandLineRun report(String document, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("metadata.xml"), document);
        return CommandLineRun.of(Stream.concat(
                        Stream.of("drift", "report", "--api", "defender-xdr", "--metadata", file.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void shouldCompareTheTypesOfAMetadataDocument() throws IOException {
        Path overlay = folder.resolve("overlay.yaml");

        CommandLineRun run = report(DOCUMENT, "--missing", "--overlay", overlay.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.lines().stream().map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "$metadata unknown member Incident.berth 1 whole number",
                        "$metadata unknown member Incident.moored 1 list",
                        "$metadata unknown member Incident.? 1 text",
                        "$metadata other type Incident.incidentName 1 whole number",
                        "$metadata unknown value IncidentSeverity.severity 1 Grave",
                        "$metadata never received Incident.status 1")
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains(".incidentid"));
        assertThat(run.err()).contains("1 types compared, 1 only in the document");
        assertThat(overlay)
                .content()
                .contains("# Not proposed: Incident: Incident.incidentName, other type (whole number)")
                .contains("items: {format: date-time, type: string}")
                .contains("- 'Grave'")
                .doesNotContain("'?'");
    }

    @Test
    void shouldRefuseOtherDocuments() throws IOException {
        for (String document : new String[] {
            "{}", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>\n<a>&b;</a>", "<a><b></a>"
        }) {
            CommandLineRun run = report(document);

            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--metadata must be an XML document without a document type");
        }
    }
}
