package dev.offshoot.cli;

import dev.offshoot.model.Failure;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line as a function: arguments in, exit code out. Never ends the process. */
public final class CommandLineApp {
    private final ServerStarter servers;

    /** An app whose server commands start servers with this. */
    public CommandLineApp(ServerStarter servers) {
        this.servers = servers;
    }

    /** Runs one command. */
    public int run(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, String... args) {
        Console console = new Console(in, out, err, Map.copyOf(environment));
        CommandLine line = new CommandLine(new OffshootCommand())
                .addSubcommand(new ServeCommand(console, servers))
                .addSubcommand(new DemoCommand(console, servers))
                .addSubcommand(new ExplodeCommand(console))
                .addSubcommand(new AssembleCommand(console))
                .addSubcommand(new ImportCommand(console))
                .addSubcommand(new ExportCommand(console))
                .addSubcommand(new ConfigureCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new PublishCommand(console))
                .addSubcommand(new CommandLine(new RemotesCommand())
                        .addSubcommand(new RemotesListCommand(console))
                        .addSubcommand(new RemotesShowCommand(console))
                        .addSubcommand(new RemotesSetCommand(console))
                        .addSubcommand(new RemotesDeleteCommand(console)))
                .addSubcommand(new BackupCommand(console))
                .addSubcommand(new RestoreCommand(console))
                .addSubcommand(new CommandLine(new LayoutsCommand())
                        .addSubcommand(new LayoutsListCommand(console))
                        .addSubcommand(new LayoutsCheckCommand(console)));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler(onFailure(console));
        return line.execute(args);
    }

    private static IExecutionExceptionHandler onFailure(Console console) {
        return (exception, command, parsed) -> {
            if (exception instanceof Failure failure) {
                console.refused(failure);
                return ExitCodes.of(failure.reason());
            }
            console.err().println("offshoot: unexpected error, please report it");
            exception.printStackTrace(console.err());
            return ExitCodes.UNFORESEEN;
        };
    }
}
