package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a call sends, and under which rules.
 *
 * @param operation the rules: quota, replay safety, names
 * @param uri where to
 * @param lane the connections and permits to use
 * @param headers headers of every attempt
 * @param content the content, made for each attempt
 * @param authorization the source of access tokens, or null for a call that must not carry one
 */
record CallRequest(
        OperationInfo operation,
        URI uri,
        Lane lane,
        Map<String, String> headers,
        Mono<RequestContent> content,
        @Nullable Authorization authorization) {}
