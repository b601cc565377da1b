package io.github.defenderreactive.runtime.transport;

import reactor.netty.http.logging.HttpMessageArgProvider;
import reactor.netty.http.logging.HttpMessageLogFactory;

/** Restricts Reactor Netty's debug log to the kind of a message, because headers and query may contain secrets. */
enum RedactedHttpMessageLog implements HttpMessageLogFactory {
    INSTANCE;

    @Override
    public String trace(HttpMessageArgProvider message) {
        return message.httpMessageType().name();
    }

    @Override
    public String debug(HttpMessageArgProvider message) {
        return message.httpMessageType().name();
    }

    @Override
    public String info(HttpMessageArgProvider message) {
        return message.httpMessageType().name();
    }

    @Override
    public String warn(HttpMessageArgProvider message) {
        return message.httpMessageType().name();
    }

    @Override
    public String error(HttpMessageArgProvider message) {
        return message.httpMessageType().name();
    }
}
