package io.github.defenderreactive.samples.quickstart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phrases to avoid, each with the words to use instead, and texts in which they are allowed. */
record PhraseList(List<Phrase> phrases, List<Pattern> allowed) {

    /** A line end with the comment and list markers around it. */
    private static final Pattern BREAK = Pattern.compile("\\s*\\R[\\s*/>|]*");

    private static final String ALLOW = "allow";

    /** @param instead the words to use instead */
    record Phrase(Pattern pattern, String instead) {}

    /** @param line the line on which the phrase begins, from 1 */
    record Hit(int line, String text, String instead) {
        @Override
        public String toString() {
            return line + ": \"" + text + "\", use: " + instead;
        }
    }

    static PhraseList read(String lines) {
        List<Phrase> phrases = new ArrayList<>();
        List<Pattern> allowed = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", 2);
            if (columns[0].equals(ALLOW)) {
                allowed.add(Pattern.compile(columns[1], Pattern.LITERAL));
            } else {
                phrases.add(new Phrase(Pattern.compile(columns[0]), columns[1]));
            }
        }
        return new PhraseList(phrases, allowed);
    }

    List<Hit> findIn(String text) {
        Joined joined = Joined.of(text);
        String masked = joined.text();
        for (Pattern exception : allowed) {
            masked = exception
                    .matcher(masked)
                    .replaceAll(match -> "_".repeat(match.group().length()));
        }
        List<Hit> hits = new ArrayList<>();
        for (Phrase phrase : phrases) {
            Matcher found = phrase.pattern().matcher(masked);
            while (found.find()) {
                hits.add(new Hit(joined.line(found.start()), found.group(), phrase.instead()));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::line));
        return hits;
    }

    /**
     * A text in one line.
     *
     * @param starts for each line, the position in the text at which it begins
     */
    private record Joined(String text, List<Integer> starts) {

        static Joined of(String lines) {
            StringBuilder text = new StringBuilder();
            List<Integer> starts = new ArrayList<>();
            starts.add(0);
            Matcher lineBreak = BREAK.matcher(lines);
            int from = 0;
            while (lineBreak.find()) {
                text.append(lines, from, lineBreak.start()).append(' ');
                lineBreak.group().chars().filter(c -> c == '\n').forEach(c -> starts.add(text.length()));
                from = lineBreak.end();
            }
            return new Joined(text.append(lines, from, lines.length()).toString(), starts);
        }

        int line(int position) {
            return (int) starts.stream().filter(start -> start <= position).count();
        }
    }
}
