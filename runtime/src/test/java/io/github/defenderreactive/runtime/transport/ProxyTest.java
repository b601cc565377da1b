package io.github.defenderreactive.runtime.transport;

import static io.github.defenderreactive.runtime.transport.Exchanges.PATIENCE;
import static io.github.defenderreactive.runtime.transport.Exchanges.get;
import static io.github.defenderreactive.runtime.transport.Exchanges.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.CallTimeoutException;
import io.github.defenderreactive.runtime.error.ConnectionSetupException;
import io.github.defenderreactive.runtime.pipeline.Downloads;
import io.github.defenderreactive.runtime.retry.RetryPolicy;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.ConnectProxy;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

class ProxyTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private ServerSocket proxy;
    private FaultServer server;

    @BeforeEach
    void start() throws Exception {
        server = FaultServer.startTls();
        server.answer(Answer.json("1"));
        proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        threads.shutdownNow();
        server.close();
    }

    /** One connection: reads the head of CONNECT and answers; tunnels if the answer is 200. */
    private void proxyAnswers(String status) {
        threads.execute(() -> {
            try (Socket client = proxy.accept()) {
                StringBuilder head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) client.getInputStream().read());
                }
                heads.add(head.toString());
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
                if (status.startsWith("200")) {
                    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                        threads.execute(() -> transfer(target, client));
                        transfer(client, target);
                    }
                }
            } catch (IOException e) {
                // the client is gone: so is the tunnel
            }
        });
    }

    private static void transfer(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // either side is gone: so is the tunnel
        }
    }

    private ReactorNettyTransport through(HttpProxy through) {
        return ReactorNettyTransport.create(TransportOptions.builder()
                .trustedCertificates(List.of(server.certificate()))
                .proxy(through)
                .build());
    }

    @Test
    void shouldTunnelThroughTheProxyWithoutLookingTheNameUp() {
        proxyAnswers("200 Connected");
        ReactorNettyTransport transport = through(HttpProxy.of("127.0.0.1", proxy.getLocalPort()));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 1")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(heads)
                .hasSize(1)
                .allSatisfy(head -> assertThat(head)
                        .startsWith("CONNECT localhost:" + server.port() + " ")
                        .doesNotContain("uthorization"));
        transport.closeLater().block(PATIENCE);
    }

    @Test
    void shouldSendCredentialsToTheProxy() {
        proxyAnswers("200 Connected");
        HttpProxy credentials = HttpProxy.of("127.0.0.1", proxy.getLocalPort()).withCredentials("user", () -> "geheim");
        ReactorNettyTransport transport = through(credentials);
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectNext("200 1")
                .expectComplete()
                .verify(PATIENCE);
        assertThat(heads.get(0).toLowerCase(java.util.Locale.ROOT))
                .contains("proxy-authorization: basic dxnlcjpnzwhlaw0=");
        assertThat(credentials.toString()).doesNotContain("geheim").doesNotContain("user");
        transport.closeLater().block(PATIENCE);
    }

    @Test
    void shouldSayThatTheProxyRefused() {
        proxyAnswers("407 Proxy Authentication Required");
        ReactorNettyTransport transport =
                through(HttpProxy.of("127.0.0.1", proxy.getLocalPort()).withCredentials("user", () -> "geheim"));
        StepVerifier.create(text(transport, get(server.uri("/"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ConnectionSetupException.class)
                        .hasMessageContaining("127.0.0.1:" + proxy.getLocalPort())
                        .hasMessageContaining("407")
                        .hasMessageNotContaining("geheim"))
                .verify(PATIENCE);
        assertThat(server.requests()).isEmpty();
        transport.closeLater().block(PATIENCE);
    }

    /** In plain, URL-encoded, and in Base64 with the name of the user. */
    @ParameterizedTest
    @ValueSource(strings = {"geheim~1 /", "geheim~1%20%2F", "dXNlcjpnZWhlaW1+MSAv", "Basic dXNlcjpnZWhlaW1+MSAv"})
    void shouldNotQuoteThePasswordThatTheProxyWasSent(String said) {
        HttpProxy credentials =
                HttpProxy.of("127.0.0.1", proxy.getLocalPort()).withCredentials("user", () -> "geheim~1 /");
        for (String status : List.of("407 no " + said, "502 no " + said, "407 x\r\nProxy-Authenticate: " + said)) {
            proxyAnswers(status);
            ReactorNettyTransport transport = through(credentials);
            StepVerifier.create(text(transport, get(server.uri("/"))))
                    .expectErrorSatisfies(error -> {
                        StringWriter trace = new StringWriter();
                        error.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString())
                                .contains("did not open a tunnel")
                                .doesNotContain(said, "geheim", "dXNlcjpnZWhlaW1");
                    })
                    .verify(PATIENCE);
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldReachPlainHttpOnTheLoopbackDirectly() throws Exception {
        ReactorNettyTransport transport = through(HttpProxy.of("127.0.0.1", proxy.getLocalPort()));
        try (FaultServer plain = FaultServer.start()) {
            plain.answer(Answer.json("1"));
            StepVerifier.create(text(transport, get(plain.uri("/"))))
                    .expectNext("200 1")
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(heads).isEmpty();
        transport.closeLater().block(PATIENCE);
    }

    @Test
    void shouldTimeOutAsAConnectionWhenTheProxySaysNothing() throws Exception {
        Duration limit = Duration.ofMillis(200);
        try (FaultServer mute = FaultServer.startMute()) {
            ReactorNettyTransport transport = ReactorNettyTransport.create(TransportOptions.builder()
                    .connectTimeout(limit)
                    .proxy(HttpProxy.of("127.0.0.1", mute.port()))
                    .build());
            StepVerifier.create(text(transport, get(server.uri("/"))))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(CallTimeoutException.class, timeout -> {
                                assertThat(timeout.phase()).isEqualTo(CallTimeoutException.Phase.CONNECT);
                                assertThat(timeout.limit()).isEqualTo(limit);
                            }))
                    .verify(PATIENCE);
            transport.closeLater().block(PATIENCE);
        }
    }

    @Test
    void shouldNotRepeatWhatTheProxyRefuses() throws Exception {
        try (ConnectProxy refusing = ConnectProxy.to(server.port(), "user", "another")) {
            ReactorNettyTransport transport =
                    through(HttpProxy.of("127.0.0.1", refusing.port()).withCredentials("user", () -> "geheim"));
            RetryPolicy policy = RetryPolicy.builder()
                    .maxAttempts(4)
                    .baseDelay(Duration.ofMillis(1))
                    .build();
            StepVerifier.create(Downloads.over(transport, policy)
                            .bytes(server.uri("/").toString()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ConnectionSetupException.class)
                            .hasMessageContaining("check its user and password"))
                    .verify(PATIENCE);
            assertThat(refusing.targets()).hasSize(1);
            transport.closeLater().block(PATIENCE);
        }
    }
}
