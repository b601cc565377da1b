package io.github.defenderreactive.emulator.internal.server;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;

/** The connections to the server, from the moment each is there until it is closed. */
public final class OpenConnections implements ConnectionObserver {

    /** A channel leaves it by itself when it is closed. */
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    @Override
    public void onStateChange(Connection connection, State state) {
        if (state == State.CONNECTED) {
            channels.add(connection.channel());
        }
    }

    public int count() {
        return channels.size();
    }
}
