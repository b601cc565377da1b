package io.github.defenderreactive.runtime.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Tells an exchange that its connection broke before a response came. Reactor Netty would tell it too, but log a warning
 * with a stack trace before, also when the next attempt succeeds.
 */
final class ConnectionLoss extends ChannelInboundHandlerAdapter {

    private final ExchangeCodec codec;

    ConnectionLoss(ExchangeCodec codec) {
        this.codec = codec;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        codec.connectionLost(new IOException("closed before the response"));
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!codec.connectionLost(cause)) {
            context.fireExceptionCaught(cause);
        }
    }
}
