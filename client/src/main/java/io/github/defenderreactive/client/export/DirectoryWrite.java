package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The write of an export to the files of a directory, for one subscriber. */
final class DirectoryWrite<T extends JsonEncodable> {

    private final ExportSource<T> source;
    private final ExportOptions options;
    private final ExportTarget target;
    private final String settings;

    // guarded by this, because files are completed on several threads
    private ResumeState state;

    DirectoryWrite(ExportSource<T> source, ExportOptions options, ExportTarget target) {
        this.source = source;
        this.options = options;
        this.target = target;
        this.settings = FileWrite.settings(source, target);
        this.state = ResumeState.start(settings, options.start());
    }

    Mono<ExportReport> report() {
        return OutputFile.blocking(this::begin).then(Mono.defer(this::write));
    }

    private synchronized void begin() {
        try {
            if (!Files.isDirectory(target.place())) {
                Files.createDirectory(target.place());
            }
        } catch (IOException e) {
            throw OutputFile.unwritable(target.place(), e);
        }
        Path progress = target.state();
        ResumeState stored = progress == null ? null : ResumeState.read(progress, settings);
        if (stored != null) {
            state = stored;
        }
    }

    private synchronized Mono<ExportReport> write() {
        // Files that were not completed start again, so that each is written by one run.
        ExportRun<T> run = new ExportRun<>(source, options.withStart(state.checkpoint()));
        return run.files()
                .flatMapMany(files -> Flux.fromIterable(files).flatMap(this::write, options.concurrency()))
                .then(Mono.fromCallable(() -> finish(run)).subscribeOn(Schedulers.boundedElastic()));
    }

    private Mono<Void> write(FileRead<T> read) {
        OutputFile file = new OutputFile(place(read.index()), target.compressed(), false);
        RecordEncoder<T> encoder = target.format().encoder(source.export());
        long[] records = new long[1];
        int[] blocks = new int[1];
        return Mono.usingWhen(
                Mono.just(file),
                out -> OutputFile.blocking(() -> {
                            out.open(0);
                            out.write(encoder.header());
                        })
                        .thenMany(read.records()
                                .buffer(RecordEncoder.BLOCK)
                                .concatMap(
                                        block -> OutputFile.blocking(() -> {
                                            out.write(encoder.records(block));
                                            records[0] += block.size();
                                            if (++blocks[0] % FileWrite.BLOCKS_PER_MEMBER == 0) {
                                                out.endMember();
                                            }
                                        }),
                                        1))
                        .then(OutputFile.blocking(() -> {
                            out.finish();
                            completed(read.file(), records[0]);
                        })),
                out -> Mono.empty(),
                (out, failure) -> out.discarded(),
                OutputFile::discarded);
    }

    private Path place(int index) {
        return target.place()
                .resolve(
                        String.format(Locale.ROOT, "%s-%05d%s", source.export().name(), index + 1, target.extension()));
    }

    private synchronized void completed(String file, long records) {
        state = new ResumeState(
                settings, 0, state.records() + records, state.checkpoint().afterFile(file));
        if (target.state() != null) {
            state.write(target.state());
        }
    }

    private synchronized ExportReport finish(ExportRun<T> run) {
        ResumeState.delete(target.state());
        ExportProgress progress = run.progress();
        List<Path> files =
                IntStream.range(0, progress.files()).mapToObj(this::place).toList();
        return new ExportReport(files, state.records(), progress);
    }
}
