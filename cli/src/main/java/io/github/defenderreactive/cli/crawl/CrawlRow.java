package io.github.defenderreactive.cli.crawl;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;

/**
 * How one operation went.
 *
 * @param text what it failed with, empty when it was answered
 * @param calls requests for an answer or a page; a list cut short counts one
 */
record CrawlRow(String operation, String api, Outcome outcome, String text, long calls, long items, long milliseconds)
        implements JsonEncodable {

    /** How an operation ended. */
    enum Outcome {
        /** Answered, a list to its end. */
        OK("ok"),
        /** Refused in a way that its recipe expects. */
        REFUSED("expected refusal"),
        /** Not called, because nothing that was read gives its arguments. */
        SKIPPED("skipped"),
        /** Neither. */
        FAILED("failed");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        out.name("operation").string(operation);
        out.name("api").string(api);
        out.name("outcome").string(outcome.label + (text.isEmpty() ? "" : ": " + text));
        out.name("calls").number(calls);
        out.name("items").number(items);
        out.name("milliseconds").number(milliseconds);
        out.endObject();
    }
}
