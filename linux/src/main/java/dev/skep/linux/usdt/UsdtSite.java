package dev.skep.linux.usdt;

import dev.skep.linux.symbol.ElfBinary;
import dev.skep.object.Location;
import dev.skep.object.core.NearestNames;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.List;

/**
 * One of the places where a probe was compiled in; the same probe can be in several functions, or inlined.
 *
 * @param fileOffset of the instruction @param address of it, before the whole is moved
 * @param semaphoreOffset in the file, of the counter to be raised while somebody listens; 0 for none
 */
public record UsdtSite(long fileOffset, long address, long semaphoreOffset, List<UsdtArgument> arguments) {
    private static final int SHOWN = 5;

    public UsdtSite {
        arguments = List.copyOf(arguments);
    }

    /**
     * Where a probe is.
     *
     * @return at least one
     * @throws HostException ENOENT, with the nearest names, if the binary has no such probe
     * @throws dev.skep.object.InputException if what the binary says cannot be understood
     */
    public static List<UsdtSite> find(ElfBinary binary, String provider, String name) {
        List<UsdtNote> notes = UsdtNote.of(binary);
        List<UsdtSite> sites = notes.stream()
                .filter(note -> note.provider().equals(provider) && note.name().equals(name))
                .map(note -> of(note, binary))
                .toList();
        if (sites.isEmpty()) {
            throw new HostException(
                    Errno.ENOENT,
                    "there is no probe " + provider + ":" + name + " in " + binary.path() + "; "
                            + instead(provider + ":" + name, notes));
        }
        return sites;
    }

    private static UsdtSite of(UsdtNote note, ElfBinary binary) {
        Location where = Location.in(binary.path() + " (probe " + note.fullName() + ")");
        return new UsdtSite(
                offset(note.location(), binary),
                note.location(),
                note.semaphore() == 0 ? 0 : offset(note.semaphore(), binary),
                ArgumentSyntax.of(binary.machine(), where).parse(note.arguments(), where));
    }

    private static long offset(long address, ElfBinary binary) {
        return binary.fileOffset(address)
                .orElseThrow(() -> binary.corrupt("a probe is said to be at 0x" + Long.toHexString(address)));
    }

    private static String instead(String wanted, List<UsdtNote> notes) {
        List<String> names =
                notes.stream().map(UsdtNote::fullName).distinct().sorted().toList();
        if (names.isEmpty()) {
            return "it has none at all";
        }
        List<String> similar = NearestNames.of(wanted, names, SHOWN);
        return similar.isEmpty()
                ? "it has " + names.size() + " others, such as " + names.getFirst()
                : "did you mean " + String.join(", ", similar) + "?";
    }
}
