package dev.skep.cli.types;

import dev.skep.cli.input.InputFile;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.elf.ElfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where types come from: a file with BTF, or the kernel that runs here. */
public final class KernelTypes {
    /** The running kernel's types. */
    public static final Path RUNNING_KERNEL = Path.of("/sys/kernel/btf/vmlinux");

    private static final int ELF_MAGIC_FIRST = 0x7f;

    private KernelTypes() {}

    /**
     * The types in a file.
     *
     * @param input an ELF file with a {@code .BTF} section, or bare BTF
     * @throws InputException if there are none, or they are corrupt
     * @throws IOException if the file cannot be read
     */
    public static Btf read(InputFile input) throws IOException {
        Location where = Location.in(input.shownName());
        byte[] types = bytes(input);
        return isRunningKernel(input) ? Btf.open(types, where) : Btf.read(types, where);
    }

    /**
     * The types in a file that continue others, as a kernel module's do.
     *
     * @throws InputException if there are none, or they are corrupt
     * @throws IOException if the file cannot be read
     */
    public static Btf readSplit(Btf base, InputFile input) throws IOException {
        return Btf.readSplit(base, bytes(input), Location.in(input.shownName()));
    }

    private static byte[] bytes(InputFile input) throws IOException {
        byte[] content = input.read();
        if (content.length == 0 || content[0] != ELF_MAGIC_FIRST) {
            return content;
        }
        Location where = Location.in(input.shownName());
        return ElfFile.read(content, where)
                .section(".BTF")
                .orElseThrow(() ->
                        new InputException(where, "there is no .BTF section", "compile with clang -g -target bpf"))
                .content()
                .toArray();
    }

    /** The kernel checked its own types: opening them does without, and takes milliseconds. */
    private static boolean isRunningKernel(InputFile input) {
        return !input.isStandardInput() && Path.of(input.name()).startsWith(RUNNING_KERNEL.getParent());
    }

    /**
     * What CO-RE relocations are resolved against: the file, or the running kernel if none is named.
     *
     * @return empty if no file is named and the running kernel does not show its types
     * @throws IOException if the file cannot be read
     */
    public static Optional<CoreTarget> target(Optional<String> file) throws IOException {
        if (file.isPresent()) {
            return Optional.of(new CoreTarget(file.get(), read(new InputFile(file.get()))));
        }
        if (!Files.isReadable(RUNNING_KERNEL)) {
            return Optional.empty();
        }
        return Optional.of(new CoreTarget("vmlinux", read(new InputFile(RUNNING_KERNEL.toString()))));
    }
}
