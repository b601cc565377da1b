package io.github.defenderreactive.runtime.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One block of a PEM text (RFC 7468). The text may contain anything before, between and after the blocks, and may have
 * any line ends or none, because some secret stores remove them.
 *
 * @since 0.1.0
 */
public final class PemBlock {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private final String label;
    private final String content;

    private PemBlock(String label, String content) {
        this.label = label;
        this.content = content;
    }

    /**
     * Returns whether bytes are a PEM text, in an encoding that includes ASCII.
     *
     * @param bytes the content of a file
     * @return true if the content has the start of a block
     */
    public static boolean isIn(byte[] bytes) {
        return text(bytes).contains(BEGIN);
    }

    /**
     * Reads the blocks of a text.
     *
     * @param bytes the content of a file
     * @return the blocks in their order
     * @throws FileProblem if a block has no end
     */
    public static List<PemBlock> all(byte[] bytes) throws FileProblem {
        String text = text(bytes);
        List<PemBlock> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelStart = at + BEGIN.length();
            int labelEnd = text.indexOf(DASHES, labelStart);
            if (labelEnd < 0) {
                throw new FileProblem("it is truncated within the first line of a block");
            }
            String label = text.substring(labelStart, labelEnd).strip();
            int contentStart = labelEnd + DASHES.length();
            int contentEnd = text.indexOf(DASHES, contentStart);
            String end = DASHES + "END " + label + DASHES;
            if (contentEnd < 0 || !text.startsWith(end, contentEnd)) {
                throw new FileProblem("its block BEGIN " + shown(label) + " has no END: it is truncated");
            }
            blocks.add(new PemBlock(label, text.substring(contentStart, contentEnd)));
            at = text.indexOf(BEGIN, contentEnd + end.length());
        }
        return blocks;
    }

    /** Comments may be in any encoding; only ASCII matters. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String shown(String label) {
        return label.length() > 40 || !label.matches("[A-Z0-9 #-]*") ? "of an unknown kind" : label;
    }

    /**
     * Returns the kind of the block.
     *
     * @return the words between {@code BEGIN} and the dashes
     */
    public String label() {
        return label;
    }

    /**
     * Returns the text between the two lines.
     *
     * @return the text, with line ends in place of the characters {@code \n}
     */
    public String content() {
        return content.replace("\\r", "").replace("\\n", "\n");
    }

    /**
     * Returns the bytes of the block. Lines with a colon before the Base64 text are ignored.
     *
     * @return the bytes
     * @throws FileProblem if the text is not Base64
     */
    public byte[] bytes() throws FileProblem {
        String encoded = content();
        int colon = encoded.lastIndexOf(':');
        int lineEnd = colon < 0 ? -1 : encoded.indexOf('\n', colon);
        return decoded(lineEnd < 0 ? encoded : encoded.substring(lineEnd));
    }

    /**
     * Decodes Base64 text, with or without line ends.
     *
     * @param text the text
     * @return the bytes
     * @throws FileProblem if the text is not Base64
     */
    public byte[] decoded(String text) throws FileProblem {
        try {
            return Base64.getDecoder().decode(BLANK.matcher(text).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new FileProblem("its block BEGIN " + shown(label) + " is damaged: it is not Base64");
        }
    }

    /**
     * Returns whether the block is a certificate.
     *
     * @return true if it is one certificate
     */
    public boolean isCertificate() {
        return switch (label.toUpperCase(Locale.ROOT)) {
            // the first is the current name; OpenSSL reads and writes the others too
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> true;
            default -> false;
        };
    }

    /**
     * Returns whether the block is a bundle of certificates.
     *
     * @return true if it is PKCS#7
     */
    public boolean isBundle() {
        return label.equals("PKCS7") || label.equals("CMS");
    }

    /** Returns the kind, without the content. */
    @Override
    public String toString() {
        return "PemBlock[" + shown(label) + "]";
    }
}
