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

    /** What a call sends, made for each attempt: a file may have another length by then. */
    static Mono<RequestContent> of(Call<?> call) {
        if (!call.form().isEmpty()) {
            return MultipartForm.encode(call.form());
        }
        JsonEncodable entity = call.body();
        return Mono.just(
                entity == null
                        ? new RequestContent(null, null)
                        : new RequestContent(
                                RequestBody.of(ByteBuffer.wrap(JsonWriter.toBytes(entity))), "application/json"));
    }
}
