package io.github.defenderreactive.runtime.auth;

import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import io.github.defenderreactive.testing.SecretGuard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers forms from memory and at once, for tests in virtual time. The last answer stays. */
public final class ScriptedAuthority implements Transport {

    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Map<String, String>> forms = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    private record Reply(int status, Map<String, String> headers, String body, Throwable failure) {}

    public ScriptedAuthority says(int status, String body) {
        return says(status, Map.of(), body);
    }

    public ScriptedAuthority says(int status, Map<String, String> headers, String body) {
        script.add(new Reply(status, headers, body, null));
        return this;
    }

    public ScriptedAuthority fails(Throwable failure) {
        script.add(new Reply(0, Map.of(), "", failure));
        return this;
    }

    public ScriptedAuthority hangs() {
        script.add(new Reply(-1, Map.of(), "", null));
        return this;
    }

    public List<Map<String, String>> forms() {
        return forms;
    }

    public List<String> paths() {
        return paths;
    }

    public int cancelled() {
        return cancelled.get();
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return Objects.requireNonNull(request.body())
                .bytes()
                .reduce("", (text, bytes) -> text + StandardCharsets.UTF_8.decode(bytes))
                .flatMapMany(form -> {
                    SecretGuard.keepForm(form);
                    paths.add(request.uri().getPath());
                    forms.add(TestAuthority.parameters(form));
                    Reply reply = script.size() == 1 ? script.peek() : script.poll();
                    if (reply.failure() != null) {
                        return Flux.<T>error(reply.failure());
                    }
                    if (reply.status() < 0) {
                        return Flux.<T>never().doOnCancel(cancelled::incrementAndGet);
                    }
                    SecretGuard.keepJson(reply.body());
                    ByteBuffer bytes = ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8));
                    return Flux.from(reader.read(
                            new ResponseHead(reply.status(), reply.headers()),
                            Mono.just(bytes).flux()));
                });
    }
}
