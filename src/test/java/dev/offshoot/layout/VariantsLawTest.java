package dev.offshoot.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.format.JsonReader;
import dev.offshoot.model.Reason;
import dev.offshoot.testing.Corpus;
import dev.offshoot.testing.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Documents that nobody has sent yet obey the laws: those of ours and the real ones, changed as other versions and instances would. {@code
 * -Dvariants=N} makes N times as many; {@link VariantCampaign} looks for causes.
 */
class VariantsLawTest {
    private static final int TIMES = Integer.getInteger("variants", 1);
    private static final Set<Reason> REFUSALS =
            Set.of(Reason.UNKNOWN_PLATFORM, Reason.WRONG_ENVELOPE, Reason.LIMIT_EXCEEDED);
    /** Large documents differ from others in number, not in kind. */
    private static final int ORDINARY = 40_000;

    private final VariantLaws laws = new VariantLaws(new LayoutEngine(Layouts.bundled()));

    @Test
    void variantsOfOurDocumentsObeyTheLaws() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("golden", "sample", "appbuilder", "appsmith")) {
            files.addAll(json(Path.of("src/test/resources/" + folder)));
        }
        assertThat(broken(files, 16)).isEmpty();
    }

    @Test
    void variantsOfRealDocumentsObeyTheLaws() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path file : Corpus.json("")) {
            if (Files.size(file) < ORDINARY && !file.toString().contains("BROKEN")) {
                files.add(file);
            }
        }
        assertThat(broken(files, 2)).isEmpty();
    }

    private List<String> broken(List<Path> files, int each) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : files) {
            Variants variants = new Variants(JsonReader.read(Files.readAllBytes(file)));
            long most = (long) each * TIMES / (Files.size(file) > ORDINARY ? 4 : 1);
            for (long seed = 0; seed < most; seed++) {
                long n = seed;
                variants.of(seed).ifPresent(v -> {
                    VariantLaws.Outcome outcome = laws.check(v.document(), n, v.likely());
                    outcome.refused()
                            .filter(r -> !REFUSALS.contains(r))
                            .ifPresent(r -> broken.add(file + ", seed " + n + " [" + v.done() + "]: refused as " + r));
                    outcome.broken().ifPresent(b -> broken.add(file + ", seed " + n + " [" + v.done() + "]: " + b));
                });
            }
        }
        return broken;
    }

    private static List<Path> json(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
    }
}
