package io.github.defenderreactive.maven;

import io.github.defenderreactive.maven.ClassReferences.Reference;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Resolves every reference of a jar to a class of this project's group, as the JVM does at run time. Other classes are
 * not checked, because libraries have optional dependencies.
 */
final class LinkCheck {

    private static final String GROUP = "io/github/defenderreactive/";

    private final ClassPath classPath;
    private final Map<String, SortedSet<String>> places = new TreeMap<>();

    LinkCheck(ClassPath classPath) {
        this.classPath = classPath;
    }

    /** Checks the classes of a jar, or of the folder of a module that is built together with the project. */
    void check(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            checkFolder(classes);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
            checkFolder(jar.getPath("/"));
        }
    }

    private void checkFolder(Path folder) throws IOException {
        Path group = folder.resolve(GROUP);
        if (!Files.exists(group)) {
            return;
        }
        try (Stream<Path> files = Files.walk(group)) {
            for (Path file :
                    (Iterable<Path>) files.filter(name -> name.toString().endsWith(".class"))::iterator) {
                check(ClassReferences.of(Files.readAllBytes(file)));
            }
        }
    }

    private void check(ClassReferences code) throws IOException {
        for (Reference reference : code.references()) {
            if (reference.owner().startsWith(GROUP)) {
                String fault = fault(reference);
                if (fault != null) {
                    places.computeIfAbsent(fault, key -> new TreeSet<>()).add(code.place(reference));
                }
            }
        }
    }

    /** Returns one line for each class or member that is missing or changed, with the places that use it. */
    List<String> findings() {
        return places.entrySet().stream()
                .map(entry -> entry.getKey() + "; used by " + String.join(", ", entry.getValue()))
                .toList();
    }

    private @Nullable String fault(Reference reference) throws IOException {
        Optional<ClassMembers> found = classPath.find(reference.owner());
        String owner = reference.owner().replace('/', '.').replace('$', '.');
        if (found.isEmpty()) {
            return owner + " is missing";
        }
        ClassMembers type = found.get();
        if (reference.isInterface() != null && reference.isInterface() != type.isInterface()) {
            return owner
                    + (type.isInterface()
                            ? " is an interface instead of a class"
                            : " is a class instead of an interface");
        }
        if (reference.member() == null) {
            return null;
        }
        Optional<Integer> access = access(reference.owner(), reference.member());
        if (access.isEmpty()) {
            return owner + '.' + text(reference.member()) + " is missing" + others(type, reference.member());
        }
        if (reference.isStatic() != null && reference.isStatic() != Modifier.isStatic(access.get())) {
            return owner + '.' + text(reference.member()) + (reference.isStatic() ? " is not static" : " is static");
        }
        return null;
    }

    /** Returns the access flags of a member, which a class may inherit; those of an unknown supertype are assumed. */
    private Optional<Integer> access(String owner, String member) throws IOException {
        Optional<ClassMembers> type = classPath.find(owner);
        if (type.isEmpty()) {
            return Optional.of(0);
        }
        Optional<Integer> declared = type.get().access(member);
        if (declared.isPresent() || member.startsWith("<init>")) {
            return declared;
        }
        List<String> supertypes = new ArrayList<>(type.get().supertypes());
        if (type.get().isInterface()) {
            supertypes.add("java/lang/Object");
        }
        for (String supertype : supertypes) {
            Optional<Integer> inherited = access(supertype, member);
            if (inherited.isPresent()) {
                return inherited;
            }
        }
        return Optional.empty();
    }

    private static String others(ClassMembers type, String member) {
        int end = nameEnd(member);
        List<String> others = type.named(member.substring(0, end), member.charAt(end) == '(').stream()
                .map(descriptor -> text(member.substring(0, end) + (member.charAt(end) == '(' ? "" : " ") + descriptor))
                .toList();
        return others.isEmpty() ? "" : ", it has " + String.join(" and ", others);
    }

    private static int nameEnd(String member) {
        int parenthesis = member.indexOf('(');
        return parenthesis < 0 ? member.indexOf(' ') : parenthesis;
    }

    /** Returns a member as {@code name(argument types): type}. */
    private static String text(String member) {
        int end = nameEnd(member);
        String name = member.substring(0, end);
        String descriptor = member.substring(end).trim();
        if (!descriptor.startsWith("(")) {
            return name + ": " + simple(Type.getType(descriptor));
        }
        String arguments = Stream.of(Type.getArgumentTypes(descriptor))
                .map(LinkCheck::simple)
                .collect(Collectors.joining(", ", "(", ")"));
        return name + arguments + ": " + simple(Type.getReturnType(descriptor));
    }

    private static String simple(Type type) {
        String name = type.getClassName().replace('$', '.');
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
