package io.github.defenderreactive.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

class TestGuardsTest {

    @Test
    void shouldFindABufferThatNobodyReleased() {
        LeakGuard.check();
        lose();
        assertThatThrownBy(LeakGuard::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 leaked buffer")
                .hasMessageContaining("TestGuardsTest.lose");
        assertThatCode(LeakGuard::check).as("a leak is reported once").doesNotThrowAnyException();
    }

    /** A frame of its own, so that no register keeps the buffer. */
    private static void lose() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(16);
        lost.writeByte(1);
    }

    @Test
    void shouldFindAnErrorThatCameTooLate() {
        Operators.onErrorDropped(new IllegalStateException("too late"), Context.empty());
        assertThatThrownBy(DroppedErrors::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 dropped error")
                .hasMessageContaining("too late");
        assertThat(DroppedErrors.collect()).isEmpty();
    }

    @Test
    void shouldLetNoConnectionLeaveThisMachine() {
        ReactorNettyTransport transport = ReactorNettyTransport.create(
                TransportOptions.builder().plainHttpHost("169.254.169.254").build());
        StepVerifier.create(transport.exchange(
                        new TransportRequest(
                                "GET", URI.create("http://169.254.169.254/metadata"), Map.of(), null, Lane.INTERACTIVE),
                        (head, body) -> body))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                ConnectionException.class,
                                e -> assertThat(e.requestSent()).isFalse()))
                .verify(Duration.ofSeconds(20));
        assertThatThrownBy(LoopbackOnly::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("169.254.169.254");
        assertThat(LoopbackOnly.collect()).isEmpty();
        transport.dispose();
    }

    @Test
    void shouldFindASecretInALog() {
        String secret = "secret-number-" + System.nanoTime();
        SecretGuard.keep(secret);
        SecretGuard.check();
        LoggerFactory.getLogger(TestGuardsTest.class).warn("It is {}.", secret);
        assertThatThrownBy(SecretGuard::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 text(s) show a secret")
                .hasMessageContaining("It is " + secret);
        assertThatCode(SecretGuard::check).as("it is reported once").doesNotThrowAnyException();
    }

    @Test
    void shouldFindASecretInAnErrorAndItsCauses() {
        String secret = "secret-number-" + System.nanoTime();
        SecretGuard.keep(secret);
        Mono.error(new IllegalStateException("harmless", new IllegalArgumentException(secret)))
                .subscribe(value -> {}, error -> {});
        assertThatThrownBy(SecretGuard::check).hasMessageContaining(secret);
    }

    @Test
    void shouldFindASecretThatIsDeclaredLater() {
        String secret = "secret-number-" + System.nanoTime();
        SecretGuard.show("before: " + secret);
        SecretGuard.check();
        SecretGuard.keep(secret);
        assertThatThrownBy(SecretGuard::checkAll).hasMessageContaining("before: " + secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://files.example/a.gz?sv=1&sig=abcdef",
                "Authorization: Bearer abcdefgh",
                "eyJhbGciOiJ.eyJzdWIiOiJ.sgn",
                "grant_type=password&password=abcdef"
            })
    void shouldKnowASecretByItsLooks(String text) {
        SecretGuard.check();
        SecretGuard.show(text);
        assertThatThrownBy(SecretGuard::check).hasMessageContaining(text);
    }

    @Test
    void shouldLearnSecretsFromTheWire() {
        SecretGuard.keepForm("grant_type=x&client_secret=a%2Bb%26c%3Ddefg&code=shown-in-a-form");
        SecretGuard.keepJson("{\"access_token\" : \"issued-in-an-answer\"}");
        SecretGuard.keepHeader("Basic carried-by-a-header");
        for (String secret :
                new String[] {"a+b&c=defg", "shown-in-a-form", "issued-in-an-answer", "carried-by-a-header"}) {
            SecretGuard.show("Oh, " + secret + "!");
            assertThatThrownBy(SecretGuard::check).hasMessageContaining(secret);
        }
        SecretGuard.keepForm("grant_type=x&client_secret=short");
        SecretGuard.show("A short one");
        SecretGuard.check();
    }
}
