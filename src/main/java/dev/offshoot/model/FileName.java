package dev.offshoot.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * The rule for names of files and folders, used by every read and write path: valid on Linux, macOS and Windows, and never
 * mistaken for something of Git's own.
 *
 * <p>Two questions are answered here. {@link #isPortable}: may a name that somebody else chose stand in a tree? {@link #slug}:
 * which name does an entity get? Every slug is portable, needs no quotes in a shell, and never holds a dot, so that what
 * follows the first dot of a file name is always its type. Names for a whole folder: {@link FileNames}.
 */
public final class FileName {
    /** The limit of every common file system, counted in UTF-8. */
    public static final int MAX_BYTES = 255;

    private static final int SLUG_MAX_CHARACTERS = 60;
    private static final int SLUG_MAX_BYTES = 160;
    private static final int CUT_MARK = 5; // ~ and four hexadecimal digits

    /** Windows opens a device under these names, with any extension and in any folder. */
    private static final Set<String> DEVICES = Set.of(
            "con", "prn", "aux", "nul", "conin$", "conout$", //
            "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³", //
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³");

    /** First letters of the short names that NTFS gives to .git, .gitmodules, .gitattributes, .gitignore and .mailmap. */
    private static final Set<String> SHORT_NAMES = Set.of("git", "gitmod", "gitatt", "gitign", "mailma");

    /** What NTFS uses instead when those are taken: a prefix of one of these, {@code ~} and digits, eight characters in all. */
    private static final Set<String> HASHED_SHORT_NAMES = Set.of("gi7eba", "gi7d29", "gi250a", "maba30");

    /** The forbidden ones among the first 64 characters, as bits: control characters and {@code " * / : < > ?}. */
    private static final long FORBIDDEN =
            0xffff_ffffL | 1L << '"' | 1L << '*' | 1L << '/' | 1L << ':' | 1L << '<' | 1L << '>' | 1L << '?';

    private FileName() {}

    /** Refuses a segment that is not portable. */
    public static void require(String segment) {
        String complaint = complaint(segment);
        if (complaint != null) {
            throw Failure.of(
                    Reason.INVALID_PATH, "", "not a portable file name: " + printable(segment), "it " + complaint);
        }
    }

    public static boolean isPortable(String segment) {
        return complaint(segment) == null;
    }

    /**
     * True for names that begin with a dot. They are fine where people keep their own files ({@code .gitattributes}, {@code .github});
     * no definition ever has one.
     */
    public static boolean isHidden(String segment) {
        return segment.startsWith(".");
    }

    /** What is wrong with a segment, or null. Runs for every segment of every path of a tree: one pass and no garbage for ASCII. */
    private static String complaint(String segment) {
        int length = segment.length();
        if (length == 0) {
            return "is empty";
        }
        boolean ascii = true;
        int tilde = -1;
        for (int i = 0; i < length; i++) {
            char c = segment.charAt(i);
            if (c < 64 ? (FORBIDDEN >>> c & 1) != 0 : c == '\\' || c == '|' || c == 127) {
                return c < ' ' || c == 127 ? "holds a control character" : "holds one of \" * / : < > ? \\ |";
            } else if (c == '~') {
                tilde = tilde < 0 ? i : tilde;
            } else if (c >= 128) {
                ascii = false;
            }
        }
        char last = segment.charAt(length - 1);
        if (last == '.' || last == ' ') {
            return "ends with a dot or a space"; // "." and ".." among them
        }
        if (ascii ? length > MAX_BYTES : isTooLong(segment)) {
            return "is longer than " + MAX_BYTES + " bytes";
        }
        if (!ascii) {
            String complaint = unicodeComplaint(segment);
            if (complaint != null) {
                return complaint;
            }
        }
        char first = segment.charAt(0);
        if (first == '.' && isGitsOwn(ascii ? segment : FileNames.fold(segment))) {
            return "is a name of Git's own";
        }
        if (tilde > 0 && isShortName(segment, tilde)) {
            return "is a Windows short name of one of Git's own files";
        }
        if ("cnpalCNPAL".indexOf(first) >= 0 && isDevice(segment)) {
            return "is the name of a Windows device";
        }
        return null;
    }

    private static boolean isTooLong(String segment) {
        return segment.length() * 3 > MAX_BYTES && segment.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    private static String unicodeComplaint(String segment) {
        for (int i = 0, c; i < segment.length(); i += Character.charCount(c)) {
            c = segment.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.SURROGATE:
                    return "holds half a surrogate pair";
                case Character.CONTROL:
                case Character.LINE_SEPARATOR:
                case Character.PARAGRAPH_SEPARATOR:
                    return "holds a control character";
                case Character
                        .FORMAT: // zero width and direction marks: HFS+ ignores them, so .g<U+200C>it would be .git
                    return "holds an invisible format character";
                case Character.PRIVATE_USE: // Cygwin, Samba and macOS use them to smuggle : and \ through
                    return "holds a private use character";
                default:
                    if ((c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)) {
                        return "holds a code point that is no character";
                    }
            }
        }
        return Normalizer.isNormalized(segment, Normalizer.Form.NFC) ? null : "is not in Unicode normal form NFC";
    }

    private static boolean isGitsOwn(String segment) {
        return segment.equalsIgnoreCase(".git") || segment.equalsIgnoreCase(".gitmodules");
    }

    private static boolean isShortName(String segment, int tilde) {
        if (tilde > 6 || tilde + 1 == segment.length()) {
            return false;
        }
        for (int i = tilde + 1; i < segment.length(); i++) {
            if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
                return false;
            }
        }
        String stem = segment.substring(0, tilde).toLowerCase(Locale.ROOT);
        return SHORT_NAMES.contains(stem)
                || (segment.length() == 8 && HASHED_SHORT_NAMES.stream().anyMatch(name -> name.startsWith(stem)));
    }

    private static boolean isDevice(String segment) {
        int end = segment.indexOf('.');
        if (end < 0) {
            end = segment.length();
        }
        while (end > 0 && segment.charAt(end - 1) == ' ') {
            end--;
        }
        return end >= 3
                && end <= 7
                && DEVICES.contains(segment.substring(0, end).toLowerCase(Locale.ROOT));
    }

    /**
     * The file name of an entity, without extension, made from the name that people gave it: any string, lone surrogates and the
     * empty one included. Always portable and without a dot; the same on every machine and Java version. Different names may
     * give the same slug: {@link FileNames#allocate} tells them apart.
     */
    public static String slug(String trueName) {
        String slug = spell(trueName);
        if (slug.isEmpty()) {
            return "_";
        }
        if (slug.length() > SLUG_MAX_CHARACTERS || slug.length() * 3 > SLUG_MAX_BYTES) {
            slug = cut(slug, trueName);
        }
        return isReserved(slug) ? slug + "_" : slug;
    }

    /** Letters, digits, marks, {@code _} and {@code -}; everything else becomes {@code -}. */
    private static String spell(String trueName) {
        StringBuilder kept = new StringBuilder(trueName.length());
        boolean ascii = true;
        for (int i = 0, c; i < trueName.length(); i += Character.charCount(c)) {
            c = trueName.codePointAt(i);
            ascii &= c < 128;
            boolean keep = c == '_' || NameCharacters.isLetterOrDigit(c) || NameCharacters.isMark(c);
            kept.appendCodePoint(keep ? c : '-');
        }
        // Normalised after filtering, so that only characters of the frozen table ever reach the tables of the running
        // Java.
        String name = ascii ? kept.toString() : Normalizer.normalize(kept, Normalizer.Form.NFC);

        StringBuilder slug = new StringBuilder(name.length());
        if (trueName.startsWith("-")) {
            slug.append('_'); // it would be taken for an option
        }
        boolean separator = false;
        for (int i = 0, c; i < name.length(); i += Character.charCount(c)) {
            c = name.codePointAt(i);
            // A mark without a letter to stand on would sit on our own separator, or on the slash before it.
            if (c == '-' || ((separator || slug.length() == 0) && NameCharacters.isMark(c))) {
                separator = true;
            } else {
                if (separator && slug.length() > 0 && !(slug.length() == 1 && trueName.startsWith("-"))) {
                    slug.append('-');
                }
                separator = false;
                slug.appendCodePoint(c);
            }
        }
        return slug.toString();
    }

    /** Shortens what is too long, never within what people see as one character; what was cut off shows as a hash of the whole. */
    private static String cut(String slug, String trueName) {
        int bytes = 0;
        int characters = 0;
        int end = 0; // last good place that leaves room for the hash
        int hardEnd = 0; // the same, for one letter with a hundred marks
        for (int i = 0, c; i < slug.length(); i += Character.charCount(c)) {
            c = slug.codePointAt(i);
            if (characters <= SLUG_MAX_CHARACTERS - CUT_MARK && bytes <= SLUG_MAX_BYTES - CUT_MARK) {
                hardEnd = i;
                end = NameCharacters.continuesCharacter(c) ? end : i;
            }
            characters++;
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
        if (characters <= SLUG_MAX_CHARACTERS && bytes <= SLUG_MAX_BYTES) {
            return slug;
        }
        String head = slug.substring(0, end > 0 ? end : hardEnd);
        head = head.endsWith("-") ? head.substring(0, head.length() - 1) : head;
        return head + "~" + FileNames.hash(trueName).substring(0, CUT_MARK - 1);
    }

    /** Device names, and stems that an ordinal ({@code git~2}) would turn into a short name of Git's own files. */
    private static boolean isReserved(String slug) {
        if (slug.length() > 6) {
            return false;
        }
        String lower = slug.toLowerCase(Locale.ROOT);
        return DEVICES.contains(lower) || SHORT_NAMES.contains(lower) || HASHED_SHORT_NAMES.contains(lower);
    }

    /** A hostile name made fit for a message: nothing invisible, nothing that turns the writing direction, not endless. */
    private static String printable(String segment) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0, c; i < segment.length(); i += Character.charCount(c)) {
            if (i >= 80) {
                text.append('…');
                break;
            }
            c = segment.codePointAt(i);
            if (c < 127 ? c >= ' ' : NameCharacters.isLetterOrDigit(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u{%x}", c));
            }
        }
        return text.append('"').toString();
    }
}
