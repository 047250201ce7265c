package dev.offshoot.people;

/** A group as callers name it. */
public sealed interface GroupRef {
    record ById(GroupId id) implements GroupRef {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    record ByName(String name) implements GroupRef {
        @Override
        public String toString() {
            return name;
        }
    }
}
