package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonWriter;

/**
 * The outcome of one operation.
 *
 * @param operation the id of the operation
 * @param api the id of its API
 * @param outcome the outcome
 * @param text the message of the failure, or an empty string
 * @param calls the number of requests; a list with a limit counts as one
 * @param items the number of items
 * @param milliseconds the duration
 */
public record CrawlRow(
        String operation, String api, Outcome outcome, String text, long calls, long items, long milliseconds)
        implements JsonEncodable {

    /** The possible outcomes. */
    public enum Outcome {
        /** The call succeeded. A list was read to its end. */
        OK("ok"),
        /** The service refused the call with a status that the recipe expects. */
        REFUSED("expected refusal"),
        /** The operation was not called, because no response contained its arguments. */
        SKIPPED("skipped"),
        /** The call failed. */
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
