package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.output.Templates;
import io.github.defenderreactive.codegen.internal.view.Source;
import io.github.defenderreactive.codegen.internal.view.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openapitools.codegen.api.TemplatingExecutor;

/** A description with more operations than one method or initializer can create. */
class ManyOperationsTest {

    private static final int OPERATIONS = 400;

    @TempDir
    Path folder;

    @Test
    void shouldCompileTheOperationsOfALargeTag() throws IOException, ReflectiveOperationException {
        List<Path> files = new ArrayList<>();
        for (Source source : new Sources(Element.root(bundle()), Nasty.PACKAGES).all()) {
            if (Set.of("Operations", "ShipsOperations").contains(source.className())) {
                files.add(Files.writeString(folder.resolve(source.className() + ".java"), text(source)));
            }
        }

        assertThat(GeneratedClient.compile(files, folder)).isEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> operations = loader.loadClass("harbour.api.Operations");
            assertThat((List<?>) operations.getMethod("all").invoke(null)).hasSize(OPERATIONS);
        }
    }

    private static ObjectNode bundle() {
        ObjectNode bundle = Nasty.bundle();
        ObjectNode paths = (ObjectNode) bundle.get("paths");
        ObjectNode template = ((ObjectNode) paths.at("/~1ships~1{id}/delete")).deepCopy();
        template.put("description", "Deletes.");
        paths.removeAll();
        for (int i = 0; i < OPERATIONS; i++) {
            ObjectNode operation = template.deepCopy().put("operationId", "deleteShip" + i);
            operation.put("summary", "Deletes a ship at " + i + ".").put("x-defender-method", "delete" + i);
            for (int p = 0; p < 3; p++) {
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("name", "argument" + p)
                        .put("in", "query")
                        .put("description", "Argument " + p + " of " + i + ".")
                        .putObject("schema")
                        .put("type", "string");
            }
            paths.putObject("/ships/" + i).set("delete", operation);
        }
        return bundle;
    }

    private static String text(Source source) {
        return new Templates()
                .compileTemplate(
                        new TemplatingExecutor() {
                            @Override
                            public String getFullTemplateContents(String name) {
                                return resource(name);
                            }

                            @Override
                            public Path getFullTemplatePath(String name) {
                                return Path.of(name);
                            }
                        },
                        Map.of("header", "", "file", source.view()),
                        source.template());
    }

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(Templates.class.getResourceAsStream("/defender-reactive/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
