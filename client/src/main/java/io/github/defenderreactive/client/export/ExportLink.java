package io.github.defenderreactive.client.export;

import io.github.defenderreactive.runtime.transport.LoopbackHost;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed link to a file of an export. The path identifies the file: renewed links differ in their query only, their
 * order is not documented, and the host names one of several storage accounts.
 *
 * <p>The pattern accepts no character in the authority that URI parsers interpret differently.
 */
final class ExportLink {

    private static final Pattern LINK =
            Pattern.compile("(?i)(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]+)?(/[^?#]*)(\\?.*)?");

    private final String link;
    private final String scheme;
    private final String host;
    private final String file;

    private ExportLink(String link, Matcher parts) {
        this.link = link;
        this.scheme = parts.group(1).toLowerCase(Locale.ROOT);
        this.host = parts.group(2).toLowerCase(Locale.ROOT);
        this.file = parts.group(4);
    }

    /**
     * Reads a link.
     *
     * @throws IllegalArgumentException if it is not the URL of a file; the message does not contain it
     */
    static ExportLink of(String text) {
        String link = text.strip();
        if (link.length() > 1 && link.startsWith("\"") && link.endsWith("\"")) {
            link = link.substring(1, link.length() - 1).strip();
        }
        Matcher parts = LINK.matcher(link);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it is not the absolute URL of a file");
        }
        return new ExportLink(link, parts);
    }

    /**
     * Checks that the link leads to a storage host over TLS. The loopback, used by an emulator, is always allowed.
     *
     * @param allowed domains, in lower case; their subdomains are allowed too
     * @throws IllegalArgumentException if it does not
     */
    void requireAllowed(Set<String> allowed) {
        if (LoopbackHost.matches(host)) {
            return;
        }
        if (!scheme.equals("https")) {
            throw new IllegalArgumentException("its scheme is " + scheme + " instead of https");
        }
        if (allowed.stream().noneMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            throw new IllegalArgumentException("the host " + host + " is not allowed. If it belongs to the storage of"
                    + " the service, add it with allowHosts(...)");
        }
    }

    /** Returns the whole link, which grants access like a password. */
    String link() {
        return link;
    }

    String file() {
        return file;
    }

    @Override
    public String toString() {
        return file;
    }
}
