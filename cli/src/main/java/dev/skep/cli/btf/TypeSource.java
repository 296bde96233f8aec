package dev.skep.cli.btf;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.KernelBtf;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.machine.LinuxOnly;
import dev.skep.cli.types.KernelTypes;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import java.io.IOException;
import java.util.Optional;

/** What types are dumped of: {@code FILE}, {@code id N}, {@code map MAP} or {@code prog PROG}. */
final class TypeSource {
    private TypeSource() {}

    /** Reads the types. @param base the file that FILE continues @param words the command's; all are read */
    static Btf read(Words words, Optional<String> base) throws IOException {
        String first = words.next("the file, or: id N, map MAP, prog PROG");
        if (words.isEmpty()) {
            InputFile input = new InputFile(first);
            return base.isEmpty()
                    ? KernelTypes.read(input)
                    : KernelTypes.readSplit(KernelTypes.read(new InputFile(base.get())), input);
        }
        LinuxOnly.check();
        return KernelBtf.of(
                switch (first) {
                    case "id" -> last(words, (int) words.number("the id"));
                    case "map" -> ofMap(words);
                    case "prog" -> ofProgram(words);
                    default ->
                        throw words.wrong(
                                "types are those of FILE, id N, map MAP or prog PROG, not of '" + first + "'");
                });
    }

    private static int last(Words words, int id) {
        words.end();
        return id;
    }

    private static int ofMap(Words words) {
        ObjectReference reference = ObjectReference.read(words, ObjectKind.MAP);
        words.end();
        try (FileDescriptor descriptor = reference.open(ObjectKind.MAP)) {
            MapInfo info = MapInfo.of(descriptor);
            return present(info.btfId() != 0 ? info.btfId() : info.vmlinuxBtfId(), "map " + info.name());
        }
    }

    private static int ofProgram(Words words) {
        ObjectReference reference = ObjectReference.read(words, ObjectKind.PROGRAM);
        words.end();
        try (FileDescriptor descriptor = reference.open(ObjectKind.PROGRAM)) {
            ProgramInfo info = ProgramInfo.of(descriptor);
            return present(info.btfId(), "program " + info.name());
        }
    }

    private static int present(int id, String what) {
        if (id == 0) {
            throw new InputException(Location.in(what), "it was loaded without BTF", "compile with clang -g");
        }
        return id;
    }
}
