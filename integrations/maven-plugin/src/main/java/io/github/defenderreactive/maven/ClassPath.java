package io.github.defenderreactive.maven;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classes of a project, of its dependencies and of the JDK, found as a class loader finds them. None is loaded. */
final class ClassPath implements AutoCloseable {

    private final URLClassLoader loader;
    private final Map<String, Optional<ClassMembers>> classes = new HashMap<>();

    ClassPath(List<Path> entries) throws MalformedURLException {
        URL[] urls = new URL[entries.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = entries.get(i).toUri().toURL();
        }
        loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** Returns the class with an internal name, or empty if it is missing. */
    Optional<ClassMembers> find(String internalName) throws IOException {
        Optional<ClassMembers> known = classes.get(internalName);
        if (known == null) {
            known = read(internalName);
            classes.put(internalName, known);
        }
        return known;
    }

    private Optional<ClassMembers> read(String internalName) throws IOException {
        try (InputStream in = loader.getResourceAsStream(internalName + ".class")) {
            return in == null ? Optional.empty() : Optional.of(ClassMembers.of(in.readAllBytes()));
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
