package io.github.defenderreactive.runtime.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Decoder of the final response to the single open request of a connection. All other bytes are rejected.
 *
 * <p>Interim responses (1xx) are dropped. The connection is closed if it is uncertain to which request a response
 * belongs: bytes when no response is due, bytes after the end of a response, more than one framing of a response, a
 * switch of protocols, a success before the request was completely sent, and data that is not HTTP/1. In that case the
 * whole read is dropped.
 *
 * <p>Used on the event loop of its connection only.
 */
final class ResponseDecoder extends HttpResponseDecoder {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int FIRST_STATUS_BESIDE_SUCCESS = 300;

    private @Nullable Exchange<?> exchange;
    /** The method of the request whose response is due; null if none is due. */
    private @Nullable HttpMethod due;

    private boolean requestWritten;
    /** True while an exchange is open and no response to it was passed on. */
    private boolean awaitingResponse;
    /** True if no further bytes are read, because the response was the last one of this connection or is in doubt. */
    private boolean closing;

    private boolean inDoubt;

    ResponseDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** Sets the exchange of the next request, which is notified if its response can no longer arrive. */
    void open(Exchange<?> next) {
        exchange = next;
        awaitingResponse = true;
    }

    void requestBegins(HttpMethod method) {
        due = method;
        requestWritten = false;
    }

    void requestEnds() {
        requestWritten = true;
    }

    /** Notifies the exchange that its connection failed. Returns false if no exchange was waiting for its response. */
    boolean connectionLost(Throwable cause) {
        Exchange<?> open = exchange;
        return open != null && open.connectionLost(cause);
    }

    boolean isAwaitingResponse() {
        return awaitingResponse;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (closing) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (due == null) {
            close(context, in, out, "bytes were received although no response was due");
            return;
        }
        // a separate list, so that a read without output is followed by another read
        List<Object> decoded = new ArrayList<>();
        boolean more;
        do {
            int unread = in.readableBytes();
            int before = decoded.size();
            super.decode(context, in, decoded);
            more = in.isReadable() && (in.readableBytes() < unread || decoded.size() > before);
            check(context, in, decoded, before);
        } while (more && due != null);
        passOn(decoded, out);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (due == null) {
            in.skipBytes(in.readableBytes());
            return;
        }
        List<Object> decoded = new ArrayList<>();
        super.decodeLast(context, in, decoded);
        if (inDoubt) {
            drop(decoded);
        } else if (due != null) {
            // a part of it was already checked, which does no harm
            check(context, in, decoded, 0);
        }
        passOn(decoded, out);
    }

    private void passOn(List<Object> decoded, List<Object> out) {
        awaitingResponse &= decoded.stream().noneMatch(HttpResponse.class::isInstance);
        out.addAll(decoded);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || HttpMethod.HEAD.equals(due) && !isInterim((HttpResponse) message);
    }

    /** Checks the objects decoded last. */
    private void check(ChannelHandlerContext context, ByteBuf in, List<Object> out, int from) {
        for (int i = from; i < out.size(); i++) {
            HttpObject object = (HttpObject) out.get(i);
            String doubt = object.decoderResult().isFailure()
                    ? notHttp(object.decoderResult().cause())
                    : object instanceof HttpResponse head ? doubtOf(head) : null;
            if (doubt != null) {
                close(context, in, out, doubt);
                return;
            }
            if (object instanceof HttpResponse head && isInterim(head)) {
                // head and end, which are adjacent
                out.remove(i);
                out.remove(i--);
            } else if (object instanceof LastHttpContent) {
                end(context, in, out);
                return;
            }
        }
    }

    /** Keeps both headers, so that the response is rejected. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}

    /**
     * Returns whether the end of the response is ambiguous, so that a part of it could be read as the next response.
     */
    private static boolean isFramedTwice(HttpResponse head) {
        List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return !codings.isEmpty()
                && (codings.size() > 1
                        || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))
                        || head.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
    }

    private static boolean isInterim(HttpResponse head) {
        int status = head.status().code();
        return status >= 100 && status < FIRST_FINAL_STATUS && status != SWITCHING_PROTOCOLS;
    }

    private @Nullable String doubtOf(HttpResponse head) {
        int status = head.status().code();
        if (head.protocolVersion().majorVersion() != 1) {
            return "the response is not HTTP/1";
        }
        if (status < FIRST_FINAL_STATUS && !isInterim(head)) {
            return "the response has the unexpected status " + status;
        }
        if (isFramedTwice(head)) {
            return "the response has more than one framing";
        }
        return status >= FIRST_FINAL_STATUS && status < FIRST_STATUS_BESIDE_SUCCESS && !requestWritten
                ? "a success was received before the request was completely sent"
                : null;
    }

    /** Returns a text without the message of the decoder, which quotes the peer. */
    private static String notHttp(Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return tooLong ? "the head of the response is too long" : "the response is not valid HTTP";
    }

    private void end(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (hasMoreThanLineEnds(in)) {
            close(context, in, out, "bytes were received after the end of the response");
            return;
        }
        if (in.isReadable() || !requestWritten) {
            // the response is valid, but the connection must not be reused
            Connection.from(context.channel()).markPersistent(false);
            in.skipBytes(in.readableBytes());
            closing = true;
        }
        due = null;
        exchange = null;
    }

    /**
     * Returns whether bytes other than line ends were received. Some servers send line ends after a body, which are
     * harmless.
     */
    private static boolean hasMoreThanLineEnds(ByteBuf in) {
        return in.forEachByte(octet -> octet == HttpConstants.CR || octet == HttpConstants.LF) >= 0;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void close(ChannelHandlerContext context, ByteBuf in, List<Object> out, String doubt) {
        closing = true;
        inDoubt = true;
        due = null;
        in.skipBytes(in.readableBytes());
        drop(out);
        Connection.from(context.channel()).markPersistent(false);
        Exchange<?> open = exchange;
        exchange = null;
        if (open != null) {
            open.responseInDoubt(doubt);
        }
        context.close();
    }

    private static void drop(List<Object> out) {
        out.forEach(ReferenceCountUtil::release);
        out.clear();
    }
}
