package dev.offshoot.merge;

import dev.offshoot.layout.Layouts;
import dev.offshoot.layout.Renaming;
import dev.offshoot.model.Conflict;
import dev.offshoot.model.Conflict.Place;
import dev.offshoot.model.Conflict.Suggestion;
import dev.offshoot.model.Conflict.What;
import dev.offshoot.model.Content;
import dev.offshoot.model.ObjectName;
import dev.offshoot.model.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of the three trees under other names.
 *
 * @param conflicts files that would have to stand in one place
 */
record RenamedSide(Side side, List<Conflict> conflicts) {
    static RenamedSide of(Side side, Map<TreePath, TreePath> moves, Layouts layouts) {
        if (moves.isEmpty()) {
            return new RenamedSide(side, List.of());
        }
        Renaming renaming = new Renaming(layouts, moves);
        SortedMap<TreePath, ObjectName> names = new TreeMap<>();
        Map<TreePath, Content> contents = new HashMap<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (TreePath file : side.files().keySet()) {
            Content content = renaming.content(file, side.load(file).orElseThrow());
            TreePath path = renaming.path(file);
            if (names.put(path, content.blobName()) != null) {
                conflicts.add(new Conflict(
                        path,
                        new Place.File(),
                        What.ADDED_TWICE,
                        Optional.empty(),
                        contents.get(path).isText()
                                ? Optional.of(contents.get(path).utf8())
                                : Optional.empty(),
                        content.isText() ? Optional.of(content.utf8()) : Optional.empty(),
                        Suggestion.RENAME));
            }
            contents.put(path, content);
        }
        return new RenamedSide(new Side(names, contents::get), conflicts);
    }
}
