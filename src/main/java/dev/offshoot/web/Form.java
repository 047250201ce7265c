package dev.offshoot.web;

import dev.offshoot.access.Session;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The fields of a form that one of our pages sent. */
final class Form {
    /** Carries what only pages of the same session know. */
    static final String TOKEN = "form";

    private static final int MAX_LENGTH = 4000;

    private final Function<String, List<String>> fields;

    private Form(Function<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * The form, when it was written for this session.
     *
     * @throws Failure {@code FORBIDDEN}
     */
    static Form of(Context ctx, Session session) {
        Form form = ofStranger(ctx);
        form.require(session);
        return form;
    }

    /** The form of somebody who is not signed in yet. */
    static Form ofStranger(Context ctx) {
        return new Form(ctx::formParams);
    }

    private void require(Session session) {
        if (!session.wroteForm(fields.apply(TOKEN).stream().findFirst().orElse(""))) {
            throw Failure.of(
                    Reason.FORBIDDEN,
                    "",
                    "this form was not made for this sign-in",
                    "you may have signed in again meanwhile: open the page anew and send the form once more");
        }
    }

    /** A field without the blanks around it; empty when it is absent or blank. */
    Optional<String> text(String name) {
        return raw(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A field as it was typed, for what blanks may belong to. */
    Optional<String> raw(String name) {
        Optional<String> text = fields.apply(name).stream().findFirst().filter(t -> !t.isEmpty());
        text.filter(t -> t.length() > MAX_LENGTH).ifPresent(t -> {
            throw Visit.refused(name, "longer than " + MAX_LENGTH + " characters", "");
        });
        return text;
    }

    <T> Optional<T> parse(String name, Function<String, T> parser) {
        return text(name).map(text -> Visit.named(name, text, parser));
    }

    <T> T required(String name, Function<String, T> parser) {
        return parse(name, parser).orElseThrow(() -> Visit.refused(name, "the field is empty", "fill it in"));
    }

    /** All values of a field that can be chosen several times. */
    List<String> all(String name) {
        return List.copyOf(fields.apply(name));
    }
}
