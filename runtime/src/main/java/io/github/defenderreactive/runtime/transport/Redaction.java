package io.github.defenderreactive.runtime.transport;

import io.github.defenderreactive.runtime.internal.http.DecodedText;
import io.github.defenderreactive.runtime.internal.http.SecretFragments;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
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
 * Redaction of text from a peer for use in messages. It removes the secrets that were sent to the peer, in the forms in
 * which peers quote them, and anything that looks like a token or a signature, joins the text into one line, and limits
 * its length. All text from responses is redacted before it becomes part of an error, a log line or a summary.
 *
 * <p>Immutable. {@link #toString()} does not contain secrets.
 *
 * @since 0.1.0
 */
public final class Redaction {

    /** The redaction for a peer to which no secret was sent. */
    public static final Redaction NONE = new Redaction(List.of());

    private static final String REMOVED = "(secret)";

    private static final int LONGEST_WORDS = 500;
    private static final int LONGEST_ID = 128;

    /** Maximum length of the input. Further text would not be shown. */
    private static final int LONGEST_INPUT = 16 << 10;

    /**
     * Length of the end of truncated input that is removed, longer than any fragment that the truncation could split.
     */
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
            ".*(?:authorization|identity-header|cookie|secret|token|api[_-]?key|functions-key|subscription-key).*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SCHEME = Pattern.compile("(?:bearer|basic) ", Pattern.CASE_INSENSITIVE);

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
     * Returns a redaction of the given secrets.
     *
     * @param secrets the secrets, not encoded
     * @return the redaction
     */
    public static Redaction of(Collection<String> secrets) {
        return secrets.isEmpty() ? NONE : new Redaction(List.copyOf(secrets));
    }

    /**
     * Returns a redaction of the secrets of a request: its credentials and the secret fields of its form and query.
     *
     * @param request the request as sent
     * @return the redaction
     */
    public static Redaction of(TransportRequest request) {
        List<String> found = new ArrayList<>();
        String type = "";
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (SECRET_HEADER.matcher(header.getKey()).matches()
                    || request.secretHeaders().contains(header.getKey())) {
                addCredentials(header.getValue(), found);
            }
            if (header.getKey().equalsIgnoreCase("content-type")) {
                type = header.getValue().toLowerCase(Locale.ROOT);
            }
        }
        ByteBuffer body = request.body() == null ? null : request.body().inMemory();
        if (body != null && type.startsWith("application/x-www-form-urlencoded")) {
            addFields(StandardCharsets.UTF_8.decode(body).toString(), found);
        }
        String query = request.uri().getRawQuery();
        if (query != null) {
            addFields(query, found);
        }
        return of(found);
    }

    /** Adds the value of a header, also without its scheme, and the password of HTTP Basic also as it is. */
    private static void addCredentials(String value, List<String> to) {
        String credentials = value.substring(value.indexOf(' ') + 1);
        if (!SCHEME.matcher(value).lookingAt()) {
            // The blank may be part of the secret.
            to.add(value);
        }
        to.add(credentials);
        if (value.startsWith("Basic ")) {
            try {
                String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
                to.add(pair.substring(pair.indexOf(':') + 1));
            } catch (IllegalArgumentException notBase64) {
                // The value itself is removed.
            }
        }
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

    /** Returns a redaction of the credentials of a proxy. */
    static Redaction of(@Nullable HttpProxy proxy) {
        Supplier<String> password = proxy == null ? null : proxy.password();
        if (password == null) {
            return NONE;
        }
        try {
            return of(List.of(password.get()));
        } catch (RuntimeException unknown) {
            // The proxy did not receive a password either.
            return NONE;
        }
    }

    /**
     * Returns a redaction of the secrets of both.
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
     * Redacts text for a message.
     *
     * @param said the text of the peer, or null
     * @return one line of at most 500 characters, or null if no text is left
     */
    public @Nullable String words(@Nullable String said) {
        return line(said, LONGEST_WORDS);
    }

    /**
     * Redacts an identifier for a message: a request id, a code, a media type.
     *
     * @param said the text of the peer, or null
     * @return one line of at most 128 characters, or null if no text is left
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

    /** Returns the text without secrets. */
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
     * Returns an exception that is safe as the cause of an error. Libraries quote a peer in the messages of their
     * exceptions, and a cause is logged with its error.
     *
     * @param error the exception of a library, or null
     * @return the same exception if none of its messages contains a secret, otherwise a replacement with its stack
     *     trace and the redacted messages
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

    /** Returns the number of secrets. */
    @Override
    public String toString() {
        return "Redaction[" + secrets.size() + "]";
    }
}
