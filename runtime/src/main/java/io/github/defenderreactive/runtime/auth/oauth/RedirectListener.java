package io.github.defenderreactive.runtime.auth.oauth;

import com.nimbusds.oauth2.sdk.id.State;
import io.github.defenderreactive.runtime.error.AuthenticationException;
import io.github.defenderreactive.runtime.internal.authority.TokenErrors;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Listens on the loopback address for the browser that the authority redirects with a code. */
final class RedirectListener {

    private static final String DONE = "You are signed in. This window can be closed.";
    private static final String DENIED = "The sign-in did not succeed. This window can be closed.";
    private static final String UNEXPECTED = "Unexpected redirect.";

    private final State state;
    private final Sinks.One<String> code = Sinks.one();

    /** The open connections; a browser may keep some that it never uses. */
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private @Nullable DisposableServer server;

    private RedirectListener(State state) {
        this.state = state;
    }

    /** Listens until it is closed. */
    static Mono<RedirectListener> open(int port, State state) {
        return Mono.defer(() -> {
            RedirectListener listener = new RedirectListener(state);
            return HttpServer.create()
                    .host("127.0.0.1")
                    .port(port)
                    .channelGroup(listener.connections)
                    .handle(listener::respond)
                    .bind()
                    .onErrorMap(
                            ChannelBindException.class,
                            error -> TokenErrors.unusable("Port " + port + " of this computer is already in use"))
                    .map(bound -> {
                        listener.server = bound;
                        return listener;
                    });
        });
    }

    /** Returns the redirect address. It has no path, because the authority compares paths and not ports. */
    URI uri() {
        DisposableServer bound = server;
        if (bound == null) {
            throw new IllegalStateException("Not listening");
        }
        return URI.create("http://localhost:" + bound.port());
    }

    /** Emits the code. */
    Mono<String> code() {
        return code.asMono();
    }

    Mono<Void> close() {
        return Mono.fromRunnable(() -> {
            DisposableServer bound = server;
            if (bound != null) {
                bound.dispose();
            }
            connections.close();
        });
    }

    private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        Map<String, List<String>> values = query.parameters();
        String receivedState = first(values, "state");
        // Any program on this machine can send a request, so one without the state is ignored.
        if (!HttpMethod.GET.equals(request.method())
                || !query.path().equals("/")
                || receivedState == null
                || !same(receivedState, state.getValue())) {
            return text(response, 400, UNEXPECTED);
        }
        String receivedCode = first(values, "code");
        if (receivedCode != null) {
            return text(response, 200, DONE).doFinally(signal -> code.tryEmitValue(receivedCode));
        }
        AuthenticationException refusal =
                TokenErrors.signInRefused(first(values, "error"), first(values, "error_description"));
        return text(response, 200, DENIED).doFinally(signal -> code.tryEmitError(refusal));
    }

    private static Mono<Void> text(HttpServerResponse response, int status, String text) {
        return response.status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("Connection", "close")
                .sendString(Mono.just(text))
                .then();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String first(Map<String, List<String>> values, String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
    }
}
