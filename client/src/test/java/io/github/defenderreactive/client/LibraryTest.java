package io.github.defenderreactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.client.api.LibraryApi;
import io.github.defenderreactive.client.model.LibraryFile;
import io.github.defenderreactive.client.model.LiveResponseCommand;
import io.github.defenderreactive.client.model.LiveResponseCommandParam;
import io.github.defenderreactive.client.model.LiveResponseCommandType;
import io.github.defenderreactive.client.model.LiveResponseParamKey;
import io.github.defenderreactive.client.model.MachineAction;
import io.github.defenderreactive.client.model.MachineActionStatus;
import io.github.defenderreactive.client.model.RunLiveResponseRequest;
import io.github.defenderreactive.client.query.UploadLibraryFileForm;
import io.github.defenderreactive.emulator.DefenderEmulator;
import io.github.defenderreactive.emulator.Fault;
import io.github.defenderreactive.runtime.error.BadRequestException;
import io.github.defenderreactive.runtime.error.ContentException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.OutcomeUnknownException;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.ratelimit.RateLimiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The live response library over the wire. */
class LibraryTest {

    @TempDir
    Path folder;

    @AutoClose
    private final DefenderEmulator emulator = DefenderEmulator.builder()
            .size(100)
            .actionPace(Duration.ZERO, Duration.ZERO)
            .start();

    @AutoClose
    private final DefenderClient client =
            Clients.builder(emulator).rateLimiter(RateLimiter.unlimited()).build();

    private final LibraryApi library = client.library();

    private Path file(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static UploadLibraryFileForm.Builder form(Path file) {
        return UploadLibraryFileForm.builder().file(FileContent.of(file));
    }

    private List<String> names() {
        return library.list().map(LibraryFile::fileName).collectList().block(Clients.PATIENCE);
    }

    private MachineAction run(String script) {
        return client.machineActions()
                .runLiveResponse(
                        emulator.tenant().machineId(0),
                        RunLiveResponseRequest.builder()
                                .comment("c")
                                .commands(List.of(LiveResponseCommand.builder()
                                        .type(LiveResponseCommandType.RUN_SCRIPT)
                                        .params(List.of(LiveResponseCommandParam.builder()
                                                .key(LiveResponseParamKey.SCRIPT_NAME)
                                                .value(script)
                                                .build()))
                                        .build()))
                                .build())
                .block(Clients.PATIENCE);
    }

    @Test
    void shouldUploadListRunAndDelete() throws Exception {
        Path script = file("Prüfung \"quay\".ps1", 7_654_321);

        LibraryFile uploaded = library.upload(form(script)
                        .description("Looks – und prüft")
                        .parametersDescription("-Since <date>")
                        .hasParameters(true)
                        .build())
                .block(Clients.PATIENCE);

        assertThat(uploaded.fileName()).isEqualTo("Prüfung \"quay\".ps1");
        assertThat(uploaded.sha256()).isEqualTo(sha256(script));
        assertThat(uploaded.description()).isEqualTo("Looks – und prüft");
        assertThat(uploaded.parametersDescription()).isEqualTo("-Since <date>");
        assertThat(uploaded.hasParameters()).isTrue();
        assertThat(names()).contains(uploaded.fileName());

        MachineAction action = run(uploaded.fileName());
        assertThat(client.machineActions()
                        .get(action.id())
                        .block(Clients.PATIENCE)
                        .status())
                .isEqualTo(MachineActionStatus.SUCCEEDED);

        StepVerifier.create(library.delete(uploaded.fileName()))
                .expectComplete()
                .verify(Clients.PATIENCE);
        assertThat(names()).doesNotContain(uploaded.fileName());
        StepVerifier.create(library.delete(uploaded.fileName()))
                .expectError(NotFoundException.class)
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldReplaceAFileOnlyWhenTold() throws Exception {
        Path script = file("greet.ps1", 10);
        String first =
                library.upload(form(script).build()).block(Clients.PATIENCE).sha256();
        file("greet.ps1", 11);

        StepVerifier.create(library.upload(form(script).overrideIfExists(false).build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("greet.ps1 exists already"))
                .verify(Clients.PATIENCE);
        String second = library.upload(form(script).overrideIfExists(true).build())
                .block(Clients.PATIENCE)
                .sha256();

        assertThat(second).isEqualTo(sha256(script)).isNotEqualTo(first);
    }

    @Test
    void shouldSayThatAFileIsTooLarge() throws Exception {
        Path large = file("large.bin", 20 * 1024 * 1024 + 1);

        StepVerifier.create(library.upload(form(large).build()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(BadRequestException.class)
                        .hasMessageContaining("20971521"))
                .verify(Clients.PATIENCE);
        assertThat(names()).doesNotContain("large.bin");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        Path absent = folder.resolve("absent.ps1");

        StepVerifier.create(library.upload(form(absent).build()))
                .expectErrorSatisfies(error ->
                        assertThat(error).isInstanceOf(ContentException.class).hasMessageContaining("absent.ps1"))
                .verify(Clients.PATIENCE);
    }

    @Test
    void shouldUploadContentFromAnywhere() {
        FileContent content =
                FileContent.of("abc.txt", 3, () -> Flux.just("abc".getBytes()).map(ByteBuffer::wrap));

        LibraryFile uploaded = library.upload(
                        UploadLibraryFileForm.builder().file(content).build())
                .block(Clients.PATIENCE);

        assertThat(uploaded.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void shouldNotRepeatAnUploadWhoseAnswerWasLost() throws Exception {
        emulator.faults().add(Fault.resetBeforeHeaders().on("uploadLibraryFile"));

        StepVerifier.create(library.upload(form(file("lost.ps1", 100)).build()))
                .expectError(OutcomeUnknownException.class)
                .verify(Clients.PATIENCE);
    }
}
