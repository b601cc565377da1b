package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.http.DecodedText;
import io.github.defenderreactive.runtime.internal.http.SecretFragments;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the words of a peer fit for a message: takes out the secrets that were sent to it, in the forms in which peers
 * quote them, and anything that looks like a token or a signature; makes one line of them, and bounds its length. Every
 * text that comes from a response goes through here before it becomes part of an error, a log line or a summary.
 *
 * <p>Immutable. Its own rendering shows no secret.
 *
 * @since 0.1.0
 */
public final class Redaction {

    /** For a peer to which no secret was sent. */
    public static final Redaction NONE = new Redaction(List.of());

    private static final String REMOVED = "(secret)";

    private static final int LONGEST_WORDS = 500;
    private static final int LONGEST_ID = 128;

    /** No more is looked at, because no more could be shown. */
    private static final int LONGEST_INPUT = 16 << 10;

    /** Longer than any fragment that could be cut off where the input is. */
    private static final int CUT_EDGE = 64;

    private static final int MOST_ENCODINGS = 3;
    private static final int DEEPEST_CAUSE = 16;

    private static final Set<String> SECRET_FIELDS = Set.of(
            "client_secret",
            "client_assertion",
            "assertion",
            "password",
            "refresh_token",
            "access_token",
            "id_token",
            "code",
            "code_verifier",
            "device_code",
            "sig",
            "signature");

    private static final Pattern SECRET_HEADER = Pattern.compile(
            ".*(?:authorization|identity-header|cookie|secret|token|api-key|functions-key|subscription-key).*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{4,}+(?:\\.[\\w-]*+){1,4}|eyJ[\\w-]{20,}+");

    private static final Pattern FIELD = Pattern.compile(
            "\\b(sig|signature|client_secret|client_assertion|assertion|refresh_token|access_token|id_token|password"
                    + "|device_code|code_verifier)(=|%3D|\"\\s*+:\\s*+\")[^&\\s\"'<>,;)]++",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CREDENTIALS = Pattern.compile(
            "\\b(bearer|basic)(\\s++)(?=[\\w+/.~-]*[0-9+/._~=-])[\\w+/.~-]{16,}+=*+", Pattern.CASE_INSENSITIVE);

    private static final Pattern BLANKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]+");

    private final List<String> secrets;
    private volatile @Nullable SecretFragments fragments;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /**
     * Returns what takes out some secrets.
     *
     * @param secrets the secrets as they are, without any encoding
     * @return the redaction
     */
    public static Redaction of(Collection<String> secrets) {
        return secrets.isEmpty() ? NONE : new Redaction(List.copyOf(secrets));
    }

    /**
     * Returns what takes out the secrets of a request: its credentials, the secret fields of its form and of its query.
     *
     * @param request the request as it is sent
     * @return the redaction
     */
    public static Redaction of(TransportRequest request) {
        List<String> found = new ArrayList<>();
        String type = "";
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (SECRET_HEADER.matcher(header.getKey()).matches()) {
                String value = header.getValue();
                found.add(value.substring(value.indexOf(' ') + 1));
            }
            if (header.getKey().equalsIgnoreCase("content-type")) {
                type = header.getValue().toLowerCase(Locale.ROOT);
            }
        }
        ByteBuffer body = request.body() == null ? null : request.body().whole();
        if (body != null && type.startsWith("application/x-www-form-urlencoded")) {
            addFields(StandardCharsets.UTF_8.decode(body).toString(), found);
        }
        String query = request.uri().getRawQuery();
        if (query != null) {
            addFields(query, found);
        }
        return of(found);
    }

    private static void addFields(String form, List<String> to) {
        for (String field : form.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0
                    && SECRET_FIELDS.contains(
                            decoded(field.substring(0, equals)).toLowerCase(Locale.ROOT))) {
                to.add(decoded(field.substring(equals + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /** What takes out the credentials that a proxy is given. */
    static Redaction of(@Nullable HttpProxy proxy) {
        Supplier<String> password = proxy == null ? null : proxy.password();
        if (password == null) {
            return NONE;
        }
        try {
            return of(List.of(password.get()));
        } catch (RuntimeException unknown) {
            // The proxy was given no password either.
            return NONE;
        }
    }

    /**
     * Returns what takes out the secrets of both.
     *
     * @param other another redaction
     * @return the redaction
     */
    public Redaction and(Redaction other) {
        if (other.secrets.isEmpty() || secrets.containsAll(other.secrets)) {
            return this;
        }
        return secrets.isEmpty()
                ? other
                : of(Stream.concat(secrets.stream(), other.secrets.stream())
                        .distinct()
                        .toList());
    }

    /**
     * Makes words fit for a message.
     *
     * @param said what the peer said, or null
     * @return one line of at most 500 characters, or null when nothing is left
     */
    public @Nullable String words(@Nullable String said) {
        return line(said, LONGEST_WORDS);
    }

    /**
     * Makes an identifier fit for a message: a request id, a code, a media type.
     *
     * @param said what the peer said, or null
     * @return one line of at most 128 characters, or null when nothing is left
     */
    public @Nullable String id(@Nullable String said) {
        return line(said, LONGEST_ID);
    }

    private @Nullable String line(@Nullable String said, int longest) {
        if (said == null) {
            return null;
        }
        boolean cut = said.length() > LONGEST_INPUT;
        String shown = without(cut ? said.substring(0, LONGEST_INPUT) : said);
        if (cut) {
            shown = shown.substring(0, Math.max(0, shown.length() - CUT_EDGE));
        }
        String line = BLANKS.matcher(shown).replaceAll(" ").strip();
        if (line.isEmpty()) {
            return null;
        }
        if (line.length() <= longest) {
            return cut ? line + "…" : line;
        }
        int end = Character.isHighSurrogate(line.charAt(longest - 1)) ? longest - 1 : longest;
        return line.substring(0, end) + "…";
    }

    /** The text without what must not be shown. */
    private String without(String text) {
        String shown = secrets.isEmpty() ? text : withoutSecrets(text);
        shown = TOKEN.matcher(shown).replaceAll(REMOVED);
        shown = FIELD.matcher(shown).replaceAll("$1$2" + REMOVED);
        return CREDENTIALS.matcher(shown).replaceAll("$1$2" + REMOVED);
    }

    private String withoutSecrets(String text) {
        boolean[] hidden = new boolean[text.length()];
        SecretFragments known = fragments();
        DecodedText view = DecodedText.of(text);
        for (int level = 0; view != null && level <= MOST_ENCODINGS; level++) {
            known.mark(view, hidden);
            view = view.decoded();
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < hidden.length; i++) {
            if (!hidden[i]) {
                out.append(text.charAt(i));
            } else if (i == 0 || !hidden[i - 1]) {
                out.append(REMOVED);
            }
        }
        return out.toString();
    }

    private SecretFragments fragments() {
        SecretFragments known = fragments;
        if (known == null) {
            known = new SecretFragments(secrets);
            fragments = known;
        }
        return known;
    }

    /**
     * Returns what an error may carry as its cause. Libraries quote a peer in the messages of their exceptions, and a
     * cause is logged with its error.
     *
     * @param error what a library threw, or null
     * @return the same when none of its messages shows a secret, else a stand-in with its stack trace and the rest of its
     *     messages
     */
    public @Nullable Throwable cause(@Nullable Throwable error) {
        return error == null || isFit(error, DEEPEST_CAUSE) ? error : new RedactedCause(error, this, DEEPEST_CAUSE);
    }

    private boolean isFit(Throwable error, int depth) {
        String message = error.getMessage();
        if (message != null
                && (message.length() > LONGEST_WORDS || !without(message).equals(message))) {
            return false;
        }
        Throwable cause = error.getCause();
        return depth > 0
                && (cause == null || isFit(cause, depth - 1))
                && Stream.of(error.getSuppressed()).allMatch(one -> isFit(one, depth - 1));
    }

    /** How many secrets it knows. */
    @Override
    public String toString() {
        return "Redaction[" + secrets.size() + "]";
    }
}
