package io.github.defenderreactive.cli.internal.crawl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The recipes of all operations, in the order in which the crawl calls them. */
final class Recipes {

    private static final String FILE = "crawl.recipes";

    private Recipes() {}

    static List<Recipe> all() {
        try (InputStream in = Objects.requireNonNull(Recipes.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Recipe::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
