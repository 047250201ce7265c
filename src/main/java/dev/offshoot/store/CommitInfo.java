package dev.offshoot.store;

import dev.offshoot.model.ObjectName;
import dev.offshoot.model.Person;
import java.time.Instant;
import java.util.List;

/** One commit of a history. */
public record CommitInfo(ObjectName id, List<ObjectName> parents, Person author, Instant when, String message) {}
