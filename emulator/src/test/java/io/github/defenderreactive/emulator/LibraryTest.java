package io.github.defenderreactive.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The live response library over calls. */
class LibraryTest {

    private static final String FILES = "/api/libraryfiles";

    private final TestClock clock = new TestClock("2026-11-20T10:00:00Z");
    private final ServiceCaller caller =
            ServiceCaller.of(DefenderEmulator.builder().size(400).clock(clock).tokenLifetime(Duration.ofDays(365)));

    private ServiceCaller.Answer upload(String part, String name, byte[] content, Map<String, String> texts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        texts.forEach((text, value) -> form.writeBytes(
                utf8("--b\r\nContent-Disposition: form-data; name=\"" + text + "\"\r\n\r\n" + value + "\r\n")));
        form.writeBytes(utf8("--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
        form.writeBytes(content);
        form.writeBytes(utf8("\r\n--b--\r\n"));
        return caller.postForm(FILES, form.toByteArray());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names() {
        return caller.get(FILES).json().get("value").findValuesAsText("fileName");
    }

    @Test
    void shouldBeginWithSomeFiles() {
        JsonNode files = caller.get(FILES).json().get("value");

        assertThat(names()).containsExactly("collect-logs.ps1", "list-autostarts.ps1", "memory-map.exe");
        assertThat(files).allMatch(file -> file.get("sha256").asText().matches("[0-9a-f]{64}"));
        assertThat(files.get(0).has("parametersDescription")).isTrue();
        assertThat(files.get(1).has("parametersDescription"))
                .as("absent from some files")
                .isFalse();
    }

    @Test
    void shouldListAnUploadedFile() {
        ServiceCaller.Answer answer = upload(
                "file",
                "greet.ps1",
                utf8("abc"),
                Map.of("Description", "Says hello", "ParametersDescription", "-To <name>", "HasParameters", "true"));
        JsonNode file = answer.json();

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(file.get("@odata.context").asText()).endsWith("$metadata#LibraryFiles/$entity");
        assertThat(file.get("sha256").asText())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(file.get("description").asText()).isEqualTo("Says hello");
        assertThat(file.get("parametersDescription").asText()).isEqualTo("-To <name>");
        assertThat(file.get("hasParameters").asBoolean()).isTrue();
        assertThat(file.get("creationTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(names()).contains("greet.ps1");
    }

    @Test
    void shouldReplaceAFileOnlyWhenTold() {
        upload("file", "greet.ps1", utf8("one"), Map.of("Description", "first"));
        clock.advance(Duration.ofHours(1));

        ServiceCaller.Answer refused = upload("file", "greet.ps1", utf8("two"), Map.of());
        ServiceCaller.Answer refusedToo = upload("file", "GREET.ps1", utf8("two"), Map.of("OverrideIfExists", "false"));
        ServiceCaller.Answer replaced = upload("File", "greet.ps1", utf8("two"), Map.of("OverrideIfExists", "True"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorMessage()).startsWith("File greet.ps1 exists already");
        assertThat(refusedToo.status()).isEqualTo(400);
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(replaced.json().get("creationTime").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(replaced.json().get("lastUpdatedTime").asText()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(replaced.json().get("description").isNull()).isTrue();
        assertThat(names()).containsOnlyOnce("greet.ps1");
    }

    @Test
    void shouldTakeTwentyMegabytesAndNoMore() {
        ServiceCaller.Answer largest = upload("file", "largest.bin", new byte[20 * 1024 * 1024], Map.of());
        ServiceCaller.Answer larger = upload("file", "larger.bin", new byte[20 * 1024 * 1024 + 1], Map.of());

        assertThat(largest.status()).isEqualTo(200);
        assertThat(larger.status()).isEqualTo(400);
        assertThat(larger.errorMessage())
                .isEqualTo("File larger.bin has 20971521 bytes, the largest file that is allowed has 20971520");
        assertThat(names()).contains("largest.bin").doesNotContain("larger.bin");
    }

    @Test
    void shouldRefuseFormsThatAreNotAsDescribed() {
        assertThat(upload("file", "a.ps1", utf8("a"), Map.of("Colour", "red")).errorMessage())
                .isEqualTo("Request body: unknown part Colour");
        assertThat(upload("file", "a.ps1", utf8("a"), Map.of("HasParameters", "maybe"))
                        .errorCode())
                .isEqualTo("InvalidInput");
        assertThat(upload("file", "a.ps1", utf8("a"), Map.of("File", "b")).errorMessage())
                .isEqualTo("Request body: part file is not a file");
        assertThat(upload("Description", "a.ps1", utf8("a"), Map.of()).errorMessage())
                .isEqualTo("Request body: part Description is a file");
        assertThat(upload("file", "..\\a.ps1", utf8("a"), Map.of()).errorMessage())
                .isEqualTo("'..\\a.ps1' is not the name of a file");
        assertThat(caller.postForm(FILES, utf8("--b--")).errorMessage()).isEqualTo("Request body: missing part file");
        assertThat(caller.post(FILES, "{}").errorMessage()).contains("must be multipart/form-data");
        assertThat(names()).hasSize(3);
    }

    @Test
    void shouldDeleteAFileOnce() {
        upload("file", "two words.ps1", utf8("a"), Map.of());

        assertThat(caller.delete(FILES + "/two%20words.ps1").status()).isEqualTo(204);
        assertThat(names()).doesNotContain("two words.ps1");
        assertThat(caller.delete(FILES + "/two%20words.ps1").status()).isEqualTo(404);
    }

    @Test
    void shouldRunAnUploadedScript() {
        String machine = caller.tenant().machineId(1);
        String run = "{\"Comment\":\"c\",\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\","
                + "\"value\":\"two words.ps1\"}]}]}";

        int before = caller.post("/api/machines/" + machine + "/runliveresponse", run)
                .status();
        upload("file", "two words.ps1", utf8("a"), Map.of());
        String action = caller.post("/api/machines/" + machine + "/runliveresponse", run)
                .json()
                .get("id")
                .asText();
        clock.advance(Duration.ofMinutes(1));
        String link = caller.get("/api/machineactions/" + action + "/GetLiveResponseResultDownloadLink(index=0)")
                .json()
                .get("value")
                .asText();

        assertThat(before).isEqualTo(400);
        assertThat(caller.call("GET", link.substring(ServiceCaller.ROOT.length()), "", Map.of())
                        .json()
                        .get("script_name")
                        .asText())
                .isEqualTo("two words.ps1");
    }
}
