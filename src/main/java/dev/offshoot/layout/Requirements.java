package dev.offshoot.layout;

import java.util.List;

/** What the files of definitions say that they need of wherever they are, each need once for each record that has it. */
public record Requirements(List<Want> wants, List<SecretPlace> secrets) {
    public Requirements {
        wants = List.copyOf(wants);
        secrets = List.copyOf(secrets);
    }
}
