package dev.offshoot;

import dev.offshoot.cli.CommandLineApp;

/** Entry point: wires the program by hand and hands over to the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = new CommandLineApp(Instance::start).run(System.in, System.out, System.err, System.getenv(), args);
        System.out.flush();
        System.exit(code);
    }
}
