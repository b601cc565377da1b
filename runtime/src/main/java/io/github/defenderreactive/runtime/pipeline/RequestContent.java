package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.transport.RequestBody;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What an attempt sends, and its media type; both null when it sends nothing. */
record RequestContent(@Nullable RequestBody body, @Nullable String type) {

    private static final String JSON = "application/json";
    private static final String CHARSET = "; charset=utf-8";

    /** What a call sends, made for each attempt: a file may have another length by then. */
    static Mono<RequestContent> of(Call<?> call) {
        if (!call.form().isEmpty()) {
            return MultipartForm.encode(call.form());
        }
        JsonEncodable entity = call.body();
        return Mono.just(entity == null ? new RequestContent(null, null) : json(JsonWriter.toBytes(entity)));
    }

    private static RequestContent json(byte[] utf8) {
        return new RequestContent(RequestBody.of(ByteBuffer.wrap(utf8)), JSON + charset(utf8));
    }

    /**
     * The charset of a text, for a media type. JSON needs none by its standard, but services guess another one when text
     * beyond ASCII comes without it. Where there is no such text the media type stays the plain one.
     */
    private static String charset(byte[] utf8) {
        for (byte one : utf8) {
            if (one < 0) {
                return CHARSET;
            }
        }
        return "";
    }
}
