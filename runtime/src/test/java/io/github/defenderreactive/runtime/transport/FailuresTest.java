package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.TimeoutException;
import java.io.IOException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

class FailuresTest {

    private static DefenderException of(Throwable error, boolean sent) {
        return Failures.of(error, "api.example:443", TransportOptions.defaults(), sent);
    }

    private static void assertSent(Throwable error, boolean sent, boolean expected) {
        assertThat(of(error, sent))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        e -> assertThat(e.requestSent()).isEqualTo(expected));
    }

    @Test
    void shouldSayWhetherTheServiceMayHaveSeenTheRequest() {
        assertSent(new IOException("reset"), false, false);
        assertSent(new IOException("reset"), true, true);
        // an idle connection that the peer had closed: nothing went out
        assertSent(AbortedException.beforeSend(), true, false);
    }

    @Test
    void shouldSayWhatToCheck() {
        assertThat(of(new UnknownHostException("api.example"), false)).hasMessageContaining("DNS");
        assertThat(of(new SSLHandshakeException("PKIX path building failed"), false))
                .hasMessageContaining("PKIX")
                .hasMessageContaining("trust");
    }

    @Test
    void shouldKeepOwnErrors() {
        DefenderException own = of(new IOException("reset"), true);
        assertThat(of(own, false)).isSameAs(own);
    }

    @Test
    void shouldTakeTheTimeoutOfThePoolForTheAcquirePhase() {
        assertThat(of(new java.util.concurrent.TimeoutException("pool"), false))
                .isInstanceOfSatisfying(
                        TimeoutException.class, e -> assertThat(e.phase()).isEqualTo(TimeoutException.Phase.ACQUIRE));
    }
}
