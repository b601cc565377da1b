package io.github.defenderreactive.runtime.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import reactor.netty.channel.ChannelOperations;

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
        ChannelOperations<?, ?> operations = ChannelOperations.get(context.channel());
        if (operations != null && codec.isUnanswered()) {
            // the exchange has its error, and what nobody waits for is not warned of
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
