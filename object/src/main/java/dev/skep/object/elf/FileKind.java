package dev.skep.object.elf;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a file is that is not a BPF object, and what its owner may want to do. */
final class FileKind {
    /** What it is ("a gzip archive") and what to do ("gunzip it first"). */
    record Verdict(String what, String advice) {}

    private record Magic(String bytes, String what, String advice) {}

    private static final String COMPILE = "compile for BPF with `clang -O2 -g -target bpf -c prog.c -o prog.o`";

    /** First bytes of well-known formats, as Latin-1 text; the longest match of each first byte stands first. */
    private static final List<Magic> MAGICS = List.of(
            new Magic("!<arch>\n", "an archive (.a) of objects", "extract its members with `ar x` and link them"),
            new Magic("!<thin>\n", "a thin archive of objects", "name the objects themselves"),
            new Magic("BC\u00c0\u00de", "LLVM bitcode", "finish it with `llc -march=bpf -filetype=obj`, or " + COMPILE),
            new Magic(
                    "\u00de\u00c0\u0017\u000b",
                    "wrapped LLVM bitcode",
                    "finish it with `llc -march=bpf -filetype=obj`"),
            new Magic("\u009f\u00eb", "raw BTF without an object around it", "read it with `skep btf`"),
            new Magic("\u001f\u008b", "gzip-compressed", "gunzip it first"),
            new Magic("(\u00b5/\u00fd", "zstd-compressed", "decompress it with `zstd -d` first"),
            new Magic("\u00fd7zXZ\0", "xz-compressed", "decompress it with `xz -d` first"),
            new Magic("BZh", "bzip2-compressed", "decompress it with `bunzip2` first"),
            new Magic("PK\u0003\u0004", "a zip or jar archive", "extract the object first"),
            new Magic("\u00ca\u00fe\u00ba\u00be", "a Java class or a Mach-O file", COMPILE),
            new Magic("\u00cf\u00fa\u00ed\u00fe", "a Mach-O object of macOS", COMPILE),
            new Magic("\0asm", "a WebAssembly module", COMPILE),
            new Magic("MZ", "a Windows program", COMPILE),
            new Magic("\n\r\r\n", "a pcapng capture", "was a capture given where an object is expected?"),
            new Magic("\u00d4\u00c3\u00b2\u00a1", "a pcap capture", "was a capture given where an object is expected?"),
            new Magic("\u00a1\u00b2\u00c3\u00d4", "a pcap capture", "was a capture given where an object is expected?"),
            new Magic("M<\u00b2\u00a1", "a pcap capture", "was a capture given where an object is expected?"));

    /** {@code e_machine} (linux/elf-em.h) of the machines people compile for by mistake. */
    private static final Map<Integer, String> MACHINES = Map.ofEntries(
            Map.entry(3, "x86 (32-bit)"),
            Map.entry(8, "MIPS"),
            Map.entry(20, "PowerPC (32-bit)"),
            Map.entry(21, "PowerPC 64"),
            Map.entry(22, "s390"),
            Map.entry(40, "ARM (32-bit)"),
            Map.entry(62, "x86-64"),
            Map.entry(183, "AArch64"),
            Map.entry(190, "CUDA"),
            Map.entry(224, "AMD GPU"),
            Map.entry(243, "RISC-V"),
            Map.entry(258, "LoongArch"),
            Map.entry(263, "Solana BPF"));

    private FileKind() {}

    /** Empty if it starts as an ELF file does. */
    static Optional<Verdict> ofForeign(byte[] file) {
        if (startsWith(file, "\177ELF")) {
            return Optional.empty();
        }
        if (file.length == 0) {
            return Optional.of(new Verdict("empty", "was the compiler interrupted?"));
        }
        for (Magic magic : MAGICS) {
            if (startsWith(file, magic.bytes())) {
                return Optional.of(new Verdict(magic.what(), magic.advice()));
            }
        }
        if (isText(file)) {
            return Optional.of(new Verdict("text", "source must be compiled first: " + COMPILE));
        }
        return Optional.of(new Verdict("no ELF file (it does not start with 7f 45 4c 46)", COMPILE));
    }

    /** Empty if the header is that of a little-endian 64-bit relocatable BPF object; {@code file} starts with the magic. */
    static Optional<Verdict> ofForeignElf(byte[] file) {
        if (file.length < Elf64.HEADER_SIZE) {
            return Optional.of(new Verdict(
                    "an ELF file cut off after " + file.length + " of the 64 bytes of its header", "copy it again"));
        }
        boolean bigEndian = file[5] == Elf64.ELFDATA2MSB;
        int type = half(file, 16, bigEndian);
        int machine = half(file, 18, bigEndian);
        if (machine != Elf64.EM_BPF && machine != Elf64.EM_NONE) {
            String name = MACHINES.getOrDefault(machine, "machine " + machine);
            return Optional.of(new Verdict("an ELF file for " + name + ", not BPF", COMPILE));
        }
        if (file[4] != Elf64.ELFCLASS64) {
            return Optional.of(new Verdict("a 32-bit ELF file", "BPF objects are 64-bit: " + COMPILE));
        }
        if (bigEndian) {
            return Optional.of(new Verdict(
                    "a big-endian BPF object", "compile with `-target bpfel`; Skep runs little-endian BPF only"));
        }
        if (file[5] != Elf64.ELFDATA2LSB) {
            return Optional.of(new Verdict("an ELF file with unknown byte order " + file[5], COMPILE));
        }
        return switch (type) {
            case Elf64.ET_REL -> Optional.empty();
            case 2 -> Optional.of(new Verdict("an ELF executable, not a relocatable object", COMPILE));
            case 3 -> Optional.of(new Verdict("an ELF shared library, not a relocatable object", COMPILE));
            case 4 -> Optional.of(new Verdict("an ELF core dump, not a relocatable object", COMPILE));
            default -> Optional.of(new Verdict("an ELF file of unknown type " + type, COMPILE));
        };
    }

    private static int half(byte[] file, int at, boolean bigEndian) {
        int first = file[at] & 0xff;
        int second = file[at + 1] & 0xff;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    private static boolean startsWith(byte[] file, String latin1) {
        if (file.length < latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if ((file[i] & 0xff) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] file) {
        for (int i = 0; i < Math.min(file.length, 512); i++) {
            int b = file[i] & 0xff;
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        return true;
    }
}
