package dev.offshoot.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Which characters of a true name may stand in a file name. The table is frozen at Unicode 13 (Java 17): asking the running
 * Java instead would give one entity different file names on different machines.
 */
final class NameCharacters {
    private static final BitSet LETTERS = new BitSet(0x31400);
    private static final BitSet MARKS = new BitSet(0x1f000);

    static {
        try (InputStream in = NameCharacters.class.getResourceAsStream("name-characters.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (!line.startsWith("#")) {
                    for (String range : line.split(" ")) {
                        read(range);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NameCharacters() {}

    private static void read(String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(range.substring(1, dash < 0 ? range.length() : dash), 16);
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), 16);
        (range.charAt(0) == 'M' ? MARKS : LETTERS).set(first, last + 1);
    }

    static boolean isLetterOrDigit(int codePoint) {
        return LETTERS.get(codePoint);
    }

    static boolean isMark(int codePoint) {
        return MARKS.get(codePoint);
    }

    /** True where a cut before this character would tear what people see as one: marks, and the inner letters of a Hangul syllable. */
    static boolean continuesCharacter(int codePoint) {
        return isMark(codePoint)
                || (codePoint >= 0x1161 && codePoint <= 0x11ff)
                || (codePoint >= 0xd7b0 && codePoint <= 0xd7ff);
    }
}
