package dev.skep.linux.symbol;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.elf.Elf64;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A program or library of a 64-bit little-endian machine, mapped into memory: as much of ELF as is needed to find
 * places in its code. Whatever the file says, nothing outside it is read. For one thread, until closed.
 */
public final class ElfBinary implements AutoCloseable {
    private static final long MAGIC = 0x464c457fL; // 7f 'E' 'L' 'F'
    private static final int PROGRAM_HEADER_SIZE = 56; // Elf64_Phdr
    private static final int PT_LOAD = 1;
    private static final int PF_X = 1;
    private static final long SHF_COMPRESSED = 1 << 11;

    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;

    private final Path path;
    private final Arena arena;
    private final CheckedBytes file;
    private final List<Segment> segments;
    private final List<Section> sections;

    /**
     * A part of the file that is mapped when the program runs ({@code PT_LOAD}).
     *
     * @param address where, before the whole is moved to where there is room
     */
    public record Segment(long fileOffset, long address, long fileSize, boolean executable) {}

    /**
     * A section ({@code Elf64_Shdr}).
     *
     * @param link index of the section that has its names
     * @param compressed whether its content begins with {@code Elf64_Chdr}
     */
    public record Section(
            String name, int type, long address, long fileOffset, long size, int link, boolean compressed) {}

    private ElfBinary(Path path, Arena arena, CheckedBytes file) {
        this.path = path;
        this.arena = arena;
        this.file = file;
        checkKind();
        segments = readSegments();
        sections = readSections();
    }

    /**
     * Opens a file.
     *
     * @throws HostException if it cannot be read
     * @throws InputException if it is no such program or library
     */
    public static ElfBinary open(Path path) {
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(path)) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new ElfBinary(path, arena, new CheckedBytes(memory, Location.in(path.toString())));
        } catch (IOException e) {
            arena.close();
            throw unreadable(path, e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** One that is in memory already. @param name for messages */
    static ElfBinary of(byte[] content, String name) {
        Arena arena = Arena.ofConfined();
        try {
            MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
            return new ElfBinary(Path.of(name), arena, new CheckedBytes(memory, Location.in(name)));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static RuntimeException unreadable(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new HostException(Errno.ENOENT, "there is no file " + path);
            case AccessDeniedException _ -> new HostException(Errno.EACCES, "this process may not read " + path);
            default -> new UncheckedIOException("reading " + path, e);
        };
    }

    private void checkKind() {
        if (file.size() < Elf64.HEADER_SIZE || file.u32(0) != MAGIC) {
            throw new InputException(file.where(), "this is no ELF file", "name a program or a shared library");
        }
        if (file.u8(4) != Elf64.ELFCLASS64 || file.u8(5) != Elf64.ELFDATA2LSB) {
            throw new InputException(
                    file.where(),
                    "this is not for a 64-bit little-endian machine",
                    "such programs cannot be probed here");
        }
        int type = file.u16(16);
        if (type != ET_EXEC && type != ET_DYN) {
            throw new InputException(
                    file.where(), "this is neither a program nor a shared library", "name what is run, not its parts");
        }
    }

    private List<Segment> readSegments() {
        long table = file.u64(32);
        int count = file.u16(56);
        List<Segment> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = table + (long) i * PROGRAM_HEADER_SIZE;
            if (file.u32(at) == PT_LOAD) {
                found.add(new Segment(
                        file.u64(at + 8), file.u64(at + 16), file.u64(at + 32), (file.u32(at + 4) & PF_X) != 0));
            }
        }
        return List.copyOf(found);
    }

    private List<Section> readSections() {
        long table = file.u64(40);
        int count = file.u16(60);
        if (table == 0 || count == 0) {
            return List.of();
        }
        long names = file.u64(sectionHeader(table, file.u16(62)) + 24);
        List<Section> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = sectionHeader(table, i);
            found.add(new Section(
                    file.text(names + file.u32(at)),
                    (int) file.u32(at + 4),
                    file.u64(at + 16),
                    file.u64(at + 24),
                    file.u64(at + 32),
                    (int) file.u32(at + 40),
                    (file.u64(at + 8) & SHF_COMPRESSED) != 0));
        }
        return List.copyOf(found);
    }

    private static long sectionHeader(long table, int index) {
        return table + (long) index * Elf64.SECTION_HEADER_SIZE;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Whether it is mapped at the addresses that it names: a program that is not position-independent. */
    public boolean isFixed() {
        return file.u16(16) == ET_EXEC;
    }

    /** The processor: {@code EM_*} of elf(5), 62 for x86-64, 183 for AArch64. */
    public int machine() {
        return file.u16(18);
    }

    /** What is mapped when it runs. */
    public List<Segment> segments() {
        return segments;
    }

    /** All sections; none if they have been stripped. */
    public List<Section> sections() {
        return sections;
    }

    /** The first section with this name. */
    public Optional<Section> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    /** What a section has in the file. @throws InputException if it is said to lie outside */
    public CheckedBytes content(Section section) {
        return file.slice(section.fileOffset(), section.size(), file.where().section(section.name()));
    }

    /** Where in the file the code or data is that has this address; empty if it is nowhere in the file. */
    public OptionalLong fileOffset(long address) {
        return segments.stream()
                .filter(segment -> isWithin(address, segment.address(), segment.fileSize()))
                .mapToLong(segment -> address - segment.address() + segment.fileOffset())
                .findFirst();
    }

    /** What is in the file at an offset: as many bytes as wanted, or as there are. */
    byte[] bytes(long fileOffset, int most) {
        int count = Math.clamp(file.size() - fileOffset, 0, most);
        byte[] found = new byte[count];
        for (int i = 0; i < count; i++) {
            found[i] = (byte) file.u8(fileOffset + i);
        }
        return found;
    }

    private static boolean isWithin(long value, long start, long size) {
        return Long.compareUnsigned(value - start, size) < 0;
    }

    /** For something that is wrong in it. */
    public InputException corrupt(String problem) {
        return new InputException(file.where(), problem, "the file is corrupt");
    }

    @Override
    public void close() {
        arena.close();
    }
}
