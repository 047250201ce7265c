package dev.offshoot.wire;

/** Names of files that clients are offered. */
public final class Download {
    private Download() {}

    /** The {@code Content-Disposition} for every client (RFC 6266): plain ASCII for old ones, the real name encoded. */
    public static String disposition(String fileName) {
        StringBuilder plain = new StringBuilder();
        fileName.codePoints()
                .map(c -> c < 32 || c > 126 || "\"\\/%;".indexOf(c) >= 0 ? '_' : c)
                .forEach(plain::appendCodePoint);
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + Percent.encode(fileName);
    }
}
