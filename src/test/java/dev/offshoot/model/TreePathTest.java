package dev.offshoot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
    private static final TreePath CRM = TreePath.of("tooljet/apps/crm");

    @Test
    void theRootIsEmptyAndItsOwnParent() {
        assertThat(TreePath.of("")).isSameAs(TreePath.ROOT);
        assertThat(TreePath.ROOT.isRoot()).isTrue();
        assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
        assertThat(TreePath.ROOT.name()).isEmpty();
        assertThat(TreePath.ROOT.segments()).isEmpty();
        assertThat(TreePath.ROOT.child("a/b")).isEqualTo(TreePath.of("a/b"));
        assertThat(TreePath.of("a").parent()).isEqualTo(TreePath.ROOT);
    }

    @Test
    void knowsItsParts() {
        assertThat(CRM.name()).isEqualTo("crm");
        assertThat(CRM.parent()).isEqualTo(TreePath.of("tooljet/apps"));
        assertThat(CRM.segments()).containsExactly("tooljet", "apps", "crm");
        assertThat(CRM.child("app.yaml")).hasToString("tooljet/apps/crm/app.yaml");
        assertThat(CRM.child("")).isSameAs(CRM);
    }

    @ParameterizedTest
    @CsvSource({
        "tooljet/apps/crm, true",
        "tooljet/apps/crm/app.yaml, true",
        "tooljet/apps/crm/versions/v1/version.yaml, true",
        "tooljet/apps/crm2, false",
        "tooljet/apps/crm.yaml, false",
        "tooljet/apps, false",
        "tooljet, false",
        "appsmith/apps/crm, false"
    })
    void isWithinAFolderByWholeSegments(String path, boolean within) {
        assertThat(TreePath.of(path).isWithin(CRM)).isEqualTo(within);
        assertThat(TreePath.of(path).isWithin(TreePath.ROOT)).isTrue();
        assertThat(TreePath.ROOT.isWithin(TreePath.of(path))).isFalse();
    }

    @Test
    void isRelativeToFoldersAboveOnly() {
        TreePath file = CRM.child("versions/v1/version.yaml");
        assertThat(file.relativeTo(CRM)).isEqualTo("versions/v1/version.yaml");
        assertThat(file.relativeTo(TreePath.ROOT)).isEqualTo(file.value());
        assertThat(file.relativeTo(file)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CRM.relativeTo(file));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TreePath.of("tooljet/apps/crm2").relativeTo(CRM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "../x",
                "a/..",
                "a/../b",
                "a/./b",
                "a/.../b",
                "a\\..\\b",
                "..\\x",
                "C:/x",
                "c:x",
                "\\\\server\\x",
                "a/.git/hooks/x",
                "a/.GIT",
                ".git",
                "a/git~1/x",
                "a/.gitmodules",
                "a/.g\u200cit/x",
                "a/b\0c",
                "a/b\nc",
                "con/x",
                "a/nul.txt",
                "a/b./c",
                "a/b /c",
                "a/e\u0301",
                "a/\ud800",
                "a/x::$DATA"
            })
    void refusesWhatLeavesTheTreeOrCannotBeCheckedOut(String path) {
        assertThatThrownBy(() -> TreePath.of(path))
                .isInstanceOfSatisfying(
                        Failure.class, f -> assertThat(f.reason()).isEqualTo(Reason.INVALID_PATH));
        assertThatThrownBy(() -> CRM.child(path)).isInstanceOf(Failure.class);
    }

    @Test
    void takesEncodedTraversalForTheNameItIs() {
        // Nothing below decodes a path a second time, so this is a strange file and no way out.
        assertThat(TreePath.of("a/%2e%2e/x").segments()).containsExactly("a", "%2e%2e", "x");
    }

    @Test
    void limitsTheLengthInBytes() {
        String segments = "/" + "x".repeat(99);
        assertThat(TreePath.of(segments.repeat(40).substring(1)).value()).hasSize(3999);
        assertThatThrownBy(() -> TreePath.of(segments.repeat(41).substring(1))).isInstanceOf(Failure.class);
        String wide = ("/" + "日".repeat(33)).repeat(41).substring(1);
        assertThat(wide.length()).isLessThan(TreePath.MAX_BYTES);
        assertThatThrownBy(() -> TreePath.of(wide)).isInstanceOf(Failure.class);
    }
}
