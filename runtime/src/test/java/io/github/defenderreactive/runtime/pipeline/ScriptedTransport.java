package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.transport.ResponseHead;
import io.github.defenderreactive.runtime.transport.ResponseReader;
import io.github.defenderreactive.runtime.transport.Transport;
import io.github.defenderreactive.runtime.transport.TransportRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Answers from memory, chunk by chunk under demand, and remembers what was asked. */
public final class ScriptedTransport implements Transport {

    private final Deque<Answer> script = new ConcurrentLinkedDeque<>();
    private final List<TransportRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger chunksRead = new AtomicInteger();
    private final AtomicInteger cancels = new AtomicInteger();
    private Function<TransportRequest, Answer> service = request -> {
        throw new AssertionError("No answer is left for " + request);
    };
    private boolean remembering = true;

    public static ScriptedTransport of(Answer... answers) {
        ScriptedTransport transport = new ScriptedTransport();
        transport.script.addAll(List.of(answers));
        return transport;
    }

    public static ScriptedTransport serving(Function<TransportRequest, Answer> service) {
        ScriptedTransport transport = new ScriptedTransport();
        transport.service = service;
        return transport;
    }

    /** For a hundred thousand requests. */
    public ScriptedTransport forgetful() {
        remembering = false;
        return this;
    }

    @Override
    public <T> Flux<T> exchange(TransportRequest request, ResponseReader<T> reader) {
        return Flux.defer(() -> {
                    count.incrementAndGet();
                    if (remembering) {
                        requests.add(request);
                    }
                    Answer next = script.poll();
                    Answer answer = next == null ? service.apply(request) : next;
                    if (answer.status == 0) {
                        return answer.failure == null ? Flux.never() : Flux.error(answer.failure);
                    }
                    return Flux.from(
                            reader.read(new ResponseHead(answer.status, answer.headers), answer.body(chunksRead)));
                })
                .doOnCancel(cancels::incrementAndGet);
    }

    public List<TransportRequest> requests() {
        return requests;
    }

    public List<String> targets() {
        return requests.stream()
                .map(request -> request.uri().getRawPath()
                        + (request.uri().getRawQuery() == null
                                ? ""
                                : "?" + request.uri().getRawQuery()))
                .toList();
    }

    public int calls() {
        return count.get();
    }

    public int chunksRead() {
        return chunksRead.get();
    }

    public int cancels() {
        return cancels.get();
    }

    /** One answer. */
    public static final class Answer {

        private final int status;
        private final byte[] bytes;
        private final Map<String, String> headers = new TreeMap<>();
        private int chunk = 64;
        private int end = Integer.MAX_VALUE;
        private Throwable failure;
        private boolean stuck;
        private Scheduler scheduler;

        private Answer(int status, String body) {
            this.status = status;
            this.bytes = body.getBytes(StandardCharsets.UTF_8);
        }

        public static Answer of(int status, String body) {
            return new Answer(status, body).header("content-type", "application/json");
        }

        public static Answer ok(String body) {
            return of(200, body);
        }

        public static Answer failure(Throwable failure) {
            Answer answer = new Answer(0, "");
            answer.failure = failure;
            return answer;
        }

        public static Answer never() {
            return new Answer(0, "");
        }

        public Answer header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Answer chunks(int size) {
            this.chunk = size;
            return this;
        }

        /** Breaks off behind so many bytes. */
        public Answer breakAt(int position, Throwable error) {
            this.end = position;
            this.failure = error;
            return this;
        }

        /** Ends in good order behind so many bytes. */
        public Answer cutAt(int position) {
            this.end = position;
            return this;
        }

        /** Sends nothing more behind so many bytes. */
        public Answer stuckAt(int position) {
            this.end = position;
            this.stuck = true;
            return this;
        }

        public Answer on(Scheduler thread) {
            this.scheduler = thread;
            return this;
        }

        public int length() {
            return bytes.length;
        }

        private Flux<ByteBuffer> body(AtomicInteger chunksRead) {
            int length = Math.min(end, bytes.length);
            Flux<ByteBuffer> body = Flux.generate(() -> 0, (position, sink) -> {
                if (position < length) {
                    int size = Math.min(chunk, length - position);
                    chunksRead.incrementAndGet();
                    sink.next(ByteBuffer.wrap(bytes, position, size).slice().asReadOnlyBuffer());
                    return position + size;
                }
                if (failure != null) {
                    sink.error(failure);
                } else {
                    sink.complete();
                }
                return position;
            });
            if (stuck) {
                body = body.concatWith(Flux.never());
            }
            return scheduler == null ? body : body.publishOn(scheduler, 1);
        }
    }
}
