package dev.skep.cli;

/** The {@code skep} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("skep 0.1.0-SNAPSHOT");
    }
}
