package io.github.defenderreactive.runtime.auth.oauth;

import static io.github.defenderreactive.runtime.auth.TestAuthority.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.auth.AccessToken;
import io.github.defenderreactive.runtime.auth.TestAuthority;
import io.github.defenderreactive.runtime.auth.TokenCredential;
import io.github.defenderreactive.runtime.auth.TokenRequest;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.CredentialUnavailableException;
import io.github.defenderreactive.runtime.error.ErrorContext;
import io.github.defenderreactive.runtime.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ChainedCredentialTest {

    /** A way in that does what a test wants. */
    private static final class WayIn implements TokenCredential {

        private final String name;
        private final AtomicInteger asked = new AtomicInteger();
        private Mono<AccessToken> answer;
        private boolean interactive;
        private Duration deadline = DEFAULT_DEADLINE;

        WayIn(String name) {
            this.name = name;
            this.answer = Mono.just(AccessToken.of("token-of-" + name, Instant.MAX));
        }

        WayIn missing() {
            answer = Mono.error(
                    () -> new CredentialUnavailableException("there is no " + name, ErrorContext.NONE, null));
            return this;
        }

        @Override
        public Mono<AccessToken> getToken(TokenRequest request) {
            return Mono.defer(() -> {
                asked.incrementAndGet();
                return answer;
            });
        }

        @Override
        public boolean isInteractive() {
            return interactive;
        }

        @Override
        public Duration deadline() {
            return deadline;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final WayIn first = new WayIn("cluster");
    private final WayIn second = new WayIn("machine");
    private final WayIn third = new WayIn("desk");
    private final ChainedCredential chain = ChainedCredential.of(first, second, third);

    private String token() {
        return TestAuthority.token(chain.getToken(REQUEST)).value();
    }

    @Test
    void shouldTakeTheFirstThatExists() {
        first.missing();
        assertThat(token()).isEqualTo("token-of-machine");
        assertThat(third.asked).hasValue(0);
    }

    @Test
    void shouldStayWithTheOneThatGaveAToken() {
        first.missing();
        token();
        first.answer = Mono.just(AccessToken.of("late", Instant.MAX));
        assertThat(token()).isEqualTo("token-of-machine");
        assertThat(first.asked).hasValue(1);
        second.missing();
        assertThat(TestAuthority.failure(CredentialUnavailableException.class, chain.getToken(REQUEST)))
                .hasMessage("there is no machine");
    }

    @Test
    void shouldNotHideARefusalBehindTheNextOne() {
        first.answer = Mono.error(new AuthenticationException("wrong secret", ErrorContext.NONE, null));
        assertThat(TestAuthority.failure(AuthenticationException.class, chain.getToken(REQUEST)))
                .hasMessage("wrong secret");
        first.answer = Mono.error(new ServiceException("busy", null, ErrorContext.NONE));
        TestAuthority.failure(ServiceException.class, chain.getToken(REQUEST));
        assertThat(second.asked).hasValue(0);
    }

    @Test
    void shouldSearchAgainAfterARefusal() {
        first.answer = Mono.error(new ServiceException("busy", null, ErrorContext.NONE));
        TestAuthority.failure(ServiceException.class, chain.getToken(REQUEST));
        first.answer = Mono.just(AccessToken.of("now", Instant.MAX));
        assertThat(token()).isEqualTo("now");
    }

    @Test
    void shouldSayOfEachWhyItDoesNotExist() {
        first.missing();
        second.missing();
        third.missing();
        for (int i = 0; i < 2; i++) {
            assertThat(TestAuthority.failure(CredentialUnavailableException.class, chain.getToken(REQUEST)))
                    .hasMessage("No credential in the chain is available. cluster: there is no cluster. machine: there"
                            + " is no"
                            + " machine. desk: there is no desk");
        }
    }

    @Test
    void shouldStopAskingOnCancel() {
        AtomicInteger cancelled = new AtomicInteger();
        first.missing();
        second.answer = Mono.<AccessToken>never().doOnCancel(cancelled::incrementAndGet);
        StepVerifier.create(chain.getToken(REQUEST)).thenCancel().verify(TestAuthority.PATIENCE);
        assertThat(cancelled).hasValue(1);
        assertThat(third.asked).hasValue(0);
    }

    @Test
    void shouldBePatientAndInteractiveWhenOneOfThemIs() {
        assertThat(chain.isInteractive()).isFalse();
        assertThat(chain.deadline()).isEqualTo(TokenCredential.DEFAULT_DEADLINE);
        second.interactive = true;
        second.deadline = Duration.ofSeconds(90);
        assertThat(chain.isInteractive()).isTrue();
        assertThat(chain.deadline()).isEqualTo(Duration.ofSeconds(90));
        assertThat(chain).hasToString("ChainedCredential[cluster, machine, desk]");
    }

    @Test
    void shouldWantOne() {
        assertThatThrownBy(ChainedCredential::of).isInstanceOf(IllegalArgumentException.class);
    }
}
