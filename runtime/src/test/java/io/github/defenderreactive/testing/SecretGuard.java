package io.github.defenderreactive.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a secret that shows a failure: in a line on standard error, where logs go, in an error that travels through Reactor,
 * in the rendering of a value of ours that does so. A secret is whatever a test declares to be one, and what goes over the wire
 * of a {@link FaultServer} as one; tokens and signed addresses are known by their looks besides.
 */
public final class SecretGuard {

    /** Anything shorter would be found in innocent words. */
    private static final int SHORTEST = 8;

    private static final Pattern LOOKS = Pattern.compile(
            "eyJ[\\w-]{6,}\\.eyJ[\\w-]{6,}\\.[\\w-]*"
                    + "|Bearer [\\w.~+/-]{8,}"
                    + "|[?&]sig=[^&\\s)\\]\"]{4,}"
                    + "|\\b(?:client_secret|client_assertion|refresh_token|password|code_verifier|device_code)=[^&\\s)\\]\"]{4,}");

    private static final Pattern FORM_FIELDS =
            Pattern.compile("(?:^|&)(?:client_secret|client_assertion|assertion|password"
                    + "|refresh_token|code|code_verifier|device_code)=([^&]+)");

    private static final Pattern JSON_MEMBERS =
            Pattern.compile("\"(?:access_token|refresh_token|id_token|device_code)\"\\s*:\\s*\"([^\"]+)\"");

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final ConcurrentLinkedQueue<String> NEW = new ConcurrentLinkedQueue<>();

    private SecretGuard() {}

    /** Watches from now on; again and again, because others replace the stream too. */
    public static void install() {
        StandardErrorTap.install(SecretGuard::show);
        SignalTap.install(SecretGuard::show);
    }

    /** Declares a secret, for ever; too short ones are passed over. */
    public static void keep(String secret) {
        if (secret.length() >= SHORTEST) {
            SECRETS.add(secret);
        }
    }

    /** Declares what a form of OAuth holds. */
    public static void keepForm(String form) {
        Matcher fields = FORM_FIELDS.matcher(form);
        while (fields.find()) {
            keep(URLDecoder.decode(fields.group(1), StandardCharsets.UTF_8));
        }
    }

    /** Declares what an answer of OAuth holds. */
    public static void keepJson(String json) {
        Matcher members = JSON_MEMBERS.matcher(json);
        while (members.find()) {
            keep(members.group(1));
        }
    }

    /** Declares the credentials of a header. */
    public static void keepHeader(String value) {
        keep(value.substring(value.indexOf(' ') + 1));
    }

    /** Something was shown. */
    static void show(String text) {
        if (SEEN.add(text)) {
            NEW.add(text);
        }
    }

    /**
     * Fails if a secret was shown since the last check.
     *
     * @throws AssertionError with each text
     */
    public static void check() {
        List<String> recent = new ArrayList<>();
        for (String text = NEW.poll(); text != null; text = NEW.poll()) {
            recent.add(text);
        }
        fail(found(recent));
    }

    /**
     * Fails if a secret was shown at any time, also one that was declared only later.
     *
     * @throws AssertionError with each text
     */
    public static void checkAll() {
        fail(found(SEEN));
    }

    private static void fail(List<String> found) {
        if (!found.isEmpty()) {
            SEEN.removeAll(found);
            throw new AssertionError(found.size() + " text(s) show a secret:\n" + String.join("\n", found));
        }
    }

    private static List<String> found(Iterable<String> texts) {
        List<String> found = new ArrayList<>();
        for (String text : texts) {
            if (LOOKS.matcher(text).find() || SECRETS.stream().anyMatch(text::contains)) {
                found.add(text);
            }
        }
        return found;
    }
}
