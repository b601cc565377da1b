package io.github.defenderreactive.runtime.internal.key;

import io.github.defenderreactive.runtime.internal.FileProblem;
import io.github.defenderreactive.runtime.internal.GivenText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The password of a file with a key, requested when it is first needed and wiped by {@link #close()}. Programs encode
 * passwords beyond ASCII differently, so there are several encodings to try.
 */
public final class KeyPassword implements AutoCloseable {

    private final @Nullable Supplier<char[]> source;
    private final List<byte[]> made = new ArrayList<>();
    private char @Nullable [] characters;

    /**
     * Creates a password that is not requested yet.
     *
     * @param source the source of the password; null if there is none
     */
    public KeyPassword(@Nullable Supplier<char[]> source) {
        this.source = source;
    }

    private char @Nullable [] characters() {
        if (characters == null && source != null) {
            char[] given = source.get();
            characters = given == null ? new char[0] : GivenText.of(given);
        }
        return characters;
    }

    /** Returns the problem of a password that does not match in any encoding. */
    FileProblem mismatch() {
        char[] known = characters();
        return known == null || known.length == 0
                ? new FileProblem("its key is encrypted and no password is given")
                : new FileProblem("the password is wrong, or the file is damaged. Check the password");
    }

    /** Returns a copy of the password, for code of the JDK. */
    char @Nullable [] copy() {
        char[] known = characters();
        return known == null ? null : known.clone();
    }

    /**
     * Returns the encodings for keys and PBES2: UTF-8 as OpenSSL uses, and characters cut to 8 and 7 bits as Java
     * programs use.
     */
    List<byte[]> bytes() {
        char[] known = characters();
        List<byte[]> forms = new ArrayList<>();
        if (known == null) {
            forms.add(new byte[0]);
            return forms;
        }
        byte[] utf8 = utf8(known);
        add(forms, utf8);
        add(forms, cut(known, 0xFF));
        add(forms, cut(known, 0x7F));
        add(forms, cut(widened(utf8), 0x7F));
        return forms;
    }

    /**
     * Returns the encodings for PKCS#12: UTF-16 followed by a zero, and that of the bytes of the other encodings, as
     * older releases of OpenSSL use. An empty password is encoded with and without the zero.
     */
    List<byte[]> wide() {
        char[] known = characters();
        List<byte[]> forms = new ArrayList<>();
        if (known == null || known.length == 0) {
            forms.add(new byte[2]);
            forms.add(new byte[0]);
            return forms;
        }
        add(forms, utf16(known));
        bytes().forEach(bytes -> add(forms, utf16(widened(bytes))));
        return forms;
    }

    /** Adds an encoding if it is new. All of them are wiped at the end. */
    private void add(List<byte[]> forms, byte[] form) {
        made.add(form);
        if (forms.stream().noneMatch(known -> Arrays.equals(known, form))) {
            forms.add(form);
        }
    }

    private static byte[] utf8(char[] characters) {
        byte[] room = new byte[characters.length * 3];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(characters), encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return bytes;
    }

    private static char[] widened(byte[] bytes) {
        char[] wide = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wide[i] = (char) (bytes[i] & 0xFF);
        }
        return wide;
    }

    private static byte[] cut(char[] characters, int mask) {
        byte[] bytes = new byte[characters.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (characters[i] & mask);
        }
        return bytes;
    }

    private static byte[] utf16(char[] characters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (char character : characters) {
            out.write(character >> 8);
            out.write(character);
        }
        out.write(0);
        out.write(0);
        return out.toByteArray();
    }

    @Override
    public void close() {
        char[] known = characters;
        if (known != null) {
            Arrays.fill(known, '\0');
        }
        made.forEach(form -> Arrays.fill(form, (byte) 0));
    }

    @Override
    public String toString() {
        return "KeyPassword";
    }
}
