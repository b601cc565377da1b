package io.github.defenderreactive.codegen.internal.output;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of generated sources. Files that an earlier run of the same execution wrote are deleted. */
public final class SourceFolder {

    private final Path output;
    private final Path folder;
    private final Manifest manifest;
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> lowerCase = new LinkedHashMap<>();

    /**
     * Creates an empty folder.
     *
     * @param output the output folder, which several executions may have in common
     * @param sourceFolder the folder of sources below it
     * @param apiPackage the package of the API, which only one execution may write
     */
    public SourceFolder(Path output, String sourceFolder, String apiPackage) {
        this.output = output.normalize();
        this.folder = this.output.resolve(sourceFolder).normalize();
        this.manifest = new Manifest(this.output, apiPackage);
    }

    /** Writes one file. */
    @FunctionalInterface
    public interface Writer {
        void write(Path file, String text) throws IOException;
    }

    public void add(String path, String text) {
        // On a file system that ignores case one file would overwrite the other.
        String other = lowerCase.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        if (other != null) {
            throw new DescriptionException("two generated files have the same name: " + other + " and " + path);
        }
        files.put(path, text);
    }

    /**
     * Writes all files, and deletes those that an earlier run of the same execution wrote and this one did not.
     *
     * @return the deleted files
     */
    public List<Path> write(Writer writer) throws IOException {
        Set<String> written = new LinkedHashSet<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            writer.write(path, file.getValue());
            written.add(output.relativize(path).toString().replace('\\', '/'));
        }
        List<Path> deleted = deleteStale(written);
        manifest.write(written);
        return deleted;
    }

    private List<Path> deleteStale(Set<String> written) throws IOException {
        Set<String> stale = new LinkedHashSet<>(manifest.paths());
        stale.removeAll(written);
        stale.removeAll(manifest.pathsOfOthers());
        List<Path> deleted = new ArrayList<>();
        for (String path : stale) {
            Path file = output.resolve(path).normalize();
            if (file.startsWith(output) && Files.isRegularFile(file) && isGenerated(file)) {
                Files.delete(file);
                deleted.add(file);
            }
        }
        return deleted;
    }

    private static boolean isGenerated(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().filter(Header::is).isPresent();
        }
    }
}
