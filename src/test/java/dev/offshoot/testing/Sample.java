package dev.offshoot.testing;

import dev.offshoot.format.JsonReader;
import dev.offshoot.format.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Our own export documents: the CRM of a bicycle workshop, as a platform would export it. */
public final class Sample {
    private Sample() {}

    /** The ToolJet export with both versions, tables and the module, byte for byte. */
    public static byte[] crmBytes() {
        try (InputStream in = Sample.class.getResourceAsStream("/sample/crm.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonValue crm() {
        return JsonReader.read(crmBytes());
    }
}
