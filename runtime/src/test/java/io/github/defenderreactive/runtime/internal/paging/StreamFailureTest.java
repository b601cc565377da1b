package io.github.defenderreactive.runtime.internal.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.runtime.error.DefenderException;
import io.github.defenderreactive.runtime.error.JvmErrorException;
import io.github.defenderreactive.runtime.json.JsonLimits;
import io.github.defenderreactive.runtime.json.JsonReader;
import io.github.defenderreactive.runtime.operation.CallScope;
import io.github.defenderreactive.runtime.operation.Operation;
import io.github.defenderreactive.runtime.paging.PagedFlux;
import io.github.defenderreactive.runtime.pipeline.Row;
import io.github.defenderreactive.runtime.transport.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Whatever is thrown on the way of the pages, and wherever: the subscriber is told, once, and what the page holds is let go.
 */
class StreamFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where it is thrown. */
    private enum Place {
        SOURCE,
        SUBSCRIBE,
        REQUEST,
        DECODER,
        DECODER_OF_A_LATER_PAGE,
        KEY,
        TIME,
        HASH_CODE,
        TIMER,
        CLOCK,
        SUBSCRIBER,
        SUBSCRIBER_OF_A_LATER_PAGE,
        REPORT,
        UNREADABLE_LISTENER
    }

    private static final List<Supplier<Throwable>> THROWN = List.of(
            () -> new IllegalStateException("broken"),
            () -> new StackOverflowError("too deep"),
            () -> new OutOfMemoryError("Java heap space"),
            () -> new NoClassDefFoundError("Gone"),
            StandIn::new);

    /** An error of the JVM that none of its own kinds is. */
    private static final class StandIn extends VirtualMachineError {

        private static final long serialVersionUID = 1L;

        StandIn() {
            super("stand-in");
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(Place.values())
                .flatMap(place -> THROWN.stream()
                        .flatMap(thrown ->
                                Stream.of(true, false).map(ahead -> Arguments.of(place, thrown.get(), ahead))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEndTheItemsInIt(Place place, Throwable thrown, boolean ahead) {
        World world = new World(place, thrown);
        assertEnded(world, world.items(ahead ? 2 : 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEndTheItemsInItOnAnotherThread(Place place, Throwable thrown, boolean ahead) {
        World world = new World(place, thrown);
        world.thread = Schedulers.parallel();
        assertEnded(world, world.items(ahead ? 2 : 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldEndThePagesInIt(Place place, Throwable thrown, boolean ahead) {
        World world = new World(place, thrown);
        assertEnded(world, world.items(ahead ? 2 : 0).byPage());
    }

    private static void assertEnded(World world, Flux<?> stream) {
        List<Throwable> errors = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        Mono.<Void>create(sink -> stream.subscribe(new CoreSubscriber<Object>() {
                    @Override
                    public void onSubscribe(Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                    }

                    @Override
                    public void onNext(Object item) {
                        world.emitted();
                    }

                    @Override
                    public void onError(Throwable error) {
                        ends.add("error");
                        errors.add(error);
                        sink.success();
                    }

                    @Override
                    public void onComplete() {
                        ends.add("complete");
                        sink.success();
                    }
                }))
                .block(PATIENCE);

        assertThat(ends).containsExactly("error");
        Throwable thrown = world.thrown;
        if (thrown instanceof Error) {
            assertThat(errors.get(0)).isInstanceOf(JvmErrorException.class).hasCause(thrown);
        } else {
            assertThat(errors.get(0)).isSameAs(thrown);
        }
        assertThat(world.open).as("pages that nobody let go").hasValue(0);
    }

    /** Three pages of a collection. Something in it throws. */
    private static final class World {

        private static final int PAGES = 3;

        private final Place place;
        private final Throwable thrown;
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger decoded = new AtomicInteger();
        private final AtomicInteger emitted = new AtomicInteger();
        private Scheduler thread = Schedulers.immediate();

        World(Place place, Throwable thrown) {
            this.place = place;
            this.thrown = thrown;
        }

        private void at(Place here) {
            if (here == place) {
                World.<RuntimeException>sneak(thrown);
            }
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void sneak(Throwable error) throws E {
            throw (E) error;
        }

        void emitted() {
            at(Place.SUBSCRIBER);
            if (emitted.incrementAndGet() > 1) {
                at(Place.SUBSCRIBER_OF_A_LATER_PAGE);
            }
        }

        PagedFlux<Item> items(int ahead) {
            Operation<TimedRow> like = TimedRow.LIST;
            boolean snapshot = place == Place.HASH_CODE;
            Operation<Item> operation = new Operation<>(
                    snapshot ? Row.EXPORT.info() : like.info(),
                    like.shape(),
                    this::read,
                    item -> {
                        at(Place.KEY);
                        return item.id;
                    },
                    null,
                    item -> {
                        at(Place.TIME);
                        return item.at;
                    });
            PageSettings settings = new PageSettings(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    JsonLimits.DEFAULT,
                    new Timers(),
                    () -> {
                        at(Place.CLOCK);
                        return System.nanoTime();
                    },
                    calls -> Duration.ZERO);
            PagedFlux<Item> items = PagedRead.of(
                            operation.call().build(), this::call, "/api", settings, CallScope.open())
                    .prefetchPages(ahead);
            return switch (place) {
                case REPORT -> items.doOnReport(report -> at(Place.REPORT));
                case UNREADABLE_LISTENER -> items.skipUnreadable(item -> at(Place.UNREADABLE_LISTENER));
                default -> items;
            };
        }

        private Item read(JsonReader in) {
            TimedRow row = TimedRow.LIST.responseDecoder().read(in);
            at(Place.DECODER);
            if (decoded.incrementAndGet() > 3) {
                at(Place.DECODER_OF_A_LATER_PAGE);
            }
            return new Item(row.id(), row.at());
        }

        private PageSource.PageCall<Item> call(PageRequest<Item> request) {
            return new PageSource.PageCall<>() {
                @Override
                public Flux<Item> items() {
                    return page(request);
                }

                @Override
                public DefenderException timeout() {
                    throw new AssertionError("no deadline passes here");
                }
            };
        }

        private Flux<Item> page(PageRequest<Item> request) {
            at(Place.SOURCE);
            int number = asked.incrementAndGet();
            String rows =
                    "{\"id\":\"a%d\",\"at\":\"2026-01-0%dT00:00:00Z\"},{\"id\":\"b%d\",\"at\":\"2026-01-0%dT00:00:00Z\"}"
                            .formatted(number, 8 - number, number, 8 - number - 1);
            if (place == Place.UNREADABLE_LISTENER) {
                rows += ",null";
            }
            String link = number < PAGES ? ",\"@odata.nextLink\":\"/api/rows?$skip=" + number + "\"" : "";
            byte[] json = ("{\"value\":[" + rows + "]" + link + "}").getBytes(StandardCharsets.UTF_8);
            return Flux.from(request.reader().read(new ResponseHead(200, Map.of()), Flux.from(new Body(json))))
                    .onErrorMap(failure -> JvmErrorException.signal(failure, null));
        }

        /** Its bytes, one by one. */
        private final class Body implements Publisher<ByteBuffer>, Subscription {

            private final byte[] json;
            private Subscriber<? super ByteBuffer> reader;
            private int position;
            private boolean over;

            Body(byte[] json) {
                this.json = json;
            }

            @Override
            public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
                at(Place.SUBSCRIBE);
                open.incrementAndGet();
                reader = subscriber;
                subscriber.onSubscribe(this);
            }

            @Override
            public void request(long n) {
                at(Place.REQUEST);
                thread.schedule(() -> give(n));
            }

            private synchronized void give(long n) {
                for (long i = 0; i < n && !over; i++) {
                    if (position == json.length) {
                        end();
                        reader.onComplete();
                    } else if (place != Place.TIMER || position < json.length / 2) {
                        reader.onNext(ByteBuffer.wrap(json, position++, 1));
                    }
                }
            }

            @Override
            public synchronized void cancel() {
                end();
            }

            private void end() {
                if (!over) {
                    over = true;
                    open.decrementAndGet();
                }
            }
        }

        private final class Item {

            private final String id;
            private final Instant at;

            Item(String id, Instant at) {
                this.id = id;
                this.at = at;
            }

            @Override
            public int hashCode() {
                at(Place.HASH_CODE);
                return id.hashCode();
            }

            @Override
            public boolean equals(Object other) {
                return other == this;
            }
        }

        private final class Timers implements Scheduler {

            @Override
            public Disposable schedule(Runnable task) {
                return Schedulers.parallel().schedule(task);
            }

            @Override
            public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                at(Place.TIMER);
                return Schedulers.parallel().schedule(task, delay, unit);
            }

            @Override
            public Worker createWorker() {
                return Schedulers.parallel().createWorker();
            }
        }
    }
}
