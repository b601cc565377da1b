package io.github.defenderreactive.emulator.internal.server;

import io.github.defenderreactive.emulator.http.ResponseBody;
import io.github.defenderreactive.emulator.internal.exchange.CallRecord;
import io.github.defenderreactive.emulator.internal.rules.FaultRule;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A body that is being sent over a connection. A piece is produced only while fewer than {@link #WINDOW} bytes wait for
 * the socket, which bounds the read-ahead independently of the demand. Faults of the connection are applied here.
 * Everything runs on the event loop of the connection.
 */
final class Outflow extends Flux<ByteBuf> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);

    static final long WINDOW = 64 * 1024;

    private static final long STEP_MILLIS = 50;

    private final Channel channel;
    private final ResponseBody body;
    private final CallRecord call;
    private final @Nullable FaultRule fault;
    private long requested;
    private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
    private byte @Nullable [] piece;
    private int offset;
    private long emitted;
    private long waiting;
    private long allowance;
    private @Nullable ScheduledFuture<?> tick;
    private boolean complete;
    private boolean over;
    private boolean draining;
    private boolean again;

    Outflow(Channel channel, ResponseBody body, CallRecord call, @Nullable FaultRule fault) {
        this.channel = channel;
        this.body = body;
        this.call = call;
        this.fault = fault;
        this.allowance = fault != null && fault.kind() == FaultRule.Kind.PACE ? 0 : Long.MAX_VALUE;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        subscriber = actual;
        actual.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        run(() -> {
            requested = Operators.addCap(requested, n);
            drain();
        });
    }

    @Override
    public void cancel() {
        run(() -> end(true));
    }

    /** Called when bytes were written to the socket, or failed to be. */
    void written(long bytes, boolean success) {
        waiting -= bytes;
        if (!success) {
            end(true);
            return;
        }
        call.sent(bytes);
        if (complete && waiting == 0) {
            end(false);
        } else {
            drain();
        }
    }

    /** Called when the connection was closed. */
    void disconnected() {
        end(true);
    }

    private void run(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }

    private void drain() {
        if (draining) {
            again = true;
            return;
        }
        draining = true;
        do {
            again = false;
            while (step()) {
                // Each step emits one buffer.
            }
        } while (again);
        draining = false;
    }

    /** Emits one buffer if that is possible now. */
    private boolean step() {
        CoreSubscriber<? super ByteBuf> actual = subscriber;
        if (over || complete || actual == null || requested == 0 || waiting >= WINDOW) {
            return false;
        }
        long left = leftBeforeFault();
        if (left == 0) {
            applyFault(actual);
            return false;
        }
        if (allowance <= 0) {
            awaitTick();
            return false;
        }
        if (piece == null || offset == piece.length) {
            try {
                piece = body.next();
            } catch (RuntimeException e) {
                LOG.error("The body of a response could not be produced: {}", call, e);
                end(false);
                reset(channel);
                return false;
            }
            offset = 0;
        }
        if (piece == null) {
            finish(actual);
            return false;
        }
        int length = (int) Math.min(Math.min(piece.length - offset, left), allowance);
        ByteBuf buffer = Unpooled.wrappedBuffer(piece, offset, length);
        offset += length;
        emitted += length;
        waiting += length;
        if (allowance != Long.MAX_VALUE) {
            allowance -= length;
        }
        if (requested != Long.MAX_VALUE) {
            requested--;
        }
        actual.onNext(buffer);
        return true;
    }

    private long leftBeforeFault() {
        if (fault == null) {
            return Long.MAX_VALUE;
        }
        return switch (fault.kind()) {
            case RESET, TRUNCATE, STALL -> fault.amount() - emitted;
            default -> Long.MAX_VALUE;
        };
    }

    private void applyFault(CoreSubscriber<? super ByteBuf> actual) {
        FaultRule applied = fault;
        if (applied == null || applied.kind() == FaultRule.Kind.STALL) {
            return;
        }
        if (applied.kind() == FaultRule.Kind.TRUNCATE) {
            finish(actual);
        } else if (waiting == 0) {
            end(false);
            reset(channel);
        }
    }

    private void finish(CoreSubscriber<? super ByteBuf> actual) {
        complete = true;
        if (waiting == 0) {
            end(false);
        }
        actual.onComplete();
    }

    private void awaitTick() {
        FaultRule pace = fault;
        if (tick == null && pace != null) {
            tick = channel.eventLoop()
                    .schedule(
                            () -> {
                                tick = null;
                                allowance += Math.max(1, pace.amount() * STEP_MILLIS / 1000);
                                drain();
                            },
                            STEP_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void end(boolean byCaller) {
        if (!over) {
            over = true;
            if (tick != null) {
                tick.cancel(false);
            }
            body.close();
            call.end(byCaller);
        }
    }

    /** Closes the socket with a reset, below TLS, so that the peer sees neither a close alert nor a FIN. */
    static void reset(Channel channel) {
        if (channel.config() instanceof SocketChannelConfig socket) {
            socket.setSoLinger(0);
        }
        channel.unsafe().close(channel.voidPromise());
    }
}
