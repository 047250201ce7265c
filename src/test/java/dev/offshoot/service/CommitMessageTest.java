package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Places;
import dev.offshoot.model.TreePath;
import dev.offshoot.service.Changes.Action;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitMessageTest {
    private static final TreePath CRM = TreePath.of("tooljet/apps/CRM");
    private static final Places PLACES = new Places(Layouts.bundled(), path -> true);
    private final TreeMap<TreePath, Action> files = new TreeMap<>();

    private CommitMessageTest file(String path, Action action) {
        files.put(CRM.child(path), action);
        return this;
    }

    private String updated() {
        return CommitMessage.updated("CRM", Changes.of(files, PLACES));
    }

    @Test
    void namesWhatIsAloneAndCountsTheRest() {
        file("versions/v1/queries/list.sql", Action.CHANGED);
        file("versions/v1/queries/find.yaml", Action.CHANGED);
        file("versions/v1/pages/Home/components/table1.yaml", Action.CREATED);
        assertThat(updated()).isEqualTo("Update CRM: 2 queries changed, table1 added on page Home");
    }

    @Test
    void anEntityOfTwoFilesIsOne() {
        file("versions/v1/queries/list.sql", Action.CHANGED);
        file("versions/v1/queries/list.yaml", Action.CHANGED);
        assertThat(updated()).isEqualTo("Update CRM: query list changed");
    }

    @Test
    void aSourceTextThatComesOrGoesChangesItsEntity() {
        file("versions/v1/queries/list.sql", Action.DELETED);
        file("versions/v1/queries/list.yaml", Action.CHANGED);
        assertThat(updated()).isEqualTo("Update CRM: query list changed");
    }

    @Test
    void foldersOfEntitiesAreEntities() {
        file("versions/v2/version.yaml", Action.CREATED);
        file("versions/v2/pages/Home/page.yaml", Action.CREATED);
        file("versions/v2/definition.yaml", Action.CREATED);
        file("app.yaml", Action.CHANGED);
        assertThat(updated()).isEqualTo("Update CRM: app CRM changed, page Home added, version v2 added");
    }

    @Test
    void sharedDefinitionsAreNamedInWords() {
        files.put(TreePath.of("tooljet/datasources/postgres.yaml"), Action.CHANGED);
        String message = CommitMessage.updated("CRM", Changes.of(files, PLACES));
        assertThat(message).isEqualTo("Update CRM: data source postgres changed");
    }

    @Test
    void ordersAreNamedAsSuch() {
        file("versions/v1/pages.order", Action.CHANGED);
        assertThat(updated()).isEqualTo("Update CRM: order of pages changed");
    }

    @Test
    void whatIsDeployedIsSaidOfTheEntityItself() {
        String app = "appsmith/apps/Shop/";
        files.put(TreePath.of(app + "pages/Home/widgets/Table1.yaml"), Action.CHANGED);
        files.put(TreePath.of(app + "published/pages/Home/widgets/Table1.yaml"), Action.CREATED);
        files.put(TreePath.of(app + "published/pages/Home/queries/find.sql"), Action.DELETED);
        assertThat(updated())
                .isEqualTo("Update CRM: query find changed on page Home, widget Table1 changed on page Home");
    }

    @Test
    void isOneLineWhateverTheNames() {
        file("app.yaml", Action.CREATED);
        String message = CommitMessage.added("a\nb\r\u0000c\u2028" + "x".repeat(300), Changes.of(files, PLACES), "app");
        assertThat(message.lines()).hasSize(1);
        assertThat(message).startsWith("Add a b").hasSizeLessThan(120);
    }

    @Test
    void manyGroupsAreCutShort() {
        for (int i = 0; i < 3; i++) {
            file("versions/v1/queries/q" + i + ".yaml", Action.CHANGED);
            file("versions/v1/pages/p" + i + "/page.yaml", Action.CREATED);
            file("versions/v1/pages/p" + i + "/components/c.yaml", Action.CREATED);
            file("versions/v1/datasources/d" + i + ".yaml", Action.DELETED);
        }
        file("versions/v1/version.yaml", Action.CHANGED);
        file("app.yaml", Action.CHANGED);
        assertThat(updated()).endsWith(" and 2 other changes").hasSizeLessThan(140);
    }
}
