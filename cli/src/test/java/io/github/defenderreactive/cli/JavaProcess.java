package io.github.defenderreactive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs whose standard error is tested. */
public final class JavaProcess {

    private JavaProcess() {}

    /** Returns a command line with the JDK and the class path of this JVM. */
    public static List<String> command(List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // The optimizing compiler costs a short process more than it saves.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Returns a builder with a secret in the environment. */
    public static ProcessBuilder builder(List<String> command, String secret, Path err) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        // A JVM reports these variables on standard error.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("DEFENDER_CLIENT_SECRET", secret);
        return builder;
    }

    /** Returns the messages of the program. */
    public static String said(Path err) throws IOException {
        return StandardError.ofTheCommand(Files.readString(err));
    }
}
