package io.github.defenderreactive.codegen.internal.description;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The source of an operation, a schema or a member.
 *
 * @param page the page of the documentation, or an empty text if none is known
 * @param date the date of the page or of the observation, or an empty text if none is known
 */
public record Citation(String page, String date, Evidence evidence) {

    public static final String KEY = "x-defender-source";

    private static final String PAGE = "page";
    private static final String DATE = "date";
    private static final String EVIDENCE = "evidence";
    private static final List<String> KEYS = List.of(PAGE, DATE, EVIDENCE);

    private static final Pattern DATES = Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?");

    /** Texts that other generators and older descriptions write for no page. */
    private static final List<String> NO_PAGE = List.of("-", "none");

    /** The evidence of a source. */
    public enum Evidence {
        DOCUMENTED("documented"),
        OBSERVED("observed"),
        INFERRED("inferred");

        private final String text;

        Evidence(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        private static @Nullable Evidence find(String text) {
            for (Evidence evidence : values()) {
                if (evidence.text.equals(text)) {
                    return evidence;
                }
            }
            return null;
        }
    }

    /** The source of one element, without those around it. */
    private record Part(String page, String date, @Nullable Evidence evidence) {

        private boolean isSource() {
            return !page.isEmpty() || evidence != null;
        }
    }

    /**
     * Returns the source of an element. Parts that it omits are those of the elements around it. A date belongs to the
     * page or observation that it is named with; a date without either applies to every page that is named inside.
     *
     * @param elements the element, and the elements around it from the inside out
     */
    public static Citation of(Element... elements) {
        Part source = new Part("", "", null);
        String date = "";
        for (Element element : elements) {
            Part part = part(element);
            if (!source.isSource()) {
                source = part;
                date = date.isEmpty() ? part.date : date;
            } else if (date.isEmpty() && isDocumented(source) && !part.isSource()) {
                date = part.date;
            }
        }
        Evidence evidence = source.evidence;
        return new Citation(source.page, date, evidence == null ? Evidence.DOCUMENTED : evidence);
    }

    private static boolean isDocumented(Part part) {
        return part.evidence == null || part.evidence == Evidence.DOCUMENTED;
    }

    private static Part part(Element element) {
        if (!element.has(KEY)) {
            return new Part("", "", null);
        }
        Element value = element.get(KEY);
        if (value.node().isTextual()) {
            String text = value.text().strip();
            Evidence evidence = Evidence.find(text);
            return new Part(evidence != null || NO_PAGE.contains(text) ? "" : text, "", evidence);
        }
        if (!value.node().isObject()) {
            throw value.problem("must be a page, observed or inferred, or a mapping with " + String.join(", ", KEYS));
        }
        for (String key : value.members().keySet()) {
            if (!KEYS.contains(key)) {
                throw value.get(key).problem("is not known; the parts of a source are " + String.join(", ", KEYS));
            }
        }
        String date = value.text(DATE, "");
        if (!date.isEmpty() && !DATES.matcher(date).matches()) {
            throw value.get(DATE).problem("must be a year, a month or a day, such as 2026, 2026-11 or 2026-11-30");
        }
        Evidence evidence = Evidence.find(value.text(EVIDENCE, Evidence.DOCUMENTED.text));
        if (evidence == null) {
            throw value.get(EVIDENCE).problem("must be documented, observed or inferred");
        }
        return new Part(value.text(PAGE, "").strip(), date, value.has(EVIDENCE) ? evidence : null);
    }

    /** Returns whether the documentation does not contain the element. */
    public boolean isUndocumented() {
        return evidence != Evidence.DOCUMENTED;
    }

    /**
     * Returns the source as a sentence, or an empty text if none is known.
     *
     * @param code marks a name as code
     */
    public String sentence(UnaryOperator<String> code) {
        return switch (evidence) {
            case DOCUMENTED ->
                page.isEmpty()
                        ? ""
                        : "Documented in " + code.apply(page) + (date.isEmpty() ? "" : ", as of " + date) + ".";
            case OBSERVED ->
                "Observed in responses" + (date.isEmpty() ? "" : " of " + date) + ", not documented by the service.";
            case INFERRED ->
                "Inferred" + (page.isEmpty() ? "" : " from " + code.apply(page))
                        + (date.isEmpty() ? "" : " as of " + date)
                        + ", neither documented by the service nor observed.";
        };
    }
}
