package dev.offshoot.http;

import dev.offshoot.model.Failure;
import dev.offshoot.wire.DocumentLimit;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads request bodies, counting: the announced length is a hint, the limit holds for what really comes. */
final class Body {
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
            throw DocumentLimit.tooLarge(told);
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
                        throw DocumentLimit.tooLarge(told);
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
     * The whole body as a file, as it comes.
     *
     * @throws Failure {@code BODY_TOO_LARGE} as soon as the limit is passed
     */
    static void readInto(Context ctx, Path file, DocumentLimit limit) throws IOException {
        if (ctx.req().getContentLengthLong() > limit.bytes()) {
            throw limit.tooLarge();
        }
        try (InputStream in = ctx.req().getInputStream();
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            long size = 0;
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                size += n;
                if (size > limit.bytes()) {
                    throw limit.tooLarge();
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /**
     * A document.
     *
     * @throws Failure {@code BODY_TOO_LARGE}
     */
    static byte[] readDocument(Context ctx, DocumentLimit limit) {
        byte[] bytes = read(ctx, limit.most(), limit.bytes());
        limit.check(bytes);
        return bytes;
    }

    /** Length for admission: as announced, or the most it can become. */
    static long expectedSize(Context ctx, DocumentLimit limit) {
        long announced = ctx.req().getContentLengthLong();
        return announced >= 0 ? Math.min(announced, limit.most()) : limit.bytes();
    }
}
