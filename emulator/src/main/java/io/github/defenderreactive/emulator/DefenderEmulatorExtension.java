package io.github.defenderreactive.emulator;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit 5 tests a running {@link DefenderEmulator} as a parameter and closes it after them.
 *
 * <p>{@code @ExtendWith(DefenderEmulatorExtension.class)} starts an emulator with all defaults for each test that asks for
 * one. A {@code @RegisterExtension} field sets it up: {@link #with} for an emulator per test, {@link #perClass} for one
 * that all tests of the class share, constructor and {@code @BeforeAll} included.
 *
 * @since 0.1.0
 */
public final class DefenderEmulatorExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(DefenderEmulatorExtension.class);

    private final UnaryOperator<DefenderEmulator.Builder> setup;
    private final boolean shared;

    /** An emulator with all defaults per test. */
    public DefenderEmulatorExtension() {
        this(UnaryOperator.identity(), false);
    }

    private DefenderEmulatorExtension(UnaryOperator<DefenderEmulator.Builder> setup, boolean shared) {
        this.setup = Objects.requireNonNull(setup, "setup");
        this.shared = shared;
    }

    /**
     * An emulator per test.
     *
     * @param setup what differs from the defaults
     * @return the extension
     */
    public static DefenderEmulatorExtension with(UnaryOperator<DefenderEmulator.Builder> setup) {
        return new DefenderEmulatorExtension(setup, false);
    }

    /**
     * One emulator for all tests of a class. State, journal and faults last from test to test.
     *
     * @param setup what differs from the defaults
     * @return the extension
     */
    public static DefenderEmulatorExtension perClass(UnaryOperator<DefenderEmulator.Builder> setup) {
        return new DefenderEmulatorExtension(setup, true);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DefenderEmulator.class;
    }

    @Override
    public DefenderEmulator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return scope(context)
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        this,
                        key -> new Running(
                                setup.apply(DefenderEmulator.builder()).start()),
                        Running.class)
                .emulator();
    }

    /** The constructor is part of its test: it gets the emulator of the test, and not one for the whole class. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** Versions of JUnit before 5.13 close this kind of resource only; later ones close it as well. */
    @SuppressWarnings("deprecation")
    private record Running(DefenderEmulator emulator)
            implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            emulator.close();
        }
    }

    /** The outermost context of a test class, for a shared emulator; nested classes share it too. */
    private ExtensionContext scope(ExtensionContext context) {
        ExtensionContext scope = context;
        while (shared
                && scope.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            scope = scope.getParent().orElseThrow();
        }
        return scope;
    }
}
