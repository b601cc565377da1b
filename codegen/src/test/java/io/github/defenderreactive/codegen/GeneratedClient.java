package io.github.defenderreactive.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.operation.Operation;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DocumentationTool;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The nasty description generated and compiled once, with everything javac and Javadoc had to say. */
final class GeneratedClient {

    /** What generated code may stand on: nothing else is on its class path. */
    private static final Pattern ALLOWED = Pattern.compile(
            ".*(runtime.target.classes|defender-reactive-runtime.*|jspecify.*|jackson-annotations.*|reactor-core.*|reactive-streams.*)");

    private static final GeneratedClient INSTANCE = of(Nasty.bundle());

    private final Path sources;
    private final Path workspace;
    private final Path classes;
    private final String compilerOutput;
    private final URLClassLoader loader;

    private GeneratedClient(ObjectNode bundle, Path workspace) throws IOException {
        this.workspace = workspace;
        Nasty.generate(bundle, workspace);
        this.sources = Nasty.output(workspace).resolve("src/main/java");
        this.classes = Files.createDirectories(workspace.resolve("classes"));
        this.compilerOutput = compile(javaFiles(), classes);
        this.loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedClient.class.getClassLoader());
    }

    /** Compiles generated code with nothing but what it may use; returns what the compiler printed. */
    static String compile(List<Path> files, Path output) throws IOException {
        return compile(files, output, classPath());
    }

    private static String compile(List<Path> files, Path output, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter printed = new StringWriter();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all",
                    "-Werror",
                    "-proc:none",
                    "-cp",
                    classPath,
                    "-d",
                    output.toString());
            boolean done = compiler.getTask(
                            printed, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            return done ? printed.toString() : "failed: " + printed;
        }
    }

    /** Compiles a class against this client, and creates an instance of it that is linked with another one. */
    Object compile(String name, String source, Path folder, GeneratedClient linked)
            throws IOException, ReflectiveOperationException {
        Path file = folder.resolve(name + ".java");
        Files.writeString(file, source, StandardCharsets.UTF_8);
        String printed = compile(List.of(file), folder, classes + File.pathSeparator + classPath());
        if (!printed.isEmpty()) {
            throw new AssertionError(printed);
        }
        // Not closed, because the instance may load further classes.
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, linked.loader);
        return loader.loadClass(name).getConstructor().newInstance();
    }

    /** Compiles programs against this client, and returns the names of the files that have errors. */
    Set<String> errors(List<Path> files, Path output) throws IOException {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-proc:none",
                    "-Xmaxerrs",
                    "9999",
                    "-cp",
                    classes + File.pathSeparator + classPath(),
                    "-d",
                    output.toString());
            compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic ->
                        Path.of(diagnostic.getSource().getName()).getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns a loader of compiled programs that are linked with this client. */
    ClassLoader loader(Path folder) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, loader);
    }

    static GeneratedClient instance() {
        return INSTANCE;
    }

    /** Another description, for what would fill the golden files. */
    static GeneratedClient of(ObjectNode bundle) {
        try {
            Path workspace = Files.createTempDirectory("harbour");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(workspace)));
            return new GeneratedClient(bundle, workspace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var walk = Files.walk(folder)) {
            walk.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> ALLOWED.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private List<Path> javaFiles() throws IOException {
        try (var walk = Files.walk(sources)) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    String compilerOutput() {
        return compilerOutput;
    }

    /** Runs Javadoc over the generated sources; empty when it finds nothing to say. */
    String javadocOutput() throws IOException {
        DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = tool.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean done = tool.getTask(
                            output,
                            files,
                            null,
                            null,
                            List.of(
                                    "-quiet",
                                    "-Xdoclint:all",
                                    "-Werror",
                                    "-encoding",
                                    "UTF-8",
                                    "-cp",
                                    classPath(),
                                    "-d",
                                    workspace.resolve("javadoc").toString()),
                            files.getJavaFileObjectsFromPaths(javaFiles()))
                    .call();
            return done ? output.toString() : "failed: " + output;
        }
    }

    Class<?> type(String name) {
        try {
            return Class.forName("harbour." + name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(compilerOutput, e);
        }
    }

    JsonEncodable read(String model, String json) {
        return (JsonEncodable) callStatic("model." + model, "read", JsonReader.of(json));
    }

    Object builder(String type) {
        return callStatic(type, "builder");
    }

    @SuppressWarnings("unchecked")
    Optional<Operation<?>> operation(String id) {
        return (Optional<Operation<?>>) callStatic("api.Operations", "find", id);
    }

    Object callStatic(String type, String method, Object... arguments) {
        return invoke(type(type), null, method, arguments);
    }

    Object constant(String type, String name) {
        try {
            return type(type).getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Object call(Object target, String method, Object... arguments) {
        return invoke(target.getClass(), target, method, arguments);
    }

    private static Object invoke(Class<?> type, Object target, String name, Object... arguments) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && accepts(method, arguments)) {
                try {
                    return method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new AssertionError(e.getCause());
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no method " + name + " in " + type);
    }

    private static boolean accepts(Method method, Object... arguments) {
        Class<?>[] wanted = method.getParameterTypes();
        if (wanted.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            Object argument = arguments[i];
            if (argument != null
                    && !wanted[i].isInstance(argument)
                    && !(wanted[i] == int.class && argument instanceof Integer)
                    && !(wanted[i] == long.class && argument instanceof Long)
                    && !(wanted[i] == double.class && argument instanceof Double)
                    && !(wanted[i] == boolean.class && argument instanceof Boolean)) {
                return false;
            }
        }
        return true;
    }
}
