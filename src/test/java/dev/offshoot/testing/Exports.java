package dev.offshoot.testing;

import dev.offshoot.format.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a server's workspaces export. */
public final class Exports {
    private Exports() {}

    /** Workspace, state and address of every definition that has an export, on every branch and tag, with its bytes. */
    public static Map<String, String> of(TestServer server) {
        Map<String, String> found = new TreeMap<>();
        for (String workspace : names(server, "/api/workspaces", "workspaces")) {
            List<String> refs = new ArrayList<>();
            refs.addAll(names(server, "/api/workspaces/" + workspace + "/branches", "branches"));
            refs.addAll(names(server, "/api/workspaces/" + workspace + "/tags", "tags"));
            refs.forEach(ref -> found.putAll(at(server, workspace, ref)));
        }
        return found;
    }

    /** The same in one state. */
    public static Map<String, String> at(TestServer server, String workspace, String ref) {
        Map<String, String> found = new TreeMap<>();
        String list = "/api/workspaces/" + workspace + "/definitions?ref=" + encoded(ref);
        for (JsonObject definition : items(server, list, "definitions")) {
            String url = definition.text("url").orElseThrow();
            TestServer.Answer export = server.get(url + "/export?ref=" + encoded(ref));
            boolean hasRoute = definition.text("address").orElseThrow().split("/").length == 3;
            if (export.status() == 200) {
                found.put(
                        workspace + " " + ref + " " + definition.text("address").orElseThrow(), export.text());
            } else if (hasRoute && !export.text().contains("has no export of its own")) {
                throw new AssertionError(url + ": " + export.text());
            }
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> names(TestServer server, String path, String list) {
        return items(server, path, list).stream()
                .map(item -> item.text("name").orElseThrow())
                .toList();
    }

    private static List<JsonObject> items(TestServer server, String path, String list) {
        List<JsonObject> items = new ArrayList<>();
        server.get(path).expect(200).json().array(list).orElseThrow().forEach(item -> items.add((JsonObject) item));
        return items;
    }
}
