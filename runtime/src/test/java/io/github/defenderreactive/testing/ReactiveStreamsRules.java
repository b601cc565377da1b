package io.github.defenderreactive.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;

/** The rules of Reactive Streams, as its own test kit checks them, one dynamic test for each. */
public final class ReactiveStreamsRules {

    /** Left out: what the kit calls optional, and the rule for publishers that fail before there is demand. */
    private static final List<String> NOT_OURS = List.of("optional_", "untested_", "required_spec109_mayRejectCalls");

    private static final Set<String> WITH_ONE_ELEMENT = Set.of(
            "required_createPublisher1MustProduceAStreamOfExactly1Element",
            "required_spec107_mustNotEmitFurtherSignalsOnceOnCompleteHasBeenSignalled",
            "required_spec109_mustIssueOnSubscribeForNonNullSubscriber",
            "required_spec109_subscribeThrowNPEOnNullSubscriber",
            "required_spec307_afterSubscriptionIsCancelledAdditionalCancelationsMustBeNops");

    /** Some rules wait for the whole of the first time. */
    public static final TestEnvironment ENVIRONMENT = new TestEnvironment(500, 50);

    /** The kit gives the collector a tenth of a second, which a busy machine may not have for it; a leak stays one. */
    private static final String COLLECTED =
            "required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber";

    private static final int TRIES_TO_COLLECT = 5;

    private ReactiveStreamsRules() {}

    /** Makes what is verified. */
    @FunctionalInterface
    public interface Source<T> {

        /**
         * A new publisher.
         *
         * @param elements how many it must emit before it completes, which may be more than anybody asks for
         */
        Publisher<T> emitting(long elements);
    }

    /** All rules, for a publisher of any number of elements. */
    public static <T> Stream<DynamicTest> of(Source<T> source) {
        return of(() -> new Any<>(ENVIRONMENT, source, Long.MAX_VALUE - 1));
    }

    /** Those rules that the kit can check on a publisher of one element at most. */
    public static <T> Stream<DynamicTest> ofOneElement(Source<T> source) {
        return tests(
                required().filter(rule -> WITH_ONE_ELEMENT.contains(rule.getName())),
                () -> new Any<>(ENVIRONMENT, source, 1));
    }

    /** All rules, checked by a verification of the caller's own. */
    public static Stream<DynamicTest> of(Supplier<PublisherVerification<?>> verification) {
        return tests(required(), verification);
    }

    private static Stream<DynamicTest> tests(Stream<Method> rules, Supplier<PublisherVerification<?>> verification) {
        return rules.map(rule -> DynamicTest.dynamicTest(
                rule.getName(),
                () -> verify(verification, rule, rule.getName().equals(COLLECTED) ? TRIES_TO_COLLECT : 1)));
    }

    private static void verify(Supplier<PublisherVerification<?>> verification, Method rule, int tries)
            throws Throwable {
        try {
            verify(verification.get(), rule);
        } catch (Throwable failure) {
            if (tries == 1) {
                throw failure;
            }
            verify(verification, rule, tries - 1);
        }
    }

    /** The methods of the kit that are run. */
    public static Stream<Method> required() {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .filter(method -> NOT_OURS.stream().noneMatch(method.getName()::startsWith));
    }

    /** A rule that the kit skips has not been checked. */
    private static void verify(PublisherVerification<?> verification, Method rule) throws Throwable {
        verification.setUp();
        List<Throwable> skipped = new ArrayList<>();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SkipException)) {
                throw e.getCause();
            }
            skipped.add(e.getCause());
        }
        assertThat(skipped).isEmpty();
    }

    private static final class Any<T> extends PublisherVerification<T> {

        private final Source<T> source;
        private final long most;

        Any(TestEnvironment environment, Source<T> source, long most) {
            super(environment);
            this.source = source;
            this.most = most;
        }

        @Override
        public Publisher<T> createPublisher(long elements) {
            return source.emitting(elements);
        }

        @Override
        public Publisher<T> createFailedPublisher() {
            return null;
        }

        @Override
        public long maxElementsFromPublisher() {
            return most;
        }
    }
}
