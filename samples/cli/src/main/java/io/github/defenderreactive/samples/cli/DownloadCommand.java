package io.github.defenderreactive.samples.cli;

import io.github.defenderreactive.client.DefenderClient;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Fetches what a link leads to that an operation answers: packages, results of live response, files of exports. */
@Command(
        name = "download",
        description = "Calls an operation that answers links and fetches what one leads to, as it is stored.")
final class DownloadCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";
    private static final int PREFETCH = 4;

    @Mixin
    private CallOptions options = new CallOptions();

    @Option(
            names = "--to",
            paramLabel = "FILE|-",
            required = true,
            description = "File to write, which appears when it is whole; - is standard output.")
    private String to = STANDARD_OUTPUT;

    @Option(
            names = "--index",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which of the links of an export, from 0 (default: ${DEFAULT-VALUE}).")
    private int index;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public Integer call() {
        Call<?> call = options.call();
        if (call.operation().shape() != ResponseShape.SINGLE) {
            throw new UsageException(call.operation().info().id() + " answers no link");
        }
        if (!to.equals(STANDARD_OUTPUT) && Files.isDirectory(Path.of(to))) {
            throw new UsageException("--to must name a file: " + to + " is a directory");
        }
        try (Connection opened = Connection.open(connection)) {
            String link = link(opened.client(), call);
            Downloads downloads = opened.client().downloads();
            if (to.equals(STANDARD_OUTPUT)) {
                write(downloads.bytes(link), System.out);
            } else {
                downloads.to(link, Path.of(to)).block();
            }
        }
        return ExitCode.OK;
    }

    private String link(DefenderClient client, Call<?> call) {
        List<String> links = Answers.of(client, call, null)
                .map(Printing::encodable)
                .concatMapIterable(Links::in)
                .collectList()
                .blockOptional()
                .orElse(List.of());
        if (index < 0 || index >= links.size()) {
            throw new UsageException(
                    "--index " + index + ": " + call.operation().info().id() + " answered "
                            + (links.isEmpty() ? "no link" : links.size() + " links, the first is 0"));
        }
        return links.get(index);
    }

    private static void write(Flux<ByteBuffer> bytes, OutputStream out) {
        WritableByteChannel channel = Channels.newChannel(out);
        bytes.publishOn(Schedulers.boundedElastic(), PREFETCH)
                .doOnNext(piece -> write(piece, channel))
                .then()
                .block();
    }

    private static void write(ByteBuffer piece, WritableByteChannel channel) {
        try {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
