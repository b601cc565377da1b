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

/** Waits on the loopback for the browser that comes back from the authority with a code. */
final class RedirectListener {

    private static final String DONE = "You are signed in. This window can be closed.";
    private static final String DENIED = "The sign-in did not succeed. This window can be closed.";
    private static final String STRANGE = "This is not the answer that was waited for.";

    private final State state;
    private final Sinks.One<String> code = Sinks.one();

    /** A browser may hold connections that it never uses. */
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private @Nullable DisposableServer server;

    private RedirectListener(State state) {
        this.state = state;
    }

    /** Listens until somebody closes it. */
    static Mono<RedirectListener> open(int port, State state) {
        return Mono.defer(() -> {
            RedirectListener listener = new RedirectListener(state);
            return HttpServer.create()
                    .host("127.0.0.1")
                    .port(port)
                    .channelGroup(listener.connections)
                    .handle(listener::answer)
                    .bind()
                    .onErrorMap(
                            ChannelBindException.class,
                            error -> TokenErrors.unusable(
                                    "Nobody can listen on port " + port + " of this computer: another program does"))
                    .map(bound -> {
                        listener.server = bound;
                        return listener;
                    });
        });
    }

    /** Where the authority sends the browser. Without a path, because the authority compares paths and not ports. */
    URI uri() {
        DisposableServer bound = server;
        if (bound == null) {
            throw new IllegalStateException("Not listening");
        }
        return URI.create("http://localhost:" + bound.port());
    }

    /** The code the browser brings. */
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

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        Map<String, List<String>> values = query.parameters();
        String came = first(values, "state");
        // Anybody on this machine can call here, so an answer without the state says nothing.
        if (!HttpMethod.GET.equals(request.method())
                || !query.path().equals("/")
                || came == null
                || !same(came, state.getValue())) {
            return text(response, 400, STRANGE);
        }
        String brought = first(values, "code");
        if (brought != null) {
            return text(response, 200, DONE).doFinally(signal -> code.tryEmitValue(brought));
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
