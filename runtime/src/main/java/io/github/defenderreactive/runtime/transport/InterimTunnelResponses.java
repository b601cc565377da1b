package io.github.defenderreactive.runtime.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Drops interim responses of a proxy to {@code CONNECT}, which Netty would handle as a rejection. */
final class InterimTunnelResponses extends ChannelInboundHandlerAdapter {

    private boolean interim;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse head) {
            interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                    && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        }
        if (!interim) {
            context.fireChannelRead(message);
        } else if (message instanceof LastHttpContent) {
            interim = false;
            context.read();
        }
    }
}
