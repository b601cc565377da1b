package io.github.defenderreactive.emulator.internal.actions;

import io.github.defenderreactive.emulator.internal.data.Items;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of the live response library as tests change them. The name of a file is its id. */
final class LibraryItems implements Items {

    private static final String NAME = "fileName";

    private final Library library;

    LibraryItems(Library library) {
        this.library = library;
    }

    Kind kind() {
        return new Kind("libraryFiles", "a library file", "listLibraryFiles", Set.of(NAME), this);
    }

    @Override
    public String add(Map<String, @Nullable Object> members) {
        if (!(members.get(NAME) instanceof String name) || name.isBlank()) {
            throw new IllegalArgumentException("library file member fileName must be given");
        }
        if (library.has(name)) {
            throw new IllegalArgumentException("library file member fileName must be new, was '" + name + "'");
        }
        library.require(name);
        change(name, members);
        return name;
    }

    private @Nullable Entity file(String name) {
        return library.files().stream()
                .filter(file -> name.equalsIgnoreCase(String.valueOf(file.get(NAME))))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        Entity file = file(id);
        return file == null ? null : Values.plainMembers(file.members());
    }

    @Override
    public void change(String id, Map<String, @Nullable Object> members) {
        Entity file = Objects.requireNonNull(file(id));
        library.put(id, new Entity().withAll(file.members()).withAll(members));
    }

    @Override
    public void remove(String id) {
        library.delete(id);
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return library.files().stream().map(Entity::members).map(Values::plainMembers);
    }
}
