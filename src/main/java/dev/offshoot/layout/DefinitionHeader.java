package dev.offshoot.layout;

import dev.offshoot.model.TreePath;
import java.util.List;
import java.util.Optional;

/**
 * What identifies a definition found in a document, before it has a place in a workspace.
 *
 * @param kind the layout's kind, for example {@code app}, {@code module}, {@code datasource}
 * @param folder folder its siblings live in, for example {@code tooljet/apps}
 * @param name true name
 * @param id id in the exporting instance, if it has one
 * @param correlations ids that say "the same thing" across instances, strongest first
 * @param traits values that must agree for a match by name alone, for example a data source's kind
 * @param main true for a definition the document is an export of; false for one it carries because another needs it
 */
public record DefinitionHeader(
        String kind,
        TreePath folder,
        String name,
        Optional<String> id,
        List<String> correlations,
        List<String> traits,
        boolean main) {}
