package io.github.defenderreactive.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 codec of one connection with sequential exchanges. It replaces Netty's client codec, whose decoder passes on
 * all bytes, even if no response is due.
 *
 * <p>It also writes the target into the request line, so that Reactor Netty, which logs URIs, does not receive the
 * query.
 */
final class ExchangeCodec extends CombinedChannelDuplexHandler<ResponseDecoder, HttpRequestEncoder> {

    private static final long UNKNOWN = -1L;

    private @Nullable String target;
    /** Number of bytes of the announced content that were not written yet. */
    private long unwritten;

    ExchangeCodec(HttpDecoderConfig config) {
        super(new ResponseDecoder(config), new HttpRequestEncoder());
    }

    /**
     * Prepares the codec for the next request.
     *
     * @param exchange the exchange of the request
     * @param requestTarget path and query for the request line
     */
    void open(Exchange<?> exchange, String requestTarget) {
        target = requestTarget;
        inboundHandler().open(exchange);
    }

    boolean isAwaitingResponse() {
        return inboundHandler().isAwaitingResponse();
    }

    boolean connectionLost(Throwable cause) {
        return inboundHandler().connectionLost(cause);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        Object written = message;
        if (message instanceof HttpRequest request) {
            inboundHandler().requestBegins(request.method());
            unwritten = HttpUtil.getContentLength(request, UNKNOWN);
            written = withTarget(request);
        }
        if (message instanceof ByteBuf content) {
            unwritten -= content.readableBytes();
        }
        // the last content is empty and may be written after the last byte
        if (message instanceof LastHttpContent || message instanceof ByteBuf && unwritten == 0) {
            inboundHandler().requestEnds();
        }
        super.write(context, written, promise);
    }

    private HttpRequest withTarget(HttpRequest request) {
        String path = target;
        target = null;
        if (path == null) {
            return request;
        }
        return request instanceof FullHttpRequest full
                ? new DefaultFullHttpRequest(
                        full.protocolVersion(),
                        full.method(),
                        path,
                        full.content(),
                        full.headers(),
                        full.trailingHeaders())
                : new DefaultHttpRequest(request.protocolVersion(), request.method(), path, request.headers());
    }
}
