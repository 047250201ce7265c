package dev.offshoot.service;

import dev.offshoot.layout.LayoutEngine;
import dev.offshoot.store.RemoteRepositories;
import dev.offshoot.store.RepositoryStore;
import dev.offshoot.vault.Vault;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Everything that can be asked of an instance, wired by hand; the fronts pick what they need. */
public record UseCases(
        CreateWorkspace createWorkspace,
        ListWorkspaces listWorkspaces,
        ShowWorkspace showWorkspace,
        ShowOverview showOverview,
        DeleteWorkspace deleteWorkspace,
        ChangeBranches changeBranches,
        ChangeRemotes changeRemotes,
        PublishBranch publishBranch,
        PublishAfterCommits publishAfterCommits,
        ImportDocument importDocument,
        ImportFromRepository importFromRepository,
        KeepHistory keepHistory,
        ExportDefinition exportDefinition,
        ExportParts exportParts,
        ExportArchive exportArchive,
        ImportArchive importArchive,
        ImportTogether importTogether,
        DeleteDefinition deleteDefinition,
        RevertOperation revertOperation,
        CompareStates compareStates,
        ListDefinitions listDefinitions,
        ShowDefinition showDefinition,
        ShowConfiguration showConfiguration,
        ConfigureDefinition configureDefinition,
        DefinitionHistory definitionHistory,
        LoadFolder loadFolder,
        CheckHealth checkHealth,
        TidySecrets tidySecrets,
        TreeValidation treeValidation) {

    /**
     * Wires them.
     *
     * @param ids of new workspaces
     * @param cacheBytes heap that all caches together may take
     */
    public static UseCases wire(
            RepositoryStore store, LayoutEngine engine, Clock clock, Supplier<UUID> ids, long cacheBytes) {
        return wire(store, RemoteRepositories.NONE, engine, clock, ids, cacheBytes);
    }

    /**
     * Wires them, with other repositories within reach.
     *
     * @param remotes where other repositories are got from
     */
    public static UseCases wire(
            RepositoryStore store,
            RemoteRepositories remotes,
            LayoutEngine engine,
            Clock clock,
            Supplier<UUID> ids,
            long cacheBytes) {
        return wire(store, remotes, Vault.NONE, engine, clock, ids, cacheBytes);
    }

    /**
     * Wires them, with other repositories within reach and a place for secrets.
     *
     * @param vault of the same instance as the store
     */
    public static UseCases wire(
            RepositoryStore store,
            RemoteRepositories remotes,
            Vault vault,
            LayoutEngine engine,
            Clock clock,
            Supplier<UUID> ids,
            long cacheBytes) {
        Caches caches = new Caches(cacheBytes);
        ImportDocument imports =
                new ImportDocument(store, engine, caches, clock, new SecretLanding(store, engine, vault, ids));
        TidySecrets tidy = new TidySecrets(store, engine, caches, vault, clock);
        ExportDefinition exports = new ExportDefinition(store, engine, caches, vault);
        LandJoined landing = new LandJoined(new Dependents(engine, caches));
        RemotePasswords passwords = new RemotePasswords(vault);
        RetryPolicy retries =
                RetryPolicy.usual(() -> ThreadLocalRandom.current().nextDouble());
        PublishBranch publishing = new PublishBranch(remotes, store, passwords, retries, clock);
        PublishAfterCommits publishAfterCommits = new PublishAfterCommits(
                store, publishing, passwords, retries, clock, Alarm.of(clock), PublishAfterCommits.threads());
        TreeValidation validation = new TreeValidation(engine, caches);
        return new UseCases(
                new CreateWorkspace(store, ids),
                new ListWorkspaces(store),
                new ShowWorkspace(store),
                new ShowOverview(store, engine, caches),
                new DeleteWorkspace(store, vault),
                new ChangeBranches(store, tidy),
                new ChangeRemotes(store, passwords, publishAfterCommits),
                publishing,
                publishAfterCommits,
                imports,
                new ImportFromRepository(remotes, store, engine, caches, landing, clock),
                new KeepHistory(remotes, store, engine, validation, clock),
                exports,
                new ExportParts(exports, engine),
                new ExportArchive(store, exports, engine, caches),
                new ImportArchive(store, engine, caches, landing, clock),
                new ImportTogether(store, engine, caches, landing, clock),
                new DeleteDefinition(store, engine, caches, clock, new SecretLanding(store, engine, vault, ids), tidy),
                new RevertOperation(store, engine, caches, clock),
                new CompareStates(store, engine, imports),
                new ListDefinitions(store, engine, caches),
                new ShowDefinition(store, engine, caches),
                new ShowConfiguration(store, engine, caches, vault),
                new ConfigureDefinition(store, engine, caches, vault),
                new DefinitionHistory(store, engine, caches),
                new LoadFolder(store, engine, ids, clock, exports, imports),
                new CheckHealth(store, vault),
                tidy,
                validation);
    }
}
