package io.github.defenderreactive.runtime.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The hosts that are connected to directly, without the proxy. */
final class ProxyExceptions {

    private static final int HTTPS_PORT = 443;

    /** No exceptions. */
    static final ProxyExceptions NONE = new ProxyExceptions(List.of());

    /** The loopback, which for a proxy would be its own machine. */
    static final ProxyExceptions LOOPBACK = new ProxyExceptions(List.of(target -> LoopbackHost.matches(target.host())));

    /** The host to match: a name in lower case or an address without brackets. */
    private record Target(String host, @Nullable InetAddress address, int port) {

        static Target of(URI uri) {
            String host = withoutBrackets(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT));
            return new Target(
                    withoutDotAtTheEnd(host),
                    NetUtil.createInetAddressFromIpAddressString(host),
                    uri.getPort() < 0 ? HTTPS_PORT : uri.getPort());
        }
    }

    private final List<Predicate<Target>> exceptions;

    private ProxyExceptions(List<Predicate<Target>> exceptions) {
        this.exceptions = exceptions;
    }

    /** Returns the loopback and the hosts of a list in the form of {@code NO_PROXY}. Invalid entries match nothing. */
    static ProxyExceptions list(String text) {
        return withLoopback(Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
                .filter(entry -> !entry.isEmpty())
                .map(ProxyExceptions::entry));
    }

    /** Returns the loopback and the hosts that match patterns in the form of {@code http.nonProxyHosts}. */
    static ProxyExceptions patterns(String text) {
        return withLoopback(Stream.of(text.toLowerCase(Locale.ROOT).split("\\|", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .map(ProxyExceptions::pattern));
    }

    private static ProxyExceptions withLoopback(Stream<Predicate<Target>> others) {
        return new ProxyExceptions(
                Stream.concat(LOOPBACK.exceptions.stream(), others).toList());
    }

    boolean contain(URI uri) {
        if (exceptions.isEmpty()) {
            return false;
        }
        Target target = Target.of(uri);
        return exceptions.stream().anyMatch(exception -> exception.test(target));
    }

    private static Predicate<Target> pattern(String pattern) {
        String regex = Stream.of(withoutBrackets(pattern).split("\\*", -1))
                .map(Pattern::quote)
                .reduce((left, right) -> left + ".*" + right)
                .orElse("");
        Predicate<String> matches = Pattern.compile(regex).asMatchPredicate();
        return target -> matches.test(target.host());
    }

    private static Predicate<Target> entry(String entry) {
        if (entry.equals("*")) {
            return target -> true;
        }
        int colon = entry.lastIndexOf(':');
        boolean hasPort = colon > 0
                && entry.substring(colon + 1).matches("[0-9]{1,5}")
                // several colons without brackets are an IPv6 address
                && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        Predicate<Target> host = host(withoutBrackets(hasPort ? entry.substring(0, colon) : entry));
        if (!hasPort) {
            return host;
        }
        int port = Integer.parseInt(entry.substring(colon + 1));
        return host.and(target -> target.port() == port);
    }

    private static Predicate<Target> host(String text) {
        int slash = text.indexOf('/');
        byte[] network = NetUtil.createByteArrayFromIpAddressString(
                withoutBrackets(slash < 0 ? text : text.substring(0, slash)));
        if (network != null) {
            int bits = slash < 0 ? network.length * 8 : bits(text.substring(slash + 1), network.length * 8);
            return target ->
                    target.address() != null && startsWith(target.address().getAddress(), network, bits);
        }
        // a domain is written example.com, .example.com or *.example.com
        String domain = withoutDotAtTheEnd(text.startsWith("*.") ? text.substring(1) : text);
        String name = domain.startsWith(".") ? domain.substring(1) : domain;
        return target -> !name.isEmpty()
                && target.address() == null
                && (target.host().equals(name) || target.host().endsWith("." + name));
    }

    /** Returns a prefix length. An invalid length matches no address. */
    private static int bits(String text, int most) {
        return text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= most ? Integer.parseInt(text) : most + 1;
    }

    private static boolean startsWith(byte[] address, byte[] network, int bits) {
        if (address.length != network.length || bits > address.length * 8) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    private static String withoutDotAtTheEnd(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
