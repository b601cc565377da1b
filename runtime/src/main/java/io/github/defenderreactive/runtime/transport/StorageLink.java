package io.github.defenderreactive.runtime.transport;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed link to a file in the storage of the service. The path identifies the file: renewed links differ in their
 * query only, their order is not documented, and the host names one of several storage accounts.
 *
 * <p>The pattern accepts no character in the authority that URI parsers interpret differently. Used by the workflows of
 * the client.
 *
 * @since 0.1.0
 */
public final class StorageLink {

    /** The domains of the blob storage of the worldwide cloud and of the clouds of the United States government. */
    public static final Set<String> BLOB_DOMAINS = Set.of("blob.core.windows.net", "blob.core.usgovcloudapi.net");

    private static final Pattern LINK =
            Pattern.compile("(?i)(https?)://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]+)?(/[^?#]*)(\\?.*)?");

    private final String link;
    private final String scheme;
    private final String host;
    private final String file;

    private StorageLink(String link, Matcher parts) {
        this.link = link;
        this.scheme = parts.group(1).toLowerCase(Locale.ROOT);
        this.host = parts.group(2).toLowerCase(Locale.ROOT);
        this.file = parts.group(4);
    }

    /**
     * Reads a link. Quotation marks around it are removed.
     *
     * @param text the link as returned by the service
     * @return the link
     * @throws IllegalArgumentException if it is not the URL of a file; the message does not contain it
     */
    public static StorageLink of(String text) {
        String link = text.strip();
        while (link.length() > 1 && link.startsWith("\"") && link.endsWith("\"")) {
            link = link.substring(1, link.length() - 1).strip();
        }
        Matcher parts = LINK.matcher(link);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it is not the absolute URL of a file");
        }
        return new StorageLink(link, parts);
    }

    /**
     * Returns allowed domains and further ones.
     *
     * @param allowed the allowed domains, in lower case
     * @param domains names of hosts or domains
     * @return all domains, in lower case
     * @throws IllegalArgumentException if a domain is empty or contains anything but letters, digits, dots and hyphens
     */
    public static Set<String> withDomains(Set<String> allowed, String... domains) {
        Set<String> all = new LinkedHashSet<>(allowed);
        for (String domain : domains) {
            if (!domain.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")) {
                throw new IllegalArgumentException("domain must be the name of a host, was '" + domain + "'");
            }
            all.add(domain.toLowerCase(Locale.ROOT));
        }
        return Collections.unmodifiableSet(all);
    }

    /**
     * Checks that the link leads to a storage host over TLS. The loopback, used by an emulator, is always allowed.
     *
     * @param allowed domains, in lower case; their subdomains are allowed too
     * @return this link
     * @throws IllegalArgumentException if it does not; the message contains the host, but not the link
     */
    public StorageLink requireAllowed(Set<String> allowed) {
        if (LoopbackHost.matches(host)) {
            return this;
        }
        if (!scheme.equals("https")) {
            throw new IllegalArgumentException("its scheme is " + scheme + " instead of https");
        }
        if (allowed.stream().noneMatch(domain -> host.equals(domain) || host.endsWith("." + domain))) {
            throw new IllegalArgumentException("the host " + host + " is not allowed. If it belongs to the storage of"
                    + " the service, add it with allowHosts(...)");
        }
        return this;
    }

    /**
     * Returns the whole link, which grants access like a password.
     *
     * @return the link without quotation marks
     */
    public String link() {
        return link;
    }

    /**
     * Returns the path of the file.
     *
     * @return the path, with a slash at its begin
     */
    public String file() {
        return file;
    }

    /** Returns the path, because the rest grants access. */
    @Override
    public String toString() {
        return file;
    }
}
