package dev.skep.trace.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of Linux's system calls by number, of the architectures whose tables are beside this class. */
public final class SystemCalls {
    private final Map<Integer, String> names;

    private SystemCalls(Map<Integer, String> names) {
        this.names = names;
    }

    /** Those of an architecture as Linux calls it; none if its table is not here. */
    public static SystemCalls of(String architecture) {
        Map<Integer, String> names = new HashMap<>();
        String file = "system-calls-" + architecture + ".txt";
        try (InputStream table = SystemCalls.class.getResourceAsStream(file)) {
            if (table != null) {
                new String(table.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split(" "))
                        .forEach(fields -> names.put(Integer.parseInt(fields[0]), fields[1]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
        return new SystemCalls(names);
    }

    /** {@code read} for 0 on x86-64. */
    public Optional<String> name(int number) {
        return Optional.ofNullable(names.get(number));
    }
}
