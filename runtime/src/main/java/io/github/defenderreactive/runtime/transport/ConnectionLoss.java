package io.github.defenderreactive.runtime.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import reactor.netty.channel.ChannelOperations;

/**
 * Notifies an exchange that its connection was closed before a response arrived. Reactor Netty would notify it as well,
 * but would first log a warning with a stack trace, even if the next attempt succeeds.
 */
final class ConnectionLoss extends ChannelInboundHandlerAdapter {

    private final ExchangeCodec codec;

    ConnectionLoss(ExchangeCodec codec) {
        this.codec = codec;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        codec.connectionLost(new IOException("connection closed before the response"));
        ChannelOperations<?, ?> operations = ChannelOperations.get(context.channel());
        if (operations != null && codec.isAwaitingResponse()) {
            // the exchange has its error already, so Reactor Netty must not log a warning
            operations.discard();
        }
        context.fireChannelInactive();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelOperations<?, ?> operations = ChannelOperations.get(context.channel());
        Exchange<?> waiting = operations == null ? Exchange.waitingFor(context.channel()) : null;
        boolean told = waiting == null ? codec.connectionLost(cause) : waiting.connectionLost(cause);
        if (told) {
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
