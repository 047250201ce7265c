package dev.offshoot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offshoot.web.Html.Name;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    private static String written(Html html) {
        return new String(html.toBytes(), StandardCharsets.UTF_8)
                .replace("<!doctype html>\n", "")
                .strip();
    }

    @Test
    void textStaysText() {
        assertThat(written(Html.el(Tag.P, "<script>\"'&amp;</p>")))
                .isEqualTo("<p>&lt;script&gt;&quot;&#39;&amp;amp;&lt;/p&gt;</p>");
        assertThat(written(Html.el(Tag.P, Html.attr(Name.TITLE, "\" onclick=\"x"))))
                .isEqualTo("<p title=\"&quot; onclick=&quot;x\"></p>");
    }

    @Test
    void whatHtmlCannotHoldIsShownAsUnknown() {
        assertThat(written(Html.el(Tag.P, "a\u0000b\u0008c\ud800d\u0085e\tf\ng")))
                .isEqualTo("<p>a\ufffdb\ufffdc\ufffdd\ufffde\tf\ng</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/a//b",
                "/../x",
                "/a/./b",
                "/a b",
                "/a\n",
                "data:text/html,x",
                " /a",
                "/a?x=<y>",
                "/%2e%2e/x",
                "",
            })
    void nothingLeadsAway(String elsewhere) {
        assertThatThrownBy(() -> new Link(elsewhere)).isInstanceOf(IllegalArgumentException.class);
        for (Name name : new Name[] {Name.HREF, Name.SRC, Name.ACTION}) {
            assertThatThrownBy(() -> Html.attr(name, elsewhere)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nothingOnAPageRuns() {
        for (Name name : Name.values()) {
            assertThat(name.word()).doesNotStartWith("on").isNotEqualTo("style").isNotEqualTo("srcdoc");
        }
        assertThatThrownBy(() -> Html.el(Tag.SCRIPT, "alert(1)")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.el(Tag.INPUT, "text")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linksEncodeWhatTheyCarry() {
        assertThat(Link.WORKSPACES
                        .child("team")
                        .child("export")
                        .with("branch", "a/b")
                        .with("document", "x&y=<ö>")
                        .value())
                .isEqualTo("/workspaces/team/export?branch=a%2Fb&document=x%26y%3D%3C%C3%B6%3E");
    }
}
