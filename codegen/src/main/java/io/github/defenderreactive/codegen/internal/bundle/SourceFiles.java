package io.github.defenderreactive.codegen.internal.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The files of a description. Each is read once and named relative to the folder of the root file. */
public final class SourceFiles {

    private final Path folder;
    private final Map<Path, ObjectNode> documents = new LinkedHashMap<>();

    public SourceFiles(Path root) {
        Path parent = root.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new DescriptionException(root + ": not a file");
        }
        this.folder = parent;
    }

    /** Returns the name of a file for messages, which is the same on every machine. */
    public String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Reads a file.
     *
     * @throws DescriptionException if it is not a file that {@link SourceText} reads
     */
    public ObjectNode document(Path file) {
        ObjectNode known = documents.get(file);
        if (known != null) {
            return known;
        }
        ObjectNode read = new SourceText(file, name(file)).document();
        documents.put(file, read);
        return read;
    }

    /**
     * Returns file, line and column of places in a file. A place that does not exist is at the nearest node around it.
     */
    public Function<Pointer, String> locations(Path file, Collection<Pointer> places) {
        return new SourceText(file, name(file)).locations(places);
    }

    /**
     * Returns the target of a reference.
     *
     * @param reference the text of {@code $ref}
     * @param from the file that contains the reference
     * @return the place
     * @throws DescriptionException if the target does not exist; the message does not name the place of the reference
     */
    public Place resolve(String reference, Path from) {
        if (reference.contains("://")) {
            throw new DescriptionException("only files below the root file's folder are read; copy the file into it");
        }
        int hash = reference.indexOf('#');
        String path = (hash < 0 ? reference : reference.substring(0, hash)).replace('\\', '/');
        Pointer pointer = Pointer.parse(hash < 0 ? "" : reference.substring(hash + 1));
        Path file = path.isEmpty() ? from : from.resolveSibling(path).normalize();
        if (!file.startsWith(folder) || isLinkOut(file)) {
            throw new DescriptionException("only files below the root file's folder are read; copy the file into it");
        }
        JsonNode node = pointer.in(document(file));
        if (node.isMissingNode()) {
            throw new DescriptionException("no definition at " + name(file) + "#" + pointer
                    + "; correct the reference, or add the definition");
        }
        return new Place(file, pointer, node);
    }

    private boolean isLinkOut(Path file) {
        try {
            return Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw new DescriptionException(name(file) + ": cannot be read, " + e.getMessage(), e);
        }
    }

    /** A node of a file. */
    record Place(Path file, Pointer pointer, JsonNode node) {}
}
