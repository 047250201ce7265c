package dev.offshoot.http;

import dev.offshoot.model.Failure;
import dev.offshoot.model.Reason;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads request bodies, counting: the announced length is a hint, the limit holds for what really comes. */
final class Body {
    /** How much larger a document is at most for being indented. */
    private static final int INDENTED = 3;

    private Body() {}

    /**
     * The whole body.
     *
     * @throws Failure {@code BODY_TOO_LARGE} as soon as the limit is passed
     */
    static byte[] read(Context ctx, int limit) {
        return read(ctx, limit, limit);
    }

    private static byte[] read(Context ctx, int limit, int told) {
        long announced = ctx.req().getContentLengthLong();
        if (announced > limit) {
            throw tooLarge(told);
        }
        // Knowing the length spares the copies of a growing buffer, which matters at 50 MB.
        byte[] bytes = new byte[announced >= 0 ? (int) announced : Math.min(limit, 64 * 1024)];
        int size = 0;
        try (InputStream in = ctx.req().getInputStream()) {
            while (true) {
                if (size == bytes.length) {
                    int more = in.read();
                    if (more < 0) {
                        return bytes;
                    }
                    if (size == limit) {
                        throw tooLarge(told);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(size + 1L, size * 2L)));
                    bytes[size++] = (byte) more;
                }
                int n = in.read(bytes, size, bytes.length - size);
                if (n < 0) {
                    return Arrays.copyOf(bytes, size);
                }
                size += n;
            }
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /**
     * A document. What only makes it readable is not counted: the export of one that was just small enough is indented, and must
     * be accepted again.
     *
     * @throws Failure {@code BODY_TOO_LARGE} when it is larger without line breaks, indentation and blanks after colons, or several times
     *     as large with them
     */
    static byte[] readDocument(Context ctx, int limit) {
        byte[] bytes = read(ctx, most(limit), limit);
        if (bytes.length > limit && isLarger(bytes, limit)) {
            throw tooLarge(limit);
        }
        return bytes;
    }

    private static int most(int limit) {
        return (int) Math.min(Integer.MAX_VALUE - 8, (long) limit * INDENTED);
    }

    private static boolean isLarger(byte[] bytes, int limit) {
        int counted = 0;
        boolean atStart = true;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            boolean blank = b == ' ' || b == '\t';
            if (b == '\n' || b == '\r') {
                // A string has none that is not escaped.
                atStart = true;
            } else if (!(blank && (atStart || i >= 2 && bytes[i - 1] == ':' && bytes[i - 2] == '"'))) {
                atStart = false;
                counted++;
            }
        }
        return counted > limit;
    }

    /** Length for admission: as announced, or the most it can become. */
    static long expectedSize(Context ctx, int limit) {
        long announced = ctx.req().getContentLengthLong();
        return announced >= 0 ? Math.min(announced, most(limit)) : limit;
    }

    static Failure tooLarge(int limit) {
        return Failure.of(
                Reason.BODY_TOO_LARGE,
                "",
                "the body is larger than the limit of " + limit + " bytes",
                "export fewer versions at once, or raise the limit of the server");
    }
}
