package dev.skep.cli.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process is called: what {@code comm} is in {@code BEGIN}, and what iterators see. */
final class OwnName {
    /** The thread that does what the main one of a C program does, and the first of the process, which the JVM leaves waiting. */
    private static final List<Path> PLACES = List.of(Path.of("/proc/thread-self/comm"), Path.of("/proc/self/comm"));

    private OwnName() {}

    /** Takes a name in place of "java". @param name at most 15 bytes */
    static void take(String name) {
        for (Path place : PLACES) {
            try {
                Files.writeString(place, name);
            } catch (IOException e) {
                return; // it is a comfort
            }
        }
    }
}
