package io.github.defenderreactive.client.export;

import io.github.defenderreactive.client.model.ExportFilesResponse;
import io.github.defenderreactive.runtime.transport.StorageLink;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The links of one response, by file and in the order of the files. */
final class ExportLinks {

    private final NavigableMap<String, StorageLink> byFile;

    private ExportLinks(NavigableMap<String, StorageLink> byFile) {
        this.byFile = byFile;
    }

    /**
     * Reads the links of a response.
     *
     * @param allowed the allowed domains
     * @throws ExportException if a link is malformed or its host is not allowed
     */
    static ExportLinks of(ExportFilesResponse response, Set<String> allowed, String operationId) {
        NavigableMap<String, StorageLink> byFile = new TreeMap<>();
        for (String text : response.exportFiles()) {
            try {
                StorageLink link = StorageLink.of(text);
                link.requireAllowed(allowed);
                byFile.put(link.file(), link);
            } catch (IllegalArgumentException e) {
                throw new ExportException("A link to a file was not followed: " + e.getMessage(), operationId);
            }
        }
        return new ExportLinks(byFile);
    }

    NavigableSet<String> files() {
        return Collections.unmodifiableNavigableSet(byFile.navigableKeySet());
    }

    @Nullable
    StorageLink of(String file) {
        return byFile.get(file);
    }
}
