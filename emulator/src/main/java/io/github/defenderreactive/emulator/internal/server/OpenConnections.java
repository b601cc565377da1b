package io.github.defenderreactive.emulator.internal.server;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;

/** The open connections to the server. */
public final class OpenConnections implements ConnectionObserver {

    /** The open channels; a closed channel is removed automatically. */
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
