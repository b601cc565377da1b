package io.github.defenderreactive.runtime.pipeline;

import io.github.defenderreactive.runtime.internal.authorization.CallAuthorization;
import io.github.defenderreactive.runtime.operation.Lane;
import io.github.defenderreactive.runtime.operation.OperationInfo;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The request of a call, and the rules that apply to it.
 *
 * @param operation the operation, which defines quota, replay safety and names
 * @param uri the URI
 * @param lane the connections and permits to use
 * @param headers headers of every attempt
 * @param content the content, created for each attempt
 * @param authorization the source of credentials, or null for a call that must not carry any
 */
record CallRequest(
        OperationInfo operation,
        URI uri,
        Lane lane,
        Map<String, String> headers,
        Mono<RequestContent> content,
        @Nullable CallAuthorization authorization) {}
