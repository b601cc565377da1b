package io.github.defenderreactive.testing;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Watches over all tests of a module that has this on its class path: a leaked buffer, a dropped error, a secret that shows or
 * a connection to another machine fails the build.
 *
 * <p>Registered as a service twice. As session listener it is there before the first class of Netty is loaded, and switches
 * on the detection of extensions; as extension it can fail tests, which a listener cannot.
 */
public final class TestGuards implements LauncherSessionListener, BeforeAllCallback, AfterEachCallback {

    private static final String DETECT_EXTENSIONS = "junit.jupiter.extensions.autodetection.enabled";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty(DETECT_EXTENSIONS, "true");
        LeakGuard.install();
        DroppedErrors.install();
    }

    /** Checks leaks once, when the last test is over: the store is closed then. */
    @Override
    public void beforeAll(ExtensionContext context) {
        BlockingCallGuard.check();
        SecretGuard.install();
        LoopbackOnly.install();
        context.getRoot().getStore(Namespace.create(TestGuards.class)).getOrComputeIfAbsent("end", key ->
                (AutoCloseable) TestGuards::checkAtEnd);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        DroppedErrors.check();
        SecretGuard.check();
        LoopbackOnly.check();
    }

    private static void checkAtEnd() {
        LeakGuard.check();
        DroppedErrors.check();
        SecretGuard.checkAll();
        LoopbackOnly.check();
    }
}
