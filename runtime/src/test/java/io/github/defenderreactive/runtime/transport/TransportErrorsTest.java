package io.github.defenderreactive.runtime.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionException;
import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.operation.Lane;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

class TransportErrorsTest {

    private static DefenderException of(Throwable error, boolean sent) {
        TransportRequest request = Exchanges.get(URI.create("https://api.example:443/"));
        return TransportErrors.of(error, request, TransportOptions.defaults(), sent);
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
                        CallTimeoutException.class,
                        e -> assertThat(e.phase()).isEqualTo(CallTimeoutException.Phase.ACQUIRE));
    }

    @Test
    void shouldNotQuoteWhatWasSent() {
        String token = "c4nary-token-of-the-test";
        TransportRequest request = new TransportRequest(
                "GET",
                URI.create("https://api.example/"),
                Map.of("Authorization", "Bearer " + token),
                null,
                Lane.INTERACTIVE);
        List.of(
                        new IllegalArgumentException("Content-Length value is not a number: " + token),
                        new NumberFormatException("For input string: \"" + token + "\""),
                        new IOException("outer", new IOException("inner " + token)))
                .forEach(error -> List.of(true, false).forEach(sent -> {
                    DefenderException named = TransportErrors.of(error, request, TransportOptions.defaults(), sent);
                    StringWriter trace = new StringWriter();
                    named.printStackTrace(new PrintWriter(trace));
                    assertThat(trace.toString()).doesNotContain(token).contains("(secret)");
                }));
    }

    @Test
    void shouldNotQuoteWhatAProxySays() {
        DefenderException named = TransportErrors.of(
                new ProxyConnectException("http, none, /127.0.0.1:8080 => api.example, status: 503 c4nary-of-the-test"),
                Exchanges.get(URI.create("https://api.example/")),
                TransportOptions.defaults(),
                false);
        StringWriter trace = new StringWriter();
        named.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("status 503").doesNotContain("c4nary");
    }

    @Test
    void shouldNotQuoteTheCredentialsOfTheProxy() {
        TransportOptions options = TransportOptions.builder()
                .proxy(HttpProxy.of("proxy.example", 8080).withCredentials("user", () -> "geheim~1"))
                .build();
        String basic = Base64.getEncoder().encodeToString("user:geheim~1".getBytes(StandardCharsets.UTF_8));

        DefenderException named = TransportErrors.of(
                new ProxyConnectException(
                        "http, basic, /127.0.0.1:8080 => api.example, status: 407 No Proxy-Authorization: Basic "
                                + basic),
                Exchanges.get(URI.create("https://api.example:443/")),
                options,
                false);
        assertThat(named).hasMessageContaining("status 407; check its user and password");
        assertThat(named).hasMessageNotContaining(basic).hasNoCause();
    }
}
