package dev.offshoot.web;

import dev.offshoot.model.BranchName;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import dev.offshoot.wire.Admission;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.config.MultipartConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Takes files from forms, counted and in memory: a document can hold secrets, which have no place in a folder for temporary files. */
final class Uploads {
    private static final int FIELDS = 64 << 10;
    private static final int NAME = 200;

    private final DocumentLimit limit;
    private final Admission admission;

    Uploads(DocumentLimit limit, Admission admission) {
        this.limit = limit;
        this.admission = admission;
    }

    /** What the server that reads the forms has to hold to. */
    void configure(MultipartConfig config) {
        config.maxFileSize(limit.most(), SizeUnit.BYTES);
        config.maxTotalRequestSize((long) limit.most() + FIELDS, SizeUnit.BYTES);
        config.maxInMemoryFileSize(limit.most(), SizeUnit.BYTES);
    }

    /** Size of the largest file that can be sent, indented or not. */
    int most() {
        return limit.most();
    }

    /**
     * The file of a form.
     *
     * @throws Failure {@code BODY_TOO_LARGE}, or {@code INVALID_PARAMETER} when there is none
     */
    Draft.Sent take(Visit visit) {
        Context ctx = visit.ctx();
        long announced = ctx.req().getContentLengthLong();
        if (announced > (long) limit.most() + FIELDS) {
            throw limit.tooLarge();
        }
        try (Admission.Pass room = admission.admit(announced < 0 ? limit.bytes() : announced)) {
            return read(visit);
        }
    }

    private Draft.Sent read(Visit visit) {
        Form form;
        UploadedFile file;
        try {
            form = visit.form();
            file = visit.ctx().uploadedFile(ImportForms.FILE);
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException unreadable) {
            // Jetty has no exception of its own for what is too large.
            throw visit.ctx().req().getContentLengthLong() < 0
                    ? limit.tooLarge()
                    : Failure.of(
                            Reason.INVALID_PARAMETER, ImportForms.FILE, "the form cannot be read", "send it again");
        }
        if (file == null || file.size() == 0) {
            throw Visit.refused(
                    ImportForms.FILE, "no file came, or an empty one", "choose the export of your platform");
        }
        BranchName branch = form.required(ImportForms.BRANCH, BranchName::new);
        byte[] document = bytes(file);
        limit.check(document);
        return Draft.Sent.of(branch, name(file.filename()), document);
    }

    private static byte[] bytes(UploadedFile file) {
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the eye only. Some browsers send the folders, too. */
    private static String name(String sent) {
        String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        return last.substring(0, last.offsetByCodePoints(0, Math.min(NAME, last.codePointCount(0, last.length()))));
    }
}
