package dev.offshoot;

/** Entry point: wires the program by hand and hands over to the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("offshoot");
    }
}
