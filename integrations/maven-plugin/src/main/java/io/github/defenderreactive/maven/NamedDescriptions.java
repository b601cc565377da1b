package io.github.defenderreactive.maven;

import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The descriptions that the artifact {@code defender-reactive-api-spec} contains. */
final class NamedDescriptions {

    private static final String FOLDER = "/META-INF/defender-reactive/";
    private static final String SUFFIX = ".yaml";
    private static final List<String> FILES = List.of(SUFFIX, ".yml", ".json");
    private static final Pattern NAME = Pattern.compile("[a-z-]+");

    private NamedDescriptions() {}

    static String names() throws IOException {
        URL folder = NamedDescriptions.class.getResource(FOLDER);
        if (folder == null) {
            return "";
        }
        URI uri = URI.create(folder.toString());
        if (!"jar".equals(uri.getScheme())) {
            return names(Path.of(uri));
        }
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return names(jar.getPath(FOLDER));
        }
    }

    private static String names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * Returns the file of a description.
     *
     * @param description a name, or a file
     * @param basedir the folder of relative files
     * @param target the folder for the copy of a named description
     */
    static Path file(String description, Path basedir, Path target) throws IOException {
        String lower = description.toLowerCase(Locale.ROOT);
        if (FILES.stream().anyMatch(lower::endsWith)) {
            return basedir.resolve(description).normalize();
        }
        try (InputStream in = NamedDescriptions.class.getResourceAsStream(FOLDER + description + SUFFIX)) {
            if (in == null || !NAME.matcher(description).matches()) {
                throw new DescriptionException("description " + description + " is unknown; name one of " + names()
                        + ", or a file that ends with " + String.join(", ", FILES));
            }
            Path file = target.resolve(description + SUFFIX);
            write(file, in.readAllBytes());
            return file;
        }
    }

    /** Writes a file unless it has the content already. */
    static void write(Path file, byte[] content) throws IOException {
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
        }
    }
}
