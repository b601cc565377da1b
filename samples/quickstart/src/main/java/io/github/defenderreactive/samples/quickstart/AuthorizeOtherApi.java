package io.github.defenderreactive.samples.quickstart;

import io.github.defenderreactive.runtime.auth.Authorization;
import io.github.defenderreactive.runtime.pipeline.Pipeline;
import io.github.defenderreactive.runtime.transport.Transport;
import java.net.URI;
import reactor.core.publisher.Mono;

/** Creates the pipeline of a generated client of another API. */
final class AuthorizeOtherApi {

    private AuthorizeOtherApi() {}

    // tag::pipeline[]
    static Pipeline shop(Transport transport, Mono<String> key) {
        return Pipeline.builder()
                .transport(transport)
                .apiRoot(URI.create("https://shop.example/v1"))
                .authorization(Authorization.header("api_key", key))
                .build();
    }
    // end::pipeline[]
}
