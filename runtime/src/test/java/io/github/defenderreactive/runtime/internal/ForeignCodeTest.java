package io.github.defenderreactive.runtime.internal;

import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.ScriptedAuthority;
import io.github.defenderreactive.runtime.auth.SneakyThrow;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenCache;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.auth.managedidentity.ManagedIdentityCredential;
import io.github.defenderreactive.runtime.auth.oauth.AuthorizationCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.ChainedCredential;
import io.github.defenderreactive.runtime.auth.oauth.ClientSecretCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodeCredential;
import io.github.defenderreactive.runtime.auth.oauth.DeviceCodePrompt;
import io.github.defenderreactive.runtime.auth.oauth.OAuthCredentialBuilder;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenCredential;
import io.github.defenderreactive.runtime.auth.oauth.RefreshTokenStore;
import io.github.defenderreactive.runtime.auth.oauth.UsernamePasswordCredential;
import io.github.defenderreactive.runtime.auth.oauth.WorkloadIdentityCredential;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.testing.DroppedErrors;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Code of users that throws or returns anything, on any thread: each caller that waits for a token is notified. */
class ForeignCodeTest {

    private static final URI AUTHORITY = URI.create("https://login.example");
    private static final String TOKENS =
            "{\"access_token\":\"access-1\",\"expires_in\":3600,\"refresh_token\":\"refresh-1\"}";
    private static final String CODE = "{\"device_code\":\"device-code-1\",\"user_code\":\"U\","
            + "\"verification_uri\":\"https://login.example/d\",\"expires_in\":900,\"interval\":5}";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    /** Errors of the virtual machine are those that Reactor does not pass on. */
    static Stream<Throwable> thrown() {
        return Stream.of(
                new IllegalStateException("broken"),
                new Exception("sneaked"),
                new AssertionError("wrong"),
                new NoClassDefFoundError("missing/Driver"),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"));
    }

    private static <T> T raise(Throwable thrown) {
        throw SneakyThrow.of(thrown);
    }

    /** What callers of a cache hear. */
    private List<Object> heard(TokenCredential credential) {
        return heard(credential, Duration.ZERO);
    }

    /** The same, while time passes. */
    private List<Object> heardInTime(TokenCredential credential) {
        return heard(credential, Duration.ofMinutes(1));
    }

    private List<Object> heard(TokenCredential credential, Duration step) {
        TokenCache cache = TokenCache.builder(credential).scheduler(time).build();
        List<Object> heard = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            cache.get(REQUEST).subscribe(token -> heard.add(token.value()), heard::add);
        }
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(TestAuthority.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    time.advanceTimeBy(step);
                    return heard.size() == 3;
                });
        return heard;
    }

    private void assertHeard(TokenCredential credential, Throwable thrown) {
        assertThat(heard(credential)).allSatisfy(one -> {
            if (thrown instanceof Error) {
                assertThat(one)
                        .isInstanceOfSatisfying(
                                AuthenticationException.class,
                                error -> assertThat(error)
                                        .hasMessageContaining(thrown.getClass().getName())
                                        .hasRootCause(thrown));
            } else {
                assertThat(one).isSameAs(thrown);
            }
        });
    }

    private static <B extends OAuthCredentialBuilder<B>> B at(B builder, ScriptedAuthority authority) {
        return builder.tenantId("tenant")
                .clientId("client")
                .authority(AUTHORITY)
                .transport(authority);
    }

    private static ScriptedAuthority tokens() {
        return new ScriptedAuthority().says(200, TOKENS);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfACredentialThatThrows(Throwable thrown) {
        assertHeard(request -> raise(thrown), thrown);
        assertHeard(request -> Mono.fromCallable(() -> raise(thrown)), thrown);
        assertHeard(request -> Mono.error(thrown), thrown);
        assertHeard(request -> Mono.just(1).map(one -> raise(thrown)), thrown);
        assertHeard(ChainedCredential.of(request -> raise(thrown)), thrown);
    }

    @Test
    void shouldHearOfACredentialThatGivesNothing() {
        assertThat(heard(request -> null))
                .allSatisfy(one -> assertThat((Throwable) one)
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessage("The credential returned null instead of a Mono"));
        assertThat(heard(request -> Mono.empty()))
                .allSatisfy(one -> assertThat((Throwable) one)
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessage("The credential returned no token"));
        assertThat(heardInTime(request -> Mono.never()))
                .allSatisfy(one -> assertThat((Throwable) one).isInstanceOf(CallTimeoutException.class));
        assertThat(heard(ChainedCredential.of(request -> Mono.empty())))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("returned no token"));
        assertThat(heard(ChainedCredential.of(request -> null)))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("returned null"));
    }

    /** A virtual machine error on a thread of the credential is not signalled; the deadline ends the wait. */
    @Test
    void shouldHearOfACredentialWhoseThreadDies() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {});
        try {
            assertThat(heardInTime(
                            request -> Mono.create(sink -> new Thread(() -> raise(new StackOverflowError())).start())))
                    .allSatisfy(one -> assertThat((Throwable) one).isInstanceOf(CallTimeoutException.class));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** A credential of which each method can fail. */
    private record Odd(Supplier<Duration> limit, Supplier<Boolean> interactive) implements TokenCredential {

        @Override
        public Mono<AccessToken> getToken(TokenRequest request) {
            return Mono.just(AccessToken.of("token", Instant.MAX));
        }

        @Override
        public Duration deadline() {
            return limit.get();
        }

        @Override
        public boolean isInteractive() {
            return interactive.get();
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfWhateverElseACredentialIsAskedFor(Throwable thrown) {
        assertHeard(new Odd(() -> raise(thrown), () -> false), thrown);
        assertHeard(new Odd(() -> TokenCredential.DEFAULT_DEADLINE, () -> raise(thrown)), thrown);
    }

    @Test
    void shouldTakeAnyDeadline() {
        for (Duration limit : new @Nullable Duration[] {null, Duration.ofSeconds(Long.MAX_VALUE)}) {
            assertThat(heard(new Odd(() -> limit, () -> false))).containsOnly("token");
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfAClockOrASourceOfJitterThatThrows(Throwable thrown) {
        for (int good = 0; good < 4; good++) {
            AtomicInteger calls = new AtomicInteger();
            int limit = good;
            assertEnds(TokenCache.builder(
                            request -> Mono.just(AccessToken.of("token", TestAuthority.NOW.plusSeconds(60))))
                    .clock(new Clock() {
                        @Override
                        public java.time.ZoneId getZone() {
                            return ZoneOffset.UTC;
                        }

                        @Override
                        public Clock withZone(java.time.ZoneId zone) {
                            return this;
                        }

                        @Override
                        public Instant instant() {
                            return calls.getAndIncrement() < limit ? TestAuthority.NOW : raise(thrown);
                        }
                    })
                    .scheduler(time)
                    .build());
        }
        DoubleSupplier jitter = () -> raise(thrown);
        assertEnds(TokenCache.builder(request ->
                        Mono.just(AccessToken.of("token", Instant.now().plusSeconds(60))))
                .random(jitter)
                .scheduler(time)
                .build());
        assertEnds(TokenCache.builder(request -> Mono.error(new IllegalStateException("no token")))
                .random(jitter)
                .scheduler(time)
                .build());
        // an error of the clock that comes with one that is told already
        DroppedErrors.forget();
    }

    private static void assertEnds(TokenCache cache) {
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(cache.get(REQUEST).materialize())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(TestAuthority.PATIENCE);
        }
    }

    /** One caller's own operators must not keep the others from their token. */
    @Test
    void shouldTellEveryCallerWhateverTheOneBeforeDoes() {
        AtomicReference<Runnable> come = new AtomicReference<>();
        TokenCache cache = TokenCache.builder(request ->
                        Mono.create(sink -> come.set(() -> sink.success(AccessToken.of("token", Instant.MAX)))))
                .scheduler(time)
                .build();
        List<String> heard = new ArrayList<>();
        cache.get(REQUEST)
                .map(token -> ForeignCodeTest.<String>raise(new StackOverflowError()))
                .subscribe();
        for (int i = 0; i < 3; i++) {
            cache.get(REQUEST).map(AccessToken::value).subscribe(heard::add);
        }
        come.get().run();
        assertThat(heard).containsExactly("token", "token", "token");
        assertThat(cache.get(REQUEST).block(TestAuthority.PATIENCE).value()).isEqualTo("token");
        DroppedErrors.forget();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfASupplierThatThrows(Throwable thrown) {
        assertHeard(
                at(ClientSecretCredential.builder().secret(() -> raise(thrown)), tokens())
                        .build(),
                thrown);
        assertHeard(password(() -> raise(thrown)), thrown);
        assertHeard(
                at(WorkloadIdentityCredential.builder().assertion(() -> raise(thrown)), tokens())
                        .build(),
                thrown);
        assertHeard(
                at(
                                WorkloadIdentityCredential.builder()
                                        .assertion(() -> Mono.fromCallable(() -> raise(thrown))),
                                tokens())
                        .build(),
                thrown);
        assertHeard(
                ManagedIdentityCredential.builder()
                        .environment(() -> raise(thrown))
                        .build(),
                thrown);
    }

    @SuppressWarnings("deprecation")
    private static TokenCredential password(Supplier<String> password) {
        return at(UsernamePasswordCredential.builder().username("ann").password(password), tokens())
                .build();
    }

    @Test
    void shouldHearOfASupplierThatGivesNothing() {
        for (TokenCredential credential : List.of(
                at(ClientSecretCredential.builder().secret(() -> null), tokens())
                        .build(),
                password(() -> null),
                at(WorkloadIdentityCredential.builder().assertion(Mono::empty), tokens())
                        .build(),
                ManagedIdentityCredential.builder().environment(() -> null).build())) {
            assertThat(heard(credential))
                    .allSatisfy(one -> assertThat((Throwable) one)
                            .isInstanceOf(AuthenticationException.class)
                            .hasMessageContaining("returned none"));
        }
        assertThat(heard(at(WorkloadIdentityCredential.builder().assertion(() -> null), tokens())
                        .build()))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("returned null"));
        assertThat(heardInTime(at(WorkloadIdentityCredential.builder().assertion(Mono::never), tokens())
                        .build()))
                .allSatisfy(one -> assertThat((Throwable) one).isInstanceOf(CallTimeoutException.class));
    }

    /** A store of which one operation does what a test wants. */
    private static final class Store implements RefreshTokenStore {

        private final Supplier<Mono<String>> load;
        private final Function<String, Mono<Void>> save;
        private final Supplier<Mono<Void>> clear;

        Store(Supplier<Mono<String>> load, Function<String, Mono<Void>> save, Supplier<Mono<Void>> clear) {
            this.load = load;
            this.save = save;
            this.clear = clear;
        }

        @Override
        public Mono<String> load() {
            return load.get();
        }

        @Override
        public Mono<Void> save(String refreshToken) {
            return save.apply(refreshToken);
        }

        @Override
        public Mono<Void> clear() {
            return clear.get();
        }
    }

    private List<TokenCredential> overStore(Supplier<Mono<String>> bad) {
        Supplier<Mono<String>> good = () -> Mono.just("refresh-0");
        ScriptedAuthority refuses = new ScriptedAuthority().says(400, "{\"error\":\"invalid_grant\"}");
        List<TokenCredential> all = new ArrayList<>();
        for (boolean interactive : new boolean[] {false, true}) {
            all.add(session(interactive, new Store(bad, token -> Mono.empty(), Mono::empty), tokens()));
            all.add(session(interactive, new Store(good, token -> nothing(bad), Mono::empty), tokens()));
            all.add(session(interactive, new Store(good, token -> Mono.empty(), () -> nothing(bad)), refuses));
        }
        return all;
    }

    private static @Nullable Mono<Void> nothing(Supplier<Mono<String>> source) {
        Mono<String> mono = source.get();
        return mono == null ? null : mono.then();
    }

    private TokenCredential session(boolean interactive, RefreshTokenStore store, ScriptedAuthority authority) {
        return interactive
                ? at(
                                DeviceCodeCredential.builder()
                                        .store(store)
                                        .scheduler(time)
                                        .prompt(prompt -> Mono.empty()),
                                authority)
                        .build()
                : at(RefreshTokenCredential.builder().store(store), authority).build();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfAStoreThatThrows(Throwable thrown) {
        overStore(() -> raise(thrown)).forEach(credential -> assertHeard(credential, thrown));
        overStore(() -> Mono.fromCallable(() -> raise(thrown))).forEach(credential -> assertHeard(credential, thrown));
    }

    @Test
    void shouldHearOfAStoreThatGivesNothing() {
        overStore(() -> null)
                .forEach(credential -> assertThat(heard(credential))
                        .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("returned null")));
        overStore(Mono::never)
                .forEach(credential -> assertThat(heardInTime(credential))
                        .allSatisfy(one -> assertThat(one).isInstanceOf(Throwable.class)));
    }

    /** Two scopes of one user take turns: what fails must not keep its turn. */
    @Test
    void shouldGiveTheTurnAwayAfterAnError() {
        AtomicInteger loads = new AtomicInteger();
        TokenCredential credential = session(
                true,
                new Store(
                        () -> loads.getAndIncrement() == 0 ? raise(new StackOverflowError()) : Mono.just("refresh-0"),
                        token -> Mono.empty(),
                        Mono::empty),
                tokens());
        heard(credential);
        assertThat(heard(credential)).containsOnly("access-1");
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldHearOfAPromptThatThrows(Throwable thrown) {
        for (Function<DeviceCodePrompt, Mono<Void>> prompt : List.<Function<DeviceCodePrompt, Mono<Void>>>of(
                shown -> raise(thrown), shown -> Mono.fromRunnable(() -> raise(thrown)))) {
            assertHeard(
                    at(
                                    DeviceCodeCredential.builder()
                                            .prompt(prompt)
                                            .scheduler(time),
                                    new ScriptedAuthority().says(200, CODE))
                            .build(),
                    thrown);
        }
        for (Function<URI, Mono<Void>> open : List.<Function<URI, Mono<Void>>>of(
                address -> raise(thrown), address -> Mono.fromRunnable(() -> raise(thrown)))) {
            assertHeard(
                    at(AuthorizationCodeCredential.builder().open(open).scheduler(time), tokens())
                            .build(),
                    thrown);
        }
    }

    @Test
    void shouldHearOfAPromptThatGivesNothing() {
        assertThat(heard(at(
                                DeviceCodeCredential.builder()
                                        .prompt(shown -> null)
                                        .scheduler(time),
                                new ScriptedAuthority().says(200, CODE))
                        .build()))
                .allSatisfy(
                        one -> assertThat((Throwable) one).hasMessage("The prompt returned null instead of a Mono"));
        assertThat(heardInTime(at(
                                DeviceCodeCredential.builder()
                                        .prompt(shown -> Mono.never())
                                        .scheduler(time),
                                new ScriptedAuthority().says(200, CODE))
                        .build()))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("No user signed in"));
        assertThat(heard(at(
                                AuthorizationCodeCredential.builder()
                                        .open(address -> null)
                                        .scheduler(time),
                                tokens())
                        .build()))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("returned null"));
        assertThat(heardInTime(at(
                                AuthorizationCodeCredential.builder()
                                        .open(address -> Mono.never())
                                        .scheduler(time),
                                tokens())
                        .build()))
                .allSatisfy(one -> assertThat((Throwable) one).hasMessageContaining("No user signed in"));
    }
}
