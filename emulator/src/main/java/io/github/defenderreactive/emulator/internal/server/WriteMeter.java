package io.github.defenderreactive.emulator.internal.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** Notifies the body being sent when its bytes were written to the socket, and when the connection is closed. */
public final class WriteMeter extends ChannelDuplexHandler {

    public static final String NAME = "emulator.writeMeter";

    private @Nullable Outflow current;

    void follow(Outflow outflow) {
        current = outflow;
    }

    // The futures that write returns are the promises handed to it.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        Outflow outflow = current;
        int bytes = bytes(message);
        if (outflow == null || bytes == 0) {
            context.write(message, promise);
            return;
        }
        ChannelPromise metered = context.newPromise();
        metered.addListener(future -> {
            if (future.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(future.cause());
            }
            outflow.written(bytes, future.isSuccess());
        });
        context.write(message, metered);
    }

    private static int bytes(Object message) {
        if (message instanceof ByteBuf buffer) {
            return buffer.readableBytes();
        }
        return message instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        Outflow outflow = current;
        if (outflow != null) {
            outflow.disconnected();
        }
        super.channelInactive(context);
    }
}
