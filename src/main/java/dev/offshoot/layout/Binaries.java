package dev.offshoot.layout;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files that stand in a document as base64: beside the record, as what they are, when decoding loses nothing. */
final class Binaries {
    private static final String PLAIN = "bin";
    private static final List<String> OURS = List.of("yaml", "yml");

    private Binaries() {}

    /** What a text encodes; empty unless encoding that again gives the same text. */
    static Optional<byte[]> decode(String text) {
        if (text.isEmpty() || text.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The suffix of the side file: that of the file name in the record where it is a simple one. */
    static String suffix(Kind kind, JsonObject record) {
        String name = kind.binary()
                .flatMap(Kind.Binary::name)
                .flatMap(p -> p.get(record))
                .filter(JsonString.class::isInstance)
                .flatMap(Values::text)
                .orElse("");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean simple = extension.length() < name.length()
                && !extension.isEmpty()
                && extension.length() <= 10
                && extension.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
                && !OURS.contains(extension);
        String suffix = "." + (simple ? extension : PLAIN);
        return kind.texts().stream().anyMatch(t -> t.suffix().equals(suffix)) ? "." + PLAIN : suffix;
    }
}
