package io.github.defenderreactive.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.defenderreactive.runtime.auth.Authorization;
import io.github.defenderreactive.runtime.auth.UserAssertion;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.error.NotFoundException;
import io.github.defenderreactive.runtime.error.PermissionDeniedException;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.operation.Permissions;
import io.github.defenderreactive.runtime.operation.ResponseShape;
import io.github.defenderreactive.runtime.transport.ReactorNettyTransport;
import io.github.defenderreactive.runtime.transport.TransportOptions;
import io.github.defenderreactive.testing.Answer;
import io.github.defenderreactive.testing.FaultServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Calls of an API that does not accept the tokens of an authority, over TLS. */
class AuthorizationWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECRET = "kq83-Zr0_vault-0123456789";
    private static final Call<Row> GET = Row.GET.call().path("id", "1").build();

    @AutoClose
    private static final FaultServer SERVER = tls();

    @AutoClose("dispose")
    private static final ReactorNettyTransport TRANSPORT = ReactorNettyTransport.create(TransportOptions.builder()
            .trustedCertificates(List.of(SERVER.certificate()))
            .build());

    private static FaultServer tls() {
        try {
            return FaultServer.startTls();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final int before = SERVER.requests().size();

    private List<FaultServer.Request> requests() {
        return SERVER.requests().subList(before, SERVER.requests().size());
    }

    private PipelineBuilder with(Authorization authorization) {
        return Pipelines.over(TRANSPORT)
                .apiRoot(URI.create("https://localhost:" + SERVER.port() + "/api"))
                .authorization(authorization);
    }

    private Throwable failure(Pipeline pipeline, Call<Row> call) {
        return pipeline.single(call)
                .map(row -> new IllegalStateException("no error"))
                .cast(Throwable.class)
                .onErrorResume(Mono::just)
                .block(PATIENCE);
    }

    private List<String> sent(String header) {
        return requests().stream().map(request -> request.headers().get(header)).toList();
    }

    @Test
    void shouldSendASecretThatChanges() {
        AtomicInteger number = new AtomicInteger();
        Pipeline pipeline = with(Authorization.header(
                        "api_key", Mono.fromSupplier(() -> SECRET + number.incrementAndGet() + "\n")))
                .build();
        SERVER.answer(Answer.json("{\"id\":\"x\"}"));

        for (int i = 0; i < 2; i++) {
            StepVerifier.create(pipeline.single(GET))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }

        assertThat(sent("api_key")).containsExactly(SECRET + "1", SECRET + "2");
        assertThat(sent("Authorization")).containsOnlyNulls();
    }

    @Test
    void shouldSendBasicBearerAndNothing() {
        SERVER.answer(Answer.json("{\"id\":\"x\"}"));

        for (Authorization each : List.of(
                Authorization.basic("jü", Mono.just("pä:ss")),
                Authorization.bearer(Mono.just(SECRET)),
                Authorization.none())) {
            with(each).build().single(GET).block(PATIENCE);
        }

        assertThat(sent("Authorization"))
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("jü:pä:ss".getBytes(StandardCharsets.UTF_8)),
                        "Bearer " + SECRET,
                        null);
    }

    @Test
    void shouldKeepTheSecretOutOfErrorsAndNotRetryWhenItIsRejected() {
        String quoted = "{\"message\":\"key " + SECRET + " is blocked\"}";
        SERVER.answer(Answer.status(401).body(quoted));
        List<Authorization> secrets =
                List.of(Authorization.header("X-Workshop", SECRET), Authorization.basic("user", Mono.just(SECRET)));

        for (Authorization each : secrets) {
            Throwable failure = failure(with(each).build(), GET);

            assertThat(failure)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("rejected the secret in the header " + each.headerName() + ": key (secret)")
                    .hasMessageContaining("Check whether the secret");
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace + each.toString()).doesNotContain(SECRET);
        }
        assertThat(requests()).hasSize(2);
        SERVER.answer(Answer.status(401));
        assertThat(failure(with(Authorization.none()).build(), GET)).hasMessageContaining("requires an authorization");
    }

    @Test
    void shouldExplainErrorsOfAnApiWithoutDocumentedPermissions() {
        Call<Row> call = new Operation<>(
                        Row.GET
                                .info()
                                .mutate()
                                .permissions(new Permissions(List.of(), List.of()))
                                .build(),
                        ResponseShape.SINGLE,
                        Row::read,
                        null,
                        null,
                        null)
                .call()
                .path("id", "1")
                .build();
        Pipeline pipeline = with(Authorization.header("api_key", SECRET)).build();
        SERVER.enqueue(
                Answer.status(403).header("Content-Type", "application/json").body("{\"message\":\"members only\"}"),
                Answer.status(404)
                        .header("Content-Type", "application/problem+json")
                        .body("{\"title\":\"No such row\",\"detail\":\"1\"}"));

        assertThat(failure(pipeline, call))
                .isInstanceOf(PermissionDeniedException.class)
                .hasMessageStartingWith("Permission denied: members only [");
        assertThat(failure(pipeline, call))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("Not found: No such row; 1 [");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\r\nHost: b", "schlüssel"})
    void shouldRefuseASecretThatIsNotAHeaderValue(String secret) {
        Throwable failure =
                failure(with(Authorization.header("api_key", Mono.just(secret))).build(), GET);

        assertThat(failure)
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("The secret of header api_key cannot be sent: value of header api_key must be"
                        + " printable ASCII");
        assertThat(requests()).isEmpty();
    }

    @Test
    void shouldFailWithoutASecret() {
        assertThat(failure(with(Authorization.header("api_key", Mono.empty())).build(), GET))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("The secret of header api_key is missing");
        assertThat(failure(
                        with(Authorization.bearer(Mono.error(new IOException("vault"))))
                                .build(),
                        GET))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("The secret of header Authorization failed")
                .hasCauseInstanceOf(IOException.class);
        assertThat(requests()).isEmpty();
    }

    @Test
    void shouldRefuseHeadersThatItSetsItself() {
        Pipeline pipeline = with(Authorization.header("api_key", SECRET)).build();

        for (String name : List.of("API_KEY", "Authorization", "host", "Content-Length")) {
            Call<Row> call =
                    Row.GET.call().path("id", "1").header(name, "other").build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.single(call))
                    .withMessage("getRow: header " + name + " is set by the client");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Authorization.header("X-Key", SECRET))
                        .defaultHeader("x-key", "other")
                        .build())
                .withMessageContaining("that of the authorization");
        assertThatIllegalArgumentException().isThrownBy(() -> Authorization.header("Host", SECRET));
        assertThatIllegalArgumentException().isThrownBy(() -> Authorization.basic("a:b", Mono.just(SECRET)));
    }

    @Test
    void shouldHaveNoTokens() {
        Pipeline pipeline = with(Authorization.none()).build();

        assertThatIllegalStateException().isThrownBy(pipeline::token);
        assertThatIllegalStateException().isThrownBy(() -> pipeline.onBehalfOf(UserAssertion.of("user-token")));
    }
}
