package io.github.defenderreactive.cli.internal.actions;

import io.github.defenderreactive.cli.internal.arguments.FileName;
import io.github.defenderreactive.cli.internal.connect.Connection;
import io.github.defenderreactive.cli.internal.connect.ConnectionOptions;
import io.github.defenderreactive.cli.internal.output.Output;
import io.github.defenderreactive.cli.internal.output.OutputOptions;
import io.github.defenderreactive.cli.internal.output.Printing;
import io.github.defenderreactive.client.liveresponse.LibraryUpload;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.FileContent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code defender live-response upload}. */
@Command(
        name = "upload",
        description = "Uploads files to the library, unless it holds the same content under their names.")
final class LiveResponseUploadCommand implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of("file", "status", "sha256", "error");

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Scripts and other files, at most 20 MB each.")
    private List<String> files = List.of();

    @Option(names = "--replace", description = "Replace files of the library that have other content.")
    private boolean replace;

    @Option(names = "--dry-run", description = "Print what would be uploaded, and upload nothing.")
    private boolean dryRun;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        List<FileContent> contents = new LinkedHashSet<>(files)
                .stream().map(name -> FileContent.of(FileName.of(name))).toList();
        Failures failures = new Failures();
        try (Output out = Output.standard(output.formatOr(Output.Format.JSON), COLUMNS)) {
            if (dryRun) {
                Printing.print(
                        Flux.fromIterable(contents).map(file -> new Row(file.fileName(), "DryRun", null, null)), out);
            } else {
                upload(contents, failures, out);
            }
        }
        return failures.exitCode();
    }

    private void upload(List<FileContent> contents, Failures failures, Output out) {
        try (Connection opened = Connection.open(connection)) {
            Printing.print(
                    Flux.fromIterable(contents)
                            .concatMap(file -> opened.client()
                                    .liveResponse()
                                    .upload(file, replace)
                                    .map(stored -> row(file, stored))
                                    .onErrorResume(error -> {
                                        failures.add(error);
                                        return Mono.just(new Row(
                                                file.fileName(), "Failed", null, String.valueOf(error.getMessage())));
                                    })),
                    out);
        }
    }

    private static Row row(FileContent file, LibraryUpload stored) {
        return new Row(
                file.fileName(),
                stored.uploaded() ? "Uploaded" : "Unchanged",
                stored.file().sha256(),
                null);
    }

    private record Row(
            String file,
            String status,
            @Nullable String sha256,
            @Nullable String error) implements JsonEncodable {

        @Override
        public void write(JsonWriter out) {
            out.beginObject();
            out.name("file").string(file);
            out.name("status").string(status);
            if (sha256 != null) {
                out.name("sha256").string(sha256);
            }
            if (error != null) {
                out.name("error").string(error);
            }
            out.endObject();
        }
    }
}
