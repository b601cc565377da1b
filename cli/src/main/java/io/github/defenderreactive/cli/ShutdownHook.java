package io.github.defenderreactive.cli;

/** Runs something when a signal ends the process, unless it was closed before. */
final class ShutdownHook implements AutoCloseable {

    private final Thread thread;

    ShutdownHook(Runnable work) {
        this.thread = new Thread(work, "shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException alreadyEnding) {
            // then the process ends before there is anything to do
        }
    }

    /** Whether this is called by what it runs. */
    boolean isRunning() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException alreadyEnding) {
            // then it is running
        }
    }
}
