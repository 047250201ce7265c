package dev.offshoot.web;

import static dev.offshoot.web.Html.attr;
import static dev.offshoot.web.Html.cls;
import static dev.offshoot.web.Html.el;
import static dev.offshoot.web.Html.text;

import dev.offshoot.access.Session;
import dev.offshoot.web.Html.Name;

/** What all pages have around their content: head, a way past the header, who is signed in. */
final class Frame {
    private Frame() {}

    /** A page for somebody who is signed in. */
    static Html page(Session session, String title, Html... content) {
        return document(title, header(session), content);
    }

    /** A page for whoever is there. */
    static Html open(String title, Html... content) {
        return document(title, el(Tag.HEADER, cls("top"), brand()), content);
    }

    private static Html document(String title, Html header, Html... content) {
        return el(
                Tag.HTML,
                attr(Name.LANG, "en"),
                el(
                        Tag.HEAD,
                        el(Tag.META, attr(Name.CHARSET, "utf-8")),
                        el(
                                Tag.META,
                                attr(Name.NAME, "viewport"),
                                attr(Name.CONTENT, "width=device-width, initial-scale=1")),
                        el(Tag.TITLE, title + " – Offshoot"),
                        el(Tag.LINK, attr(Name.REL, "icon"), attr(Name.HREF, Assets.ICON)),
                        el(Tag.LINK, attr(Name.REL, "stylesheet"), attr(Name.HREF, Assets.STYLE)),
                        el(Tag.SCRIPT, attr(Name.SRC, Assets.SCRIPT), attr(Name.DEFER, ""))),
                el(
                        Tag.BODY,
                        el(Tag.A, cls("skip"), attr(Name.HREF, "#content"), text("Skip to the content")),
                        header,
                        Html.all(content)));
    }

    private static Html brand() {
        return el(Tag.A, cls("brand"), attr(Name.HREF, Link.HOME), text("Offshoot"));
    }

    private static Html header(Session session) {
        return el(
                Tag.HEADER,
                cls("top"),
                brand(),
                el(
                        Tag.DIV,
                        cls("who"),
                        Html.foreign(session.person().name()),
                        form(session, Link.SESSION_END, el(Tag.BUTTON, cls("quiet"), text("Sign out")))));
    }

    /** A form that changes something; it carries the session's token. */
    static Html form(Session session, Link target, Html... content) {
        return el(
                Tag.FORM,
                attr(Name.METHOD, "post"),
                attr(Name.ACTION, target),
                hidden(Form.TOKEN, session.formToken()),
                Html.all(content));
    }

    /** A value that a form sends along. */
    static Html hidden(String name, String value) {
        return el(Tag.INPUT, attr(Name.TYPE, "hidden"), attr(Name.NAME, name), attr(Name.VALUE, value));
    }

    /** The main part of a page. */
    static Html main(String classes, Html... content) {
        return el(Tag.MAIN, cls(classes), attr(Name.ID, "content"), attr(Name.TABINDEX, "-1"), Html.all(content));
    }
}
