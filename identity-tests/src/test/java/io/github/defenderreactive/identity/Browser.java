package io.github.defenderreactive.identity;

import java.io.IOException;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/** A person at a browser who signs in as the user of the {@link Registrations} and then consents, or does not. */
final class Browser {

    private static final int MOST_PAGES = 8;

    private final boolean consents;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new LoopbackCookies())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private Browser(boolean consents) {
        this.consents = consents;
    }

    static Browser thatConsents() {
        return new Browser(true);
    }

    static Browser thatDeclines() {
        return new Browser(false);
    }

    /** Opens a page and fills in every form that follows. Blocks. */
    String open(URI address) throws IOException, InterruptedException {
        HttpResponse<String> page = send(HttpRequest.newBuilder(address).GET());
        for (int seen = 0; seen < MOST_PAGES; seen++) {
            List<FormElement> forms =
                    Jsoup.parse(page.body(), page.uri().toString()).forms();
            if (consents && page.statusCode() == 400 || forms.isEmpty() && seen == 0) {
                throw new AssertionError("Nothing to fill in at " + page.uri() + ": " + page.body());
            }
            if (forms.isEmpty()) {
                return page.body();
            }
            page = submit(forms.get(0), page.uri());
        }
        throw new AssertionError("The sign-in does not come to an end. Now at " + page.uri() + ": " + page.body());
    }

    private HttpResponse<String> submit(FormElement form, URI page) throws IOException, InterruptedException {
        fill(form, "username", Registrations.USER);
        fill(form, "password", Registrations.PASSWORD);
        if (consents) {
            form.select("input[type=checkbox]").forEach(box -> box.attr("checked", true));
        }
        StringBuilder body = new StringBuilder();
        for (Connection.KeyVal field : form.formData()) {
            append(body, field.key(), field.value());
        }
        Element button = button(form.select("[type=submit][name]"));
        if (button != null) {
            append(body, button.attr("name"), button.val());
        }
        String action = form.absUrl("action");
        return send(HttpRequest.newBuilder(action.isEmpty() ? page : URI.create(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private @Nullable Element button(Elements buttons) {
        Element cancel = buttons.select("[name=cancel]").first();
        return cancel == null || consents ? buttons.first() : cancel;
    }

    private static void fill(FormElement form, String name, String value) {
        form.select("input[name=" + name + "]").forEach(field -> field.val(value));
    }

    private static void append(StringBuilder body, String name, String value) {
        body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A browser takes the loopback for a secure place and sends secure cookies there; this client would not. */
    private static final class LoopbackCookies extends CookieHandler {

        private final CookieManager jar = new CookieManager();

        @Override
        public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) throws IOException {
            return jar.get(uri, headers);
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) throws IOException {
            jar.put(
                    uri,
                    headers.entrySet().stream()
                            .filter(header ->
                                    header.getKey().toLowerCase(Locale.ROOT).startsWith("set-cookie"))
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    header -> header.getValue().stream()
                                            .map(cookie -> cookie.replaceAll("(?i);\\s*secure", ""))
                                            .toList())));
        }
    }
}
