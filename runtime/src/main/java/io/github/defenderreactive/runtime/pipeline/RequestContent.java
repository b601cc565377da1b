package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;
import io.github.defenderreactive.runtime.operation.Call;
import io.github.defenderreactive.runtime.operation.FileContent;
import io.github.defenderreactive.runtime.operation.FormPart;
import io.github.defenderreactive.runtime.transport.RequestBody;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The content of a request and its media type; both null if the request has no content. */
record RequestContent(@Nullable RequestBody body, @Nullable String type) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final String BYTES = "application/octet-stream";
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String CHARSET = "; charset=utf-8";

    /** Returns the content of a call, created for each attempt, because the length of a file may change. */
    static Mono<RequestContent> of(Call<?> call) {
        String type = call.operation().info().requestMediaType();
        if (!call.form().isEmpty()) {
            return type.equals(URL_ENCODED)
                    ? Mono.just(memory(urlEncoded(call.form()), URL_ENCODED))
                    : MultipartForm.encode(call.form());
        }
        FileContent content = call.content();
        if (content != null) {
            return content.length()
                    .map(length -> new RequestContent(
                            RequestBody.streamed(length, MultipartForm.exactly(length, content)),
                            type.isEmpty() ? BYTES : type));
        }
        String text = call.text();
        if (text != null) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return Mono.just(memory(utf8, (type.isEmpty() ? TEXT : type) + CHARSET));
        }
        JsonEncodable entity = call.body();
        return entity == null ? Mono.just(new RequestContent(null, null)) : Mono.just(json(entity, type));
    }

    private static RequestContent json(JsonEncodable entity, String type) {
        byte[] utf8 = JsonWriter.toBytes(entity);
        return memory(utf8, (type.isEmpty() ? JSON : type) + charset(utf8));
    }

    private static RequestContent memory(byte[] bytes, String type) {
        return new RequestContent(RequestBody.of(ByteBuffer.wrap(bytes)), type);
    }

    private static byte[] urlEncoded(List<FormPart> form) {
        return form.stream()
                .map(FormPart.Text.class::cast)
                .map(part -> encoded(part.name()) + "=" + encoded(part.text()))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
