package dev.offshoot.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Sample;
import dev.offshoot.testing.ServerProcess;
import dev.offshoot.testing.TinyApp;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asked to stop, a server answers those whom it has begun to listen to, and then ends without a word of complaint. */
class GracefulStopTest {
    private static final String IMPORTS = "/api/workspaces/team/imports";

    @TempDir
    Path data;

    @Test
    void aRequestUnderWayIsAnsweredBeforeTheEnd() throws Exception {
        byte[] body = TinyApp.bytes("Late", 1, "x");
        ServerProcess server = ServerProcess.start(data);
        server.client()
                .post("/api/workspaces", "{\"name\": \"team\"}".getBytes(StandardCharsets.UTF_8))
                .expect(201);
        server.client().post(IMPORTS, Sample.crmBytes()).expect(201);
        URI address = server.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(("POST " + IMPORTS + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nAuthorization: Bearer "
                            + ServerProcess.TOKEN + "\r\nContent-Length: " + body.length
                            + "\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            // The server says so when it begins to read: from here on the request is under way.
            assertThat(new String(in.readNBytes("HTTP/1.1 100".length()), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");
            server.askToStop();
            out.write(body);
            out.flush();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("HTTP/1.1 201");
        }
        server.close();
        assertThat(server.log()).doesNotContain("Exception", "\tat ");

        try (ServerProcess again = ServerProcess.start(data)) {
            assertThat(SameJson.differences(
                            Sample.crm(),
                            again.client()
                                    .get("/api/workspaces/team/definitions/tooljet/apps/CRM/export")
                                    .expect(200)
                                    .value()))
                    .isEmpty();
            again.client()
                    .get("/api/workspaces/team/definitions/tooljet/apps/Late/export")
                    .expect(200);
        }
    }
}
