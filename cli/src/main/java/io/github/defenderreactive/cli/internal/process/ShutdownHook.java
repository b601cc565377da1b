package io.github.defenderreactive.cli.internal.process;

/** A task that runs if a signal ends the process, unless the hook was closed before. */
public final class ShutdownHook implements AutoCloseable {

    private final Thread thread;

    /**
     * Registers a task.
     *
     * @param work the task, which delays the end of the process until it returns
     */
    public ShutdownHook(Runnable work) {
        this.thread = new Thread(work, "shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException alreadyEnding) {
            // The process ends before there is work to stop.
        }
    }

    /** Returns whether the calling thread is the one that runs the task. */
    boolean isRunning() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException alreadyEnding) {
            // The task is running.
        }
    }
}
