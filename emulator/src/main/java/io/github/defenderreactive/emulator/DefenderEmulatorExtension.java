package io.github.defenderreactive.emulator;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension that provides a running {@link DefenderEmulator}, as a parameter and by {@link #emulator()}, and
 * closes it after the tests.
 *
 * <p>{@code @ExtendWith(DefenderEmulatorExtension.class)} starts an emulator with all defaults for each test that takes
 * one as a parameter. A {@code @RegisterExtension} field configures it: {@link #with} for an emulator per test, {@link
 * #perClass} for one that all tests of the class share, constructor and {@code @BeforeAll} included.
 *
 * <p>A {@code static} field with {@link #perClass} can be used by everything that is initialised before the tests, such
 * as other static fields and Spring's {@code @DynamicPropertySource}: the emulator starts on first use.
 *
 * @since 0.1.0
 */
public final class DefenderEmulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(DefenderEmulatorExtension.class);

    private final UnaryOperator<DefenderEmulator.Builder> setup;
    private final @Nullable Shared shared;
    /** The running tests, if each has an emulator of its own. */
    private final Set<ExtensionContext> running = new LinkedHashSet<>();

    /** Creates an extension with an emulator per test, with all defaults. */
    public DefenderEmulatorExtension() {
        this(UnaryOperator.identity(), false);
    }

    private DefenderEmulatorExtension(UnaryOperator<DefenderEmulator.Builder> setup, boolean shared) {
        this.setup = Objects.requireNonNull(setup, "setup");
        this.shared = shared ? new Shared() : null;
    }

    /**
     * Creates an extension with an emulator per test.
     *
     * @param setup changes the defaults of the builder
     * @return the extension
     */
    public static DefenderEmulatorExtension with(UnaryOperator<DefenderEmulator.Builder> setup) {
        return new DefenderEmulatorExtension(setup, false);
    }

    /**
     * Creates an extension with one emulator for all tests of a class, those of its nested classes included. State,
     * journal and faults are kept from test to test.
     *
     * @param setup changes the defaults of the builder
     * @return the extension
     */
    public static DefenderEmulatorExtension perClass(UnaryOperator<DefenderEmulator.Builder> setup) {
        return new DefenderEmulatorExtension(setup, true);
    }

    /**
     * Returns the emulator, and starts it if it is not running yet. That takes up to half a second and must not be done
     * on an event loop.
     *
     * @return with {@link #perClass} the emulator of the class, at any time: before its tests, it is that of the next
     *     class to run. With an emulator per test, that of the running test
     * @throws IllegalStateException if each test has an emulator of its own, and no test is running, or several are
     */
    public DefenderEmulator emulator() {
        return shared == null ? ofTheTest(theTest()) : shared.emulator();
    }

    private ExtensionContext theTest() {
        synchronized (running) {
            if (running.size() == 1) {
                return running.iterator().next();
            }
            throw new IllegalStateException(
                    running.isEmpty()
                            ? "No test runs now, and each has an emulator of its own: call emulator() in @BeforeEach or in"
                                    + " the test, or use perClass(...)"
                            : running.size()
                                    + " tests run now, and each has an emulator of its own: take it as a parameter");
        }
    }

    private DefenderEmulator ofTheTest(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(this, key -> closing(start()), Closing.class)
                .emulator();
    }

    private DefenderEmulator start() {
        return setup.apply(DefenderEmulator.builder()).start();
    }

    private static Closing closing(DefenderEmulator emulator) {
        return new Closing(emulator, emulator::close);
    }

    /** The emulator of a class runs before its tests: a failure to start is one of the class. */
    @Override
    public void beforeAll(ExtensionContext context) {
        hold(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (shared != null) {
            hold(context);
            return;
        }
        synchronized (running) {
            running.add(context);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        synchronized (running) {
            running.remove(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DefenderEmulator.class;
    }

    @Override
    public DefenderEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (shared == null) {
            return ofTheTest(context);
        }
        hold(context);
        return shared.emulator();
    }

    /**
     * The constructor is part of its test: it gets the emulator of the test, and not one for the whole class.
     */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Keeps a shared emulator until the end of the class. */
    private void hold(ExtensionContext context) {
        Shared all = shared;
        if (all != null) {
            outermost(context).getStore(NAMESPACE).getOrComputeIfAbsent(this, key -> all.hold(), Closing.class);
        }
    }

    /** Returns the outermost context of a test class; nested classes share its emulator. */
    private static ExtensionContext outermost(ExtensionContext context) {
        ExtensionContext scope = context;
        while (scope.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            scope = scope.getParent().orElseThrow();
        }
        return scope;
    }

    /** One emulator for those who hold it: classes that inherit the extension may run at the same time. */
    private final class Shared {

        private @Nullable DefenderEmulator emulator;
        private int holders;

        synchronized DefenderEmulator emulator() {
            DefenderEmulator current = emulator;
            if (current == null) {
                current = start();
                emulator = current;
            }
            return current;
        }

        synchronized Closing hold() {
            DefenderEmulator current = emulator();
            holders++;
            return new Closing(current, this::release);
        }

        private synchronized void release() {
            holders--;
            if (holders == 0 && emulator != null) {
                emulator.close();
                emulator = null;
            }
        }
    }

    /** Versions of JUnit before 5.13 close this kind of resource only; later ones close it as well. */
    @SuppressWarnings("deprecation")
    private record Closing(DefenderEmulator emulator, Runnable end)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
