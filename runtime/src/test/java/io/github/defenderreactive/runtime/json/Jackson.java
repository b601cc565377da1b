package io.github.defenderreactive.runtime.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The reference: what Jackson 2 makes of a document.
 *
 * <p>It gets the text and not the bytes, decoded by the JDK, because Jackson guesses the encoding and takes overlong and
 * surrogate sequences for UTF-8, which we reject.
 */
final class Jackson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Jackson() {}

    /** The tree, or null when the bytes are not JSON. */
    static JsonNode tree(byte[] json) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(withoutByteOrderMark(json)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree.isMissingNode() ? null : tree;
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return null;
        }
    }

    static JsonNode tree(String json) {
        return tree(Documents.utf8(json));
    }

    /** Difference by design: one byte order mark is skipped. */
    private static byte[] withoutByteOrderMark(byte[] json) {
        boolean marked = json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(json, 3, json.length) : json;
    }

    /** Whether the values of {@link JsonValue#toJava()} are the tree: strings identical, numbers by value. */
    static boolean isSame(JsonNode tree, Object value) {
        if (value == null) {
            return tree.isNull();
        }
        if (value instanceof Map<?, ?> map) {
            return tree.isObject()
                    && map.size() == tree.size()
                    && map.entrySet().stream()
                            .allMatch(e -> tree.has((String) e.getKey())
                                    && isSame(tree.get((String) e.getKey()), e.getValue()));
        }
        if (value instanceof List<?> list) {
            if (!tree.isArray() || tree.size() != list.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!isSame(tree.get(i), list.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (value instanceof Number) {
            return tree.getNodeType() == JsonNodeType.NUMBER
                    && tree.decimalValue().compareTo(new BigDecimal(value.toString())) == 0;
        }
        return value instanceof Boolean truth
                ? tree.isBoolean() && tree.booleanValue() == truth
                : tree.isTextual() && tree.textValue().equals(value);
    }
}
