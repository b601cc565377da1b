package io.github.defenderreactive.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;
import org.apache.maven.shared.invoker.InvocationResult;
import org.apache.maven.shared.invoker.MavenInvocationException;

/**
 * A stand-alone project. Its local repository contains the modules of this build only; everything else comes from the
 * local repository of the build, or from Maven Central if it is missing there.
 */
final class MavenProject {

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private final Path folder;
    private final List<String> output = new ArrayList<>();

    private MavenProject(Path folder) {
        this.folder = folder;
    }

    /** Copies a sample to a folder. */
    static MavenProject copy(String sample, Path folder) throws IOException {
        Path source = Path.of(property("samples")).resolve(sample);
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = source.relativize(file);
                if (!relative.startsWith("target")) {
                    Path copy = folder.resolve(relative.toString());
                    Files.createDirectories(copy.resolveSibling(""));
                    Files.copy(file, copy);
                }
            }
        }
        return new MavenProject(folder);
    }

    /** Runs Maven, and returns its exit code. */
    int run(String... arguments) throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <profiles>
                    <profile>
                      <id>build</id>
                      <repositories>
                        <repository><id>build</id><url>%2$s</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>build</id><url>%2$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>build</activeProfile></activeProfiles>
                </settings>
                """.formatted(
                        property("test.repository"),
                        Path.of(property("outer.repository")).toUri()));
        InvocationRequest request = new DefaultInvocationRequest();
        request.setBaseDirectory(folder.toFile());
        request.setUserSettingsFile(settings.toFile());
        request.setMavenHome(new File(property("maven.home")));
        request.setBatchMode(true);
        request.setNoTransferProgress(true);
        request.addArgs(List.of(arguments));
        request.setOutputHandler(line -> output.add(COLOUR.matcher(line).replaceAll("")));
        request.setMavenOpts("-XX:TieredStopAtLevel=1");
        output.clear();
        try {
            InvocationResult result = new DefaultInvoker().execute(request);
            return result.getExitCode();
        } catch (MavenInvocationException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Returns the lines of the last run. */
    List<String> output() {
        return List.copyOf(output);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + " is missing; run mvn verify");
        }
        return value;
    }
}
