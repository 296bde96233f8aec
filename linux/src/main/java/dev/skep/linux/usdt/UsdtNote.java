package dev.skep.linux.usdt;

import dev.skep.linux.symbol.CheckedBytes;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.ElfNote;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a binary says about one place where a probe was compiled in: a note of {@code .note.stapsdt}, as
 * https://sourceware.org/systemtap/wiki/UserSpaceProbeImplementation describes it.
 *
 * @param location address of the probe's {@code nop}
 * @param semaphore address of a counter (2 bytes) that says how many are listening; 0 for none
 * @param arguments where they are found, see {@link UsdtArgument}
 */
public record UsdtNote(String provider, String name, long location, long semaphore, String arguments) {
    private static final String OWNER = "stapsdt";
    private static final int NT_STAPSDT = 3;
    private static final long TEXTS_OFFSET = 3L * Long.BYTES;

    /** All of a binary. @throws dev.skep.object.InputException if they are corrupt */
    public static List<UsdtNote> of(ElfBinary binary) {
        return binary.section(".note.stapsdt").stream()
                .flatMap(section -> ElfNote.in(binary.content(section)).stream())
                .filter(note -> note.owner().equals(OWNER) && note.type() == NT_STAPSDT)
                .map(note -> read(note.description(), binary))
                .toList();
    }

    /**
     * Location, base and semaphore, then three texts. Base is where {@code .stapsdt.base} was when the note was
     * written: if the file was changed since (prelinked), all addresses have moved with it.
     */
    private static UsdtNote read(CheckedBytes note, ElfBinary binary) {
        long base = note.u64(Long.BYTES);
        long moved = binary.section(".stapsdt.base")
                .map(section -> base == 0 ? 0 : section.address() - base)
                .orElse(0L);
        String provider = note.text(TEXTS_OFFSET);
        long nameOffset = TEXTS_OFFSET + bytes(provider);
        String name = note.text(nameOffset);
        String arguments = note.text(nameOffset + bytes(name));
        long semaphore = note.u64(2 * Long.BYTES);
        return new UsdtNote(provider, name, note.u64(0) + moved, semaphore == 0 ? 0 : semaphore + moved, arguments);
    }

    /** Of a text with its zero byte. */
    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    /** {@code provider:name}. */
    public String fullName() {
        return provider + ":" + name;
    }
}
