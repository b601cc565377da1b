package io.github.defenderreactive.runtime.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Recognises hosts that are certain to be this machine: {@code localhost} and the address literals of the loopback,
 * {@code 127.0.0.0/8} and {@code ::1}. Only the spelling is checked, because a lookup could be redirected, and any host
 * may have a name that merely begins like such an address.
 *
 * @since 0.1.0
 */
public final class LoopbackHost {

    private LoopbackHost() {}

    /**
     * Returns whether a host is certain to be this machine.
     *
     * @param host a name, or an address literal; an IPv6 address with or without brackets. Null matches nothing
     * @return true if the host is the loopback
     */
    public static boolean matches(@Nullable String host) {
        if (host == null) {
            return false;
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
        return address == null ? host.equalsIgnoreCase("localhost") : isLoopback(address);
    }

    private static boolean isLoopback(byte[] address) {
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
