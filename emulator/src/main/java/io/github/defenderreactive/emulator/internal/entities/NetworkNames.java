package io.github.defenderreactive.emulator.internal.entities;

import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/** The forms of domain names and IP addresses. */
final class NetworkNames {

    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)([a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,63}");

    private NetworkNames() {}

    static boolean isDomain(String text) {
        return DOMAIN.matcher(text).matches();
    }

    static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text) && text.indexOf('%') < 0;
    }
}
