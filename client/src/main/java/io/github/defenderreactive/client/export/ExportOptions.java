package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.transport.StorageLink;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of a read.
 *
 * @param concurrency the number of files that are read at the same time
 * @param start the position to start at
 * @param progress receives the progress
 * @param unreadable receives lines that are not a record; null if such a line is an error
 * @param hosts the allowed domains of links, in lower case
 */
record ExportOptions(
        int concurrency,
        ExportCheckpoint start,
        Consumer<? super ExportProgress> progress,
        @Nullable Consumer<? super UnreadableLine> unreadable,
        Set<String> hosts) {

    static final ExportOptions DEFAULTS =
            new ExportOptions(4, ExportCheckpoint.start(), progress -> {}, null, StorageLink.BLOB_DOMAINS);

    ExportOptions withConcurrency(int files) {
        return new ExportOptions(files, start, progress, unreadable, hosts);
    }

    ExportOptions withStart(ExportCheckpoint checkpoint) {
        return new ExportOptions(concurrency, checkpoint, progress, unreadable, hosts);
    }

    ExportOptions withProgress(Consumer<? super ExportProgress> listener) {
        return new ExportOptions(concurrency, start, listener, unreadable, hosts);
    }

    ExportOptions withUnreadable(Consumer<? super UnreadableLine> listener) {
        return new ExportOptions(concurrency, start, progress, listener, hosts);
    }

    ExportOptions withHosts(Set<String> domains) {
        return new ExportOptions(concurrency, start, progress, unreadable, domains);
    }
}
