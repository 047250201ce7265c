package dev.offshoot.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Entity;
import dev.offshoot.layout.FilePlace;
import dev.offshoot.layout.FilePlace.Part;
import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.model.FileTree;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.GoldenTree;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which entity a file belongs to. */
class PlacesTest {
    private final FileTree sample = GoldenTree.read(Path.of("sample-repo"));
    private final Places places =
            new Places(Layouts.bundled(), path -> sample.find(path).isPresent());

    private FilePlace at(String path) {
        return places.of(TreePath.of(path));
    }

    @Test
    void everyFileOfTheSampleBelongsToSomethingThatIsThere() {
        sample.forEach((path, content) -> {
            if (path.segments().size() > 1) {
                Entity entity = at(path.value()).entity();
                assertThat(entity.kind()).as(path.value()).isNotEqualTo(Entity.FILE);
                if (!entity.kind().equals(Entity.DOCUMENT)) {
                    assertThat(sample.find(entity.main())).as(path.value()).isPresent();
                }
            }
        });
    }

    @Test
    void tellsKindOwnerAndPart() {
        FilePlace sql = at("tooljet/apps/CRM/versions/v2/queries/listOpenRepairs.sql");
        assertThat(sql.entity()).hasToString("query tooljet/apps/CRM/versions/v2/queries/listOpenRepairs");
        assertThat(sql.entity().owner().orElseThrow()).hasToString("version tooljet/apps/CRM/versions/v2");
        assertThat(sql.entity().definition()).hasToString("app tooljet/apps/CRM");
        assertThat(sql.part()).isEqualTo(new Part.Text(".sql"));
        assertThat(at("tooljet/datasources/workshop.yaml").entity())
                .hasToString("datasource tooljet/datasources/workshop");
        assertThat(at("flowrunner/flows/Pickup-reminder/versions/1/elements.order"))
                .satisfies(p -> assertThat(p.entity().kind()).isEqualTo("version"))
                .satisfies(p -> assertThat(p.part()).isEqualTo(new Part.Order("elements")));
        assertThat(at("flowrunner/flows/Pickup-reminder/versions/1/schedule.yaml")
                        .part())
                .isEqualTo(new Part.Side("schedule", false));
    }

    @Test
    void aHalfSpeaksOfTheEntityOfTheBase() {
        FilePlace half = at("appsmith/apps/Workshop-Counter/published/pages/Orders/widgets/Title.yaml");
        assertThat(half.half()).contains("published");
        assertThat(half.entity())
                .isEqualTo(at("appsmith/apps/Workshop-Counter/pages/Orders/widgets/Title.yaml")
                        .entity());
        assertThat(half.entity()).hasToString("widget appsmith/apps/Workshop-Counter/pages/Orders/widgets/Title");
        assertThat(at("appsmith/apps/Workshop-Counter/pages/Orders/jsobjects/Orders.functions.yaml")
                        .part())
                .isEqualTo(new Part.Entries("functions"));
    }

    @Test
    void aLineSpeaksOfAnEntity() {
        FilePlace lines = at("appsmith/apps/Workshop-Counter/pages/Orders/arrangement.yaml");
        assertThat(places.ofLine(lines, "Details#NotesTab"))
                .isEqualTo(at("appsmith/apps/Workshop-Counter/pages/Orders/widgets/Details.yaml")
                        .entity());
        assertThat(places.ofLine(lines, ".")).isEqualTo(lines.entity());
    }

    @Test
    void anAddressIsThatOfAnEntity() {
        sample.forEach((path, content) -> {
            Entity entity = at(path.value()).entity();
            if (entity.owner().isPresent()) {
                assertThat(places.at(entity.address())).as(path.value()).isEqualTo(entity);
            }
        });
        assertThat(places.at(TreePath.of("tooljet/tables/orders")).kind()).isEqualTo("table");
        assertThat(places.at(TreePath.of("tooljet/apps/CRM")).kind()).isEqualTo("app");
    }

    @Test
    void whatNoKindHasAPlaceForIsAFile() {
        assertThat(at("README.md").entity().kind()).isEqualTo(Entity.FILE);
        assertThat(at("tooljet/apps/CRM/notes/x.txt").entity().kind()).isEqualTo(Entity.FILE);
        assertThat(at("tooljet/apps/CRM/notes/x.txt").entity().definition()).hasToString("app tooljet/apps/CRM");
    }
}
