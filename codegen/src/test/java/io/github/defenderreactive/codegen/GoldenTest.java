package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.reference.ReferenceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole output as reviewed; {@code -Dgolden.update=true} takes the present output over, to be read as a diff. */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @TempDir
    Path workspace;

    @Test
    void shouldGenerateTheReviewedFiles() throws IOException {
        ObjectNode bundle = Nasty.bundle();
        Nasty.generate(bundle, workspace);
        Map<String, String> generated = new TreeMap<>();
        Nasty.javaFiles(Nasty.output(workspace)).forEach((path, text) -> generated.put(path + ".txt", text));
        generated.put("bundle.yaml", BundleText.yaml(bundle));
        generated.put("bundle.json", BundleText.json(bundle));
        generated.put("operations.md", ReferenceText.of(List.of(bundle)));

        if (Boolean.getBoolean("golden.update")) {
            update(generated);
        }

        Map<String, String> golden = golden();
        assertThat(generated.keySet()).containsExactlyElementsOf(golden.keySet());
        generated.forEach((path, text) -> assertThat(text).as(path).isEqualTo(golden.get(path)));
    }

    private static void update(Map<String, String> generated) throws IOException {
        for (String path : golden().keySet()) {
            Files.delete(GOLDEN.resolve(path));
        }
        for (Map.Entry<String, String> file : generated.entrySet()) {
            Path target = GOLDEN.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (Files.isDirectory(GOLDEN)) {
            try (var walk = Files.walk(GOLDEN)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    files.put(GOLDEN.relativize(file).toString().replace('\\', '/'), Files.readString(file));
                }
            }
        }
        return files;
    }
}
