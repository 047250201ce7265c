package dev.offshoot.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A piece of a page. What is not an element or attribute of ours is text, and text is written so that it stays text: there is no way to
 * put markup, code or the address of another site on a page.
 */
sealed interface Html {

    /** Text; characters that HTML cannot hold are shown as {@code U+FFFD}. */
    record Text(String value) implements Html {}

    /** Several pieces side by side. */
    record Pieces(List<Html> pieces) implements Html {
        public Pieces {
            pieces = List.copyOf(pieces);
        }
    }

    /** An attribute of the element that it is given to. Those that lead somewhere lead to a place of ours. */
    record Attribute(Name name, String value) implements Html {
        public Attribute {
            if (name.leads() && !Link.isOurs(value)) {
                throw new IllegalArgumentException(name.word() + " leads away");
            }
        }
    }

    /** An element with its attributes and content. */
    record Element(Tag tag, List<Html> content) implements Html {
        public Element {
            content = content.stream().filter(piece -> !piece.equals(NONE)).toList();
            boolean empty = content.stream().allMatch(piece -> piece instanceof Attribute);
            if ((tag.isAlone() || tag.holdsCode()) && !empty) {
                throw new IllegalArgumentException(tag.word() + " has no content");
            }
        }
    }

    /** Nothing. */
    Html NONE = new Pieces(List.of());

    static Html text(String value) {
        return new Text(value);
    }

    static Html all(Html... pieces) {
        return new Pieces(Arrays.asList(pieces));
    }

    static Html all(List<? extends Html> pieces) {
        return new Pieces(List.copyOf(pieces));
    }

    static Html when(boolean condition, Html piece) {
        return condition ? piece : NONE;
    }

    static Element el(Tag tag, Html... content) {
        return new Element(tag, Arrays.asList(content));
    }

    static Element el(Tag tag, String text) {
        return new Element(tag, List.of(new Text(text)));
    }

    /** A text that comes from outside: its direction of writing does not spill over to what stands around it. */
    static Element foreign(String text) {
        return el(Tag.BDI, text);
    }

    static Attribute cls(String names) {
        return new Attribute(Name.CLASS, names);
    }

    static Attribute attr(Name name, String value) {
        return new Attribute(name, value);
    }

    static Attribute attr(Name name, Link place) {
        return new Attribute(name, place.value());
    }

    /** An attribute that is there or not. */
    static Html flag(Name name, boolean there) {
        return when(there, new Attribute(name, ""));
    }

    /** The attributes our pages use. None of them runs anything. */
    enum Name {
        ACCEPT,
        ACTION,
        ARIA_CURRENT,
        ARIA_DESCRIBEDBY,
        ARIA_LABEL,
        ARIA_LABELLEDBY,
        ARIA_LIVE,
        AUTOCAPITALIZE,
        AUTOCOMPLETE,
        AUTOFOCUS,
        CHARSET,
        CHECKED,
        CLASS,
        COLSPAN,
        CONTENT,
        DATA_MOST,
        DATETIME,
        DEFER,
        ENCTYPE,
        FOR,
        HIDDEN,
        HREF,
        ID,
        LANG,
        MAXLENGTH,
        METHOD,
        NAME,
        OPEN,
        PATTERN,
        PLACEHOLDER,
        REL,
        REQUIRED,
        ROLE,
        SCOPE,
        SELECTED,
        SPELLCHECK,
        SRC,
        TABINDEX,
        TITLE,
        TYPE,
        VALUE;

        boolean leads() {
            return this == HREF || this == SRC || this == ACTION;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The page, as it is sent. */
    default byte[] toBytes() {
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        write(this, out);
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Html piece, StringBuilder out) {
        if (piece instanceof Text text) {
            escape(text.value(), out);
        } else if (piece instanceof Pieces several) {
            several.pieces().forEach(one -> write(one, out));
        } else if (piece instanceof Element element) {
            write(element, out);
        } else {
            throw new IllegalStateException("an attribute outside of an element");
        }
    }

    private static void write(Element element, StringBuilder out) {
        List<Html> inside = new ArrayList<>();
        out.append('<').append(element.tag().word());
        for (Html piece : element.content()) {
            if (piece instanceof Attribute attribute) {
                out.append(' ').append(attribute.name().word()).append("=\"");
                escape(attribute.value(), out);
                out.append('"');
            } else {
                inside.add(piece);
            }
        }
        out.append('>');
        if (!element.tag().isAlone()) {
            inside.forEach(piece -> write(piece, out));
            out.append("</").append(element.tag().word()).append('>');
        }
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(isShown(c) ? c : 0xFFFD);
            }
        });
    }

    private static boolean isShown(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean half = Character.getType(c) == Character.SURROGATE;
        return !control && !half;
    }
}
