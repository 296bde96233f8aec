package dev.skep.linux.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The CPUs that are switched on: an event for all processes is opened on each. */
public final class OnlineCpus {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    private OnlineCpus() {}

    /** Their numbers, ascending. */
    public static List<Integer> list() {
        try {
            return parse(Files.readString(ONLINE));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + ONLINE, e);
        }
    }

    /** @param text as the kernel writes it: {@code 0-3,6} */
    static List<Integer> parse(String text) {
        return Stream.of(text.strip().split(","))
                .flatMapToInt(part -> {
                    int dash = part.indexOf('-');
                    return dash < 0
                            ? IntStream.of(Integer.parseInt(part))
                            : IntStream.rangeClosed(
                                    Integer.parseInt(part.substring(0, dash)),
                                    Integer.parseInt(part.substring(dash + 1)));
                })
                .boxed()
                .toList();
    }
}
