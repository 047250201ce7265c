package dev.offshoot.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.format.JsonObject;
import dev.offshoot.format.JsonString;
import dev.offshoot.format.JsonValue;
import dev.offshoot.model.Failure;
import dev.offshoot.model.Problem;
import dev.offshoot.model.Reason;
import dev.offshoot.model.TreePath;
import dev.offshoot.testing.FlowRunnerDocs;
import dev.offshoot.testing.LocalWorkspace;
import dev.offshoot.testing.Loose;
import dev.offshoot.testing.SameJson;
import dev.offshoot.testing.Shed;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How FlowRunner imports: a test for each row of the table in docs/platforms/flowrunner.md. */
class FlowRunnerImportTest {
    private static final TreePath FLOW = TreePath.of("flowrunner/flows/Approval");
    private static final RuleName NEW_VERSION = new RuleName("new-version");
    private static final RuleName NEXT_STATE = new RuleName("next-state");
    private static final RuleName NEW_FLOW = new RuleName("new-flow");
    private static final Set<String> IDS = Set.of("id", "flowId", "flowGroupId");

    @TempDir
    Path data;

    private LocalWorkspace workspace;

    @BeforeEach
    void open() {
        workspace = new LocalWorkspace(data);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void intoAFlowItBecomesTheNextVersion() {
        JsonObject first = flow(1, "Approval", "1");
        workspace.add(first);
        workspace.add(flow(1, "Approval", "9").with("description", JsonValue.of("nine")));
        JsonObject sent = flow(2, "Called otherwise", "4");
        Receipt receipt = workspace.add(sent, r -> r.by(NEW_VERSION).into(FLOW));
        assertThat(receipt.plan().document()).isEqualTo(FLOW);
        JsonObject stored = (JsonObject) workspace.export(FLOW, "10");
        assertThat(stored.text("name")).contains("Approval");
        assertThat(stored.text("flowId")).isEqualTo(first.text("flowId"));
        assertSame(
                sent.with("version", JsonValue.of("10"))
                        .with("name", JsonValue.of("Approval"))
                        .with("flowId", first.get("flowId").orElseThrow())
                        .with("flowGroupId", first.get("flowGroupId").orElseThrow())
                        .with("status", JsonValue.of("READY")),
                stored);
        assertSame(first, workspace.export(FLOW, "1"));
        assertThat(normalisations(receipt))
                .anyMatch(n -> n.startsWith("version: "))
                .anyMatch(n -> n.startsWith("kept: "));
    }

    @Test
    void theModeForVersionsIsTheSameRuleAndFindsTheFlowItself() {
        workspace.add(flow(1, "Approval", "1"));
        Receipt receipt = workspace.add(flow(1, "Approval", "1"), w -> w.as(ImportMode.VERSION));
        assertThat(receipt.plan().document()).isEqualTo(FLOW);
        assertThat(((JsonObject) workspace.export(FLOW, "2")).text("version")).contains("2");
        assertThatThrownBy(() -> workspace.add(flow(2, "Unknown", "1"), w -> w.as(ImportMode.VERSION)))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThatThrownBy(() -> workspace.add(Shed.toolShed(), w -> w.as(ImportMode.VERSION)))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_PARAMETER))
                .hasMessageContaining("appbuilder");
    }

    @Test
    void aVersionOfTheSameIdsIsAnExactReplicaWithItsOwn() {
        JsonObject first = flow(1, "Approval", "1");
        workspace.add(first);
        Receipt receipt = workspace.add(first, r -> r.by(NEW_VERSION).into(FLOW));
        JsonObject second = (JsonObject) workspace.export(FLOW, "2");
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("new-ids: "));
        assertThat(second.get("id")).isNotEqualTo(first.get("id"));
        assertThat(SameJson.differences(
                        Loose.of(
                                ((JsonObject) workspace.stored(first))
                                        .with("version", JsonValue.of("2"))
                                        .with("status", JsonValue.of("READY")),
                                IDS),
                        Loose.of(second, IDS)))
                .isEmpty();
        assertSame(first, workspace.export(FLOW, "1"));
    }

    @Test
    void asANewFlowItHasVersionOneAndAFreeName() {
        workspace.add(flow(1, "Approval", "3"));
        Receipt receipt = workspace.add(flow(2, "Approval", "7"), r -> r.by(NEW_FLOW));
        JsonObject stored = (JsonObject) workspace.export(receipt.plan().document());
        assertThat(stored.text("name")).contains("Approval (1)");
        assertThat(stored.text("version")).contains("1");
        assertThat(workspace
                        .add(flow(3, "Approval", "7"), r -> r.by(NEW_FLOW))
                        .plan()
                        .definitions())
                .extracting(Plan.Step::name)
                .contains("Approval (2)");
        assertSame(flow(1, "Approval", "3"), workspace.export(FLOW, "3"));
    }

    @Test
    void asTheNextStateOfAVersionOnlyWhatChangedIsInTheCommit() {
        JsonObject one = flow(1, "Approval", "1");
        JsonObject two = flow(1, "Approval", "2").with("id", JsonValue.of("AAAAAAAA-0000-4000-8000-000000000001"));
        workspace.add(one);
        workspace.add(two, r -> r.into(FLOW));
        Receipt receipt = workspace.add(
                one.with("description", JsonValue.of("other words")),
                r -> r.by(NEXT_STATE).into(FLOW));
        assertThat(receipt.plan().files().changes().keySet())
                .extracting(TreePath::value)
                .containsExactly("flowrunner/flows/Approval/versions/1/version.yaml");
        assertThat(((JsonObject) workspace.export(FLOW, "1")).text("description"))
                .contains("other words");
        workspace.add(
                one.with("description", JsonValue.of("as two")),
                r -> r.by(NEXT_STATE).into(FLOW).only(List.of("2")));
        assertThat(((JsonObject) workspace.export(FLOW, "2")).text("description"))
                .contains("as two");
        assertThatThrownBy(() ->
                        workspace.add(one, r -> r.by(NEXT_STATE).into(FLOW).only(List.of("5"))))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.NOT_FOUND))
                .hasMessageContaining("5");
    }

    @Test
    void itIsReadyAndNeverLive() {
        JsonObject live = flow(1, "Approval", "1").with("status", JsonValue.of("LIVE"));
        Receipt receipt = workspace.add(live, r -> r.by(NEW_FLOW));
        assertThat(((JsonObject) workspace.export(FLOW)).text("status")).contains("READY");
        assertThat(normalisations(receipt)).anyMatch(n -> n.startsWith("reset: "));
        workspace.add(live, r -> r.by(NEW_VERSION).into(FLOW));
        assertThat(((JsonObject) workspace.export(FLOW, "2")).text("status")).contains("READY");
        workspace.add(live, r -> r.by(NEXT_STATE).into(FLOW));
        assertThat(((JsonObject) workspace.export(FLOW, "1")).text("status")).contains("READY");
    }

    @Test
    void otherVersionsStayAsTheyAre() {
        workspace.add(flow(1, "Approval", "1"));
        workspace.add(flow(1, "Approval", "2").with("description", JsonValue.of("two")), r -> r.into(FLOW));
        assertSame(flow(1, "Approval", "1"), workspace.export(FLOW, "1"));
        assertThat(((JsonObject) workspace.export(FLOW, "2")).text("description"))
                .contains("two");
    }

    @Test
    void aRuleThatNeedsAFlowSaysSo() {
        assertThatThrownBy(() -> workspace.add(flow(1, "Approval", "1"), r -> r.by(NEW_VERSION)))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_PARAMETER));
        assertThatThrownBy(() -> workspace.add(flow(1, "Approval", "1"), r -> r.by(new RuleName("new-app"))))
                .hasMessageContaining("new-flow, new-version, next-state");
    }

    @Test
    void theExportIsTheNormalisedDocument() {
        for (int seed = 1; seed <= 12; seed++) {
            JsonObject sent = FlowRunnerDocs.full(seed)
                    .with("name", JsonValue.of("Flow " + seed))
                    .with("version", new JsonString("5"))
                    .with("status", new JsonString("LIVE"));
            Receipt receipt = workspace.add(sent, r -> r.by(NEW_FLOW));
            assertSame(
                    sent.with("version", JsonValue.of("1")).with("status", JsonValue.of("READY")),
                    workspace.export(receipt.plan().document()));
        }
    }

    private void assertSame(JsonValue expected, JsonValue actual) {
        assertThat(SameJson.differences(workspace.stored(expected), actual)).isEmpty();
    }

    private static JsonObject flow(int seed, String name, String version) {
        return FlowRunnerDocs.full(seed)
                .with("name", JsonValue.of(name))
                .with("version", JsonValue.of(version))
                .with("status", JsonValue.of("READY"));
    }

    private static List<String> normalisations(Receipt receipt) {
        return receipt.plan().normalisations().stream().map(Problem::message).toList();
    }
}
