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
 * Decodes the final response to the one request that is open on a connection, and no byte besides.
 *
 * <p>Interim responses (1xx) are dropped. Whatever leaves in doubt to which request a response belongs closes the
 * connection: bytes when no response is due, bytes after the end of a response, two framings of one response, a switch of
 * protocols, a success before the request was sent whole, and anything that is not HTTP/1. Nothing of a read that ends in doubt is passed on.
 *
 * <p>Used on the event loop of its connection only.
 */
final class ResponseDecoder extends HttpResponseDecoder {

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int FIRST_STATUS_BESIDE_SUCCESS = 300;

    private @Nullable Exchange<?> exchange;
    /** Of the request whose response is due; null when none is. */
    private @Nullable HttpMethod due;

    private boolean requestWritten;
    /** An exchange is open, and no response to it was passed on. */
    private boolean unanswered;
    /** Nothing more is read: the response was the last one of this connection, or is in doubt. */
    private boolean closing;

    private boolean inDoubt;

    ResponseDecoder(HttpDecoderConfig config) {
        super(config);
    }

    /** The exchange that the next request belongs to; it is told when its response cannot come any more. */
    void open(Exchange<?> next) {
        exchange = next;
        unanswered = true;
    }

    void requestBegins(HttpMethod method) {
        due = method;
        requestWritten = false;
    }

    void requestEnds() {
        requestWritten = true;
    }

    /** Tells the exchange that its connection failed. False when that does not end an exchange that waits for its response. */
    boolean connectionLost(Throwable cause) {
        Exchange<?> open = exchange;
        return open != null && open.connectionLost(cause);
    }

    boolean isUnanswered() {
        return unanswered;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (closing) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (due == null) {
            close(context, in, out, "bytes came although no response was due");
            return;
        }
        // apart from what goes on, so that a read of which nothing goes on is followed by another
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
            // some of it has been checked already, which a second check does not change
            check(context, in, decoded, 0);
        }
        passOn(decoded, out);
    }

    private void passOn(List<Object> decoded, List<Object> out) {
        unanswered &= decoded.stream().noneMatch(HttpResponse.class::isInstance);
        out.addAll(decoded);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || HttpMethod.HEAD.equals(due) && !isInterim((HttpResponse) message);
    }

    /** Looks at what was decoded last. */
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
                // head and end, which come together
                out.remove(i);
                out.remove(i--);
            } else if (object instanceof LastHttpContent) {
                end(context, in, out);
                return;
            }
        }
    }

    /** Leaves both headers where they are, to be refused. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {}

    /** Whether the end of the response can be read in two ways, so that one reading takes some of it for the next. */
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
            return "the response has the status " + status + ", which nothing asked for";
        }
        if (isFramedTwice(head)) {
            return "the response names more than one framing";
        }
        return status >= FIRST_FINAL_STATUS && status < FIRST_STATUS_BESIDE_SUCCESS && !requestWritten
                ? "a success came before the request was sent whole"
                : null;
    }

    /** Without the words of the decoder, which quote those of the peer. */
    private static String notHttp(Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return tooLong ? "the head of the response is too long" : "the response is not valid HTTP";
    }

    private void end(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (hasMoreThanLineEnds(in)) {
            close(context, in, out, "bytes came after the end of the response");
            return;
        }
        if (in.isReadable() || !requestWritten) {
            // it is the response, but not a connection to use again
            Connection.from(context.channel()).markPersistent(false);
            in.skipBytes(in.readableBytes());
            closing = true;
        }
        due = null;
        exchange = null;
    }

    /** Some servers send line ends after a body; nothing can be mistaken for them. */
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
