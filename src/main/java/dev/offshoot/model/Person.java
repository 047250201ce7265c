package dev.offshoot.model;

/** Who did something: the author of a commit. Free of control characters and angle brackets, so it cannot break a commit. */
public record Person(String name, String email) {
    public Person {
        name = clean(name);
        email = clean(email).replace(" ", "");
        if (name.isEmpty()) {
            name = "unknown";
        }
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && c != '<' && c != '>')
                .limit(200)
                .forEach(kept::appendCodePoint);
        return kept.toString().strip();
    }
}
