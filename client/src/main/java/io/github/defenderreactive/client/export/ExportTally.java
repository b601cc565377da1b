package io.github.defenderreactive.client.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The counts of one subscription. Files are read on several threads, so the listener is invoked under a lock. */
final class ExportTally {

    private final Consumer<? super ExportProgress> listener;
    private final List<String> emptyFiles = new ArrayList<>();
    private int files;
    private int completedFiles;
    private long bytes;
    private long records;
    private long unreadableLines;
    private int linkRequests;

    ExportTally(Consumer<? super ExportProgress> listener) {
        this.listener = listener;
    }

    synchronized void linksReceived() {
        linkRequests++;
    }

    synchronized void begin(int all, int completed) {
        files = all;
        completedFiles = completed;
        report();
    }

    synchronized void received(int length) {
        bytes += length;
        report();
    }

    synchronized void record() {
        records++;
    }

    synchronized void unreadable() {
        unreadableLines++;
    }

    synchronized void empty(String file) {
        emptyFiles.add(file);
    }

    synchronized void completed() {
        completedFiles++;
        report();
    }

    synchronized ExportProgress progress() {
        return new ExportProgress(files, completedFiles, bytes, records, unreadableLines, linkRequests, emptyFiles);
    }

    private void report() {
        listener.accept(progress());
    }
}
