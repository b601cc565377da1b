package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.transport.RequestBody;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The content of a request and its media type; both null if the request has no content. */
record RequestContent(@Nullable RequestBody body, @Nullable String type) {

    private static final String JSON = "application/json";
    private static final String CHARSET = "; charset=utf-8";

    /** Returns the content of a call, created for each attempt, because the length of a file may change. */
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
     * Returns the charset parameter of a media type. JSON does not need one by its standard, but services assume
     * another charset for text beyond ASCII without it. For ASCII text, the parameter is omitted.
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
