package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The write of an export to one file, for one subscriber. */
final class FileWrite<T extends JsonEncodable> {

    /** Number of blocks between two stored positions, each at the end of a gzip member. */
    static final int BLOCKS_PER_MEMBER = 40;

    private final ExportSource<T> source;
    private final ExportOptions options;
    private final ExportTarget target;
    private final RecordEncoder<T> encoder;
    private final OutputFile file;

    // The steps are serial.
    private ResumeState state;
    private ExportCheckpoint checkpoint;
    private long records;
    private int blocks;

    FileWrite(ExportSource<T> source, ExportOptions options, ExportTarget target) {
        this.source = source;
        this.options = options;
        this.target = target;
        this.encoder = target.format().encoder(source.export());
        this.file = new OutputFile(target.place(), target.compressed(), target.state() != null);
        this.checkpoint = options.start();
        this.state = ResumeState.start(settings(source, target), checkpoint);
    }

    static String settings(ExportSource<?> source, ExportTarget target) {
        return source.export().name() + target.extension();
    }

    Mono<ExportReport> report() {
        return Mono.usingWhen(
                Mono.just(file),
                out -> OutputFile.blocking(this::begin).then(Mono.defer(this::write)),
                out -> Mono.empty(),
                (out, failure) -> out.discarded(),
                OutputFile::discarded);
    }

    private void begin() {
        Path progress = target.state();
        ResumeState stored = progress == null ? null : ResumeState.read(progress, state.settings());
        if (stored != null && file.open(stored.offset())) {
            state = stored;
            checkpoint = stored.checkpoint();
            records = stored.records();
        } else if (stored == null) {
            file.open(0);
        }
        if (state.offset() == 0) {
            file.write(encoder.header());
        }
    }

    private Mono<ExportReport> write() {
        ExportRun<T> run = new ExportRun<>(source, options.withStart(checkpoint));
        return run.recordsInOrder()
                .buffer(RecordEncoder.BLOCK)
                .concatMap(block -> OutputFile.blocking(() -> append(block)), 1)
                .then(Mono.fromCallable(() -> finish(run)).subscribeOn(Schedulers.boundedElastic()));
    }

    private void append(List<Placed<T>> block) {
        file.write(encoder.records(block));
        records += block.size();
        for (Placed<T> record : block) {
            if (record.last()) {
                checkpoint = checkpoint.after(record);
            }
        }
        checkpoint = checkpoint.after(block.get(block.size() - 1));
        blocks++;
        if (blocks % BLOCKS_PER_MEMBER == 0) {
            file.endMember();
            keep(target.state());
        }
    }

    private void keep(@Nullable Path progress) {
        if (progress != null) {
            long size = file.force();
            new ResumeState(state.settings(), size, records, checkpoint).write(progress);
        }
    }

    private ExportReport finish(ExportRun<T> run) {
        ResumeState.delete(target.state());
        file.finish();
        return new ExportReport(List.of(target.place()), records, run.progress());
    }
}
