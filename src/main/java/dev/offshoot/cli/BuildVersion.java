package dev.offshoot.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar; {@code development} when run from classes. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "offshoot "
                    + Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
                            .orElse("development")
        };
    }
}
