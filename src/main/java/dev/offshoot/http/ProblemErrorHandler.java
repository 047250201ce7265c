package dev.offshoot.http;

import dev.offshoot.wire.Statuses;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses (a malformed request line, too many headers) is a problem document too, without stack or version. */
final class ProblemErrorHandler extends ErrorHandler {
    private final SecureRandom random = new SecureRandom();

    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        byte[] bits = new byte[8];
        random.nextBytes(bits);
        byte[] body = ProblemDocument.plain(code, "http-" + code, message == null ? Statuses.title(code) : message)
                .toBytes(HexFormat.of().formatHex(bits));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
