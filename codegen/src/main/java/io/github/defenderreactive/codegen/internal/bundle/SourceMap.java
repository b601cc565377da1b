package io.github.defenderreactive.codegen.internal.bundle;

import io.github.defenderreactive.codegen.internal.bundle.SourceFiles.Place;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The places of the source files from which the parts of a bundle come. */
public final class SourceMap {

    private final SourceFiles files;
    private final Path root;
    private final Map<Pointer, Source> byPlace = new HashMap<>();

    /** A place of a file. */
    private record Source(Path file, Pointer pointer) {}

    SourceMap(Path root, SourceFiles files) {
        this.files = files;
        this.root = root;
    }

    void add(Pointer place, Place source) {
        byPlace.put(place, new Source(source.file(), source.pointer()));
    }

    /** Returns file, line and column in the sources of places of the bundle. */
    public Function<Pointer, String> locations(Collection<Pointer> places) {
        Map<Path, List<Pointer>> byFile = new HashMap<>();
        places.forEach(place -> byFile.computeIfAbsent(of(place).file(), file -> new ArrayList<>())
                .add(place));
        Map<Pointer, String> locations = new HashMap<>();
        byFile.forEach((file, inFile) -> {
            Function<Pointer, String> known = files.locations(
                    file, inFile.stream().map(place -> of(place).pointer()).toList());
            inFile.forEach(place -> locations.put(place, known.apply(of(place).pointer())));
        });
        return place -> locations.getOrDefault(place, "");
    }

    private Source of(Pointer place) {
        List<String> segments = place.segments();
        for (int length = segments.size(); length > 0; length--) {
            Source origin = byPlace.get(new Pointer(segments.subList(0, length)));
            if (origin != null) {
                Pointer pointer = origin.pointer();
                for (String segment : segments.subList(length, segments.size())) {
                    pointer = pointer.child(segment);
                }
                return new Source(origin.file(), pointer);
            }
        }
        return new Source(root, place);
    }
}
