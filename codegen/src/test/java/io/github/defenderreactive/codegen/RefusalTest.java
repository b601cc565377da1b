package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid OpenAPI that generated code would silently do without or do wrongly. */
class RefusalTest {

    @TempDir
    Path folder;

    private void generate(String description) throws IOException {
        Garden.generate(description, folder);
    }

    private String message(String description) {
        return assertThatThrownBy(() -> generate(description))
                .isInstanceOf(DescriptionException.class)
                .actual()
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openapi: 3.1.0 | openapi: 3.2.0 | garden.yaml:1:1 #/openapi: openapi 3.2.0: versions 3.0 and 3.1 are"
                        + " read; convert the description to 3.1",
                "openapi: 3.1.0 | swagger: '2.0' | garden.yaml:1:1 #/swagger: swagger 2.0: versions 3.0 and 3.1 of"
                        + " OpenAPI are read; convert the description to 3.0 first",
                "openapi: 3.1.0 | openapi: 3.1 | garden.yaml:1:1 #/openapi: must be a text; write openapi: 3.1.0",
                "openapi: 3.1.0 | x-nothing: 1 | garden.yaml:1:1 #: openapi is missing: versions 3.0 and 3.1 are read;"
                        + " add openapi: 3.1.0",
                "type: array, items | type: array, maxItems: -1, items | garden.yaml:24:74"
                        + " #/paths/~1plants~1{id}/get/parameters/3/schema/maxItems: must be a whole number from 0 to"
                        + " 2147483647, was -1; correct or remove it",
                "format: int32 | format: int32, minimum: ten | garden.yaml:22:75"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/minimum: must be a number, was \"ten\";"
                        + " correct or remove it",
                "format: int32 | format: int32, maximum: 99999999999 | garden.yaml:22:75"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/maximum: 99999999999 does not fit the Java"
                        + " type int, because its format is int32; correct or remove it, or use the format int64",
                "format: int32 | minimum: 1e19 | garden.yaml:22:60"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/minimum: 1E+19 does not fit the Java type"
                        + " long; correct or remove it",
                "format: int32 | minimum: 0.5 | garden.yaml:22:60"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/minimum: must be a whole number, because the"
                        + " type is integer, was 0.5; correct or remove it",
                "format: int32 | exclusiveMinimum: true | garden.yaml:22:60"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/exclusiveMinimum: must be a number, was true;"
                        + " correct or remove it",
                "format: int32 | multipleOf: 0 | garden.yaml:22:60"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/multipleOf: must be more than 0 and fit the"
                        + " Java type long, was 0; correct or remove it",
                "format: int32 | minimum: 3, maximum: 2 | garden.yaml:22:60"
                        + " #/paths/~1plants~1{id}/get/parameters/1/schema/minimum: 3 is more than maximum 2; correct or"
                        + " remove one of them",
                "type: number | type: number, maximum: 1e400 | garden.yaml:23:61"
                        + " #/paths/~1plants~1{id}/get/parameters/2/schema/maximum: 1E+400 does not fit the Java type"
                        + " double; correct or remove it",
                "name: { type: string } | name: { type: string, minimum: 1 } | garden.yaml:32:31"
                        + " #/components/schemas/Plant/properties/name/minimum: is for numbers, but the type is string;"
                        + " remove it",
                "name: { type: string } | name: { type: string, minLength: 2.5 } | garden.yaml:32:31"
                        + " #/components/schemas/Plant/properties/name/minLength: must be a whole number from 0 to"
                        + " 2147483647, was 2.5; correct or remove it",
                "explode: false | explode: false, style: pipeDelimited | garden.yaml:24:51"
                        + " #/paths/~1plants~1{id}/get/parameters/3/style: style pipeDelimited is not supported; use"
                        + " style: form with explode: false, where commas separate the values of a list, if the service"
                        + " accepts it",
                "explode: false | explode: false, style: spaceDelimited | garden.yaml:24:51"
                        + " #/paths/~1plants~1{id}/get/parameters/3/style: style spaceDelimited is not supported; use"
                        + " style: form with explode: false, where commas separate the values of a list, if the service"
                        + " accepts it",
                "operationId: getPlant | operationId: getPlant, servers: [ { url: 'https://other.example' } ] |"
                        + " garden.yaml:11:7 #/paths/~1plants~1{id}/get/servers: servers [https://other.example] differ"
                        + " from those of the document, [https://garden.example], and all operations of a client have"
                        + " the same servers; remove them here, or describe the operation in a document of its own",
                "operationId: getPlant | operationId: getPlant, security: [] | garden.yaml:11:7"
                        + " #/paths/~1plants~1{id}/get/security: security [] differs from that of the document,"
                        + " [oauth], and all operations of a client have the same security; remove it here, or describe"
                        + " the operation in a document of its own",
                "name: { type: string } | name: { type: str } | garden.yaml:32:17"
                        + " #/components/schemas/Plant/properties/name/type: unknown type str; the types are array,"
                        + " boolean, integer, null, number, object and string",
                "name: { type: string } | name: { type: true } | garden.yaml:32:17"
                        + " #/components/schemas/Plant/properties/name/type: unknown type true; the types are array,"
                        + " boolean, integer, null, number, object and string",
                "name: { type: string } | name: { type: [ string, null ] } | garden.yaml:32:33"
                        + " #/components/schemas/Plant/properties/name/type/1: unknown type null; write 'null' in"
                        + " quotes",
                "name: { type: string } | name: { type: 'null' } | garden.yaml:32:17"
                        + " #/components/schemas/Plant/properties/name/type: the only type is null, so there is no"
                        + " value to read; add the type of the values, or mark a free value with x-defender-any: true",
                "name: { type: string } | name: true | garden.yaml:32:9"
                        + " #/components/schemas/Plant/properties/name: is not a schema: true; a free value has"
                        + " x-defender-any: true",
                "get: | gte: | garden.yaml:9:5 #/paths/~1plants~1{id}/gte: gte is not a method of HTTP; correct or"
                        + " remove it",
            },
            quoteCharacter = '`')
    void shouldRefuse(String old, String replacement, String message) {
        String description = Garden.replaced(
                old, replacement.replace(", servers", "\n      servers").replace(", security", "\n      security"));

        assertThat(message(description)).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"head", "options", "trace"})
    void shouldRefuseAnOperationThatIsNotGenerated(String method) {
        assertThat(message(Garden.replaced("    get:", "    " + method + ": { operationId: other }\n    get:")))
                .isEqualTo("garden.yaml:9:5 #/paths/~1plants~1{id}/" + method + ": operations with "
                        + method.toUpperCase(java.util.Locale.ROOT) + " are not generated, only with GET, PUT, POST,"
                        + " PATCH and DELETE; remove the operation");
    }

    @Test
    void shouldNameAllFindingsOfAllStages() {
        String description = Garden.replaced("format: int32", "minimum: ten")
                .replace("height: { type: integer }", "height: { type: int }")
                .replace("name: { type: string }", "name: { allOf: [ { type: string }, { type: integer } ] }")
                .replace("x-defender-replay: safe", "x-defender-replay: often")
                .replace("x-defender-timeout: PT1M", "x-defender-timeout: 1 minute")
                .replace("Bed: {", "Bed: { required: [ soil ],");

        assertThat(message(description)).isEqualTo("""
                6 findings:
                  garden.yaml:32:44 #/components/schemas/Plant/properties/name/allOf/1: allOf joins the types string and integer, and no value has both; remove one of them, or use oneOf
                  garden.yaml:22:60 #/paths/~1plants~1{id}/get/parameters/1/schema/minimum: must be a number, was "ten"; correct or remove it
                  garden.yaml:33:19 #/components/schemas/Plant/properties/height/type: unknown type int; the types are array, boolean, integer, null, number, object and string
                  garden.yaml:17:7 #/paths/~1plants~1{id}/get/x-defender-replay: must be safe or unsafe
                  garden.yaml:9:5 #/paths/~1plants~1{id}/get: operation getPlant: x-defender-timeout must be an ISO 8601 duration
                  garden.yaml:34:5 #/components/schemas/Bed: requires soil, which is not a property""");
    }

    @Test
    void shouldAcceptWhatIsTheSameForAllOperations() throws IOException {
        generate(Garden.replaced("operationId: getPlant", """
                operationId: getPlant
                      servers: [ { url: 'https://garden.example', description: Ours. } ]
                      security: [ { oauth: [ write ] } ]
                """.strip()));

        assertThat(folder.resolve("out/src/main/java")).isNotEmptyDirectory();
    }

    @Test
    void shouldCompareWithLargeBounds() throws IOException {
        generate(Garden.replaced("type: number", "type: number, minimum: 5000000000, maximum: 1e30"));

        assertThat(Nasty.javaFiles(folder).entrySet())
                .filteredOn(file -> file.getKey().endsWith("GetPlantQuery.java"))
                .singleElement()
                .satisfies(file -> assertThat(file.getValue()).contains("share < 5.0E9 || share > 1.0E30"));
    }

    @Test
    void shouldRefuseOtherVersionsInTheBundler() throws IOException {
        Path file = Files.writeString(folder.resolve("root.yaml"), "info: {}\nopenapi: 3.2.0\n");

        assertThatThrownBy(() -> new Bundle(file).build())
                .hasMessage("root.yaml:2:1 #/openapi: openapi 3.2.0: versions 3.0 and 3.1 are read; convert the"
                        + " description to 3.1");
    }
}
