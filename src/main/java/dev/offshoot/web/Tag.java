package dev.offshoot.web;

import java.util.Locale;

/** The elements our pages are made of. None of them holds code: scripts and styles are files of their own. */
enum Tag {
    A,
    BDI,
    BODY,
    BUTTON,
    CODE,
    DD,
    DETAILS,
    DIV,
    DL,
    DT,
    FIELDSET,
    FOOTER,
    FORM,
    H1,
    H2,
    H3,
    HEAD,
    HEADER,
    HTML,
    INPUT(true),
    LABEL,
    LEGEND,
    LI,
    LINK(true),
    MAIN,
    META(true),
    NAV,
    OL,
    OPTION,
    P,
    SCRIPT,
    SECTION,
    SELECT,
    SPAN,
    STRONG,
    SUMMARY,
    TABLE,
    TBODY,
    TD,
    TH,
    THEAD,
    TIME,
    TITLE,
    TR,
    UL;

    private final boolean alone;

    Tag() {
        this(false);
    }

    Tag(boolean alone) {
        this.alone = alone;
    }

    /** True for elements without content and end tag. */
    boolean isAlone() {
        return alone;
    }

    /** True for the one whose content is not read as text. */
    boolean holdsCode() {
        return this == SCRIPT;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
