package dev.skep.linux.symbol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The running kernel's functions by address: {@code /proc/kallsyms}, which is read once. Names stay bytes until they are asked for. A
 * snapshot; modules come and go.
 */
public final class KernelAddresses {
    private static final Path FILE = Path.of("/proc/kallsyms");
    private static final String KINDS = "tTwW";

    private final byte[] text;
    /** Sorted, without sign. */
    private final long[] addresses;
    /** Where in the text the name at the same place of {@link #addresses} begins. */
    private final int[] names;

    private KernelAddresses(byte[] text, long[] addresses, int[] names) {
        this.text = text;
        this.addresses = addresses;
        this.names = names;
    }

    /** Reads them. Where addresses are hidden ({@code kernel.kptr_restrict}), none is found. */
    public static KernelAddresses read() {
        try {
            return of(Files.readAllBytes(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    /** @param text lines like {@code ffffffff81000000 T name}, perhaps {@code [module]} after a tab */
    static KernelAddresses of(byte[] text) {
        record Line(long address, int name) {}
        Line[] lines = new Line[count(text)];
        int found = 0;
        int at = 0;
        while (at < text.length) {
            int end = lineEnd(text, at);
            int space = at;
            long address = 0;
            while (space < end && text[space] != ' ') {
                address = (address << 4) | Character.digit(text[space++], 16);
            }
            if (address != 0 && space + 3 < end && KINDS.indexOf(text[space + 1]) >= 0) {
                lines[found++] = new Line(address, space + 3);
            }
            at = end + 1;
        }
        Line[] sorted = Arrays.copyOf(lines, found);
        Arrays.sort(sorted, (one, other) -> Long.compareUnsigned(one.address(), other.address()));
        long[] addresses = new long[found];
        int[] names = new int[found];
        for (int i = 0; i < found; i++) {
            addresses[i] = sorted[i].address();
            names[i] = sorted[i].name();
        }
        return new KernelAddresses(text, addresses, names);
    }

    private static int count(byte[] text) {
        int lines = 1;
        for (byte each : text) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static int lineEnd(byte[] text, int from) {
        int end = from;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    /** The function that an address is in, or behind if there is none after it. */
    public Optional<AddressedName> find(long address) {
        int low = 0;
        int high = addresses.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (high < 0) {
            return Optional.empty();
        }
        while (high > 0 && addresses[high - 1] == addresses[high]) {
            high--; // of several names the first in the file, as the kernel takes
        }
        int start = names[high];
        String line = new String(text, start, lineEnd(text, start) - start, StandardCharsets.UTF_8);
        int tab = line.indexOf('\t');
        return Optional.of(new AddressedName(
                tab < 0 ? line : line.substring(0, tab),
                address - addresses[high],
                tab < 0 ? "" : line.substring(tab + 2, line.length() - 1)));
    }
}
