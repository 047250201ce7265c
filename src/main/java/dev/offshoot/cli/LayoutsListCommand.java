package dev.offshoot.cli;

import dev.offshoot.layout.Layouts;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Show the platforms that are known, and what each is taken apart into.")
final class LayoutsListCommand implements Callable<Integer> {
    private final Console console;

    LayoutsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Layouts layouts = Layouts.bundled();
        int width = layouts.platforms().stream().mapToInt(String::length).max().orElse(0);
        for (String platform : layouts.platforms()) {
            console.out()
                    .println(platform
                            + " ".repeat(width - platform.length() + 2)
                            + String.join(", ", layouts.kinds(platform)));
        }
        return ExitCodes.FINE;
    }
}
