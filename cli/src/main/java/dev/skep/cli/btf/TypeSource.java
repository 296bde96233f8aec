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
import java.util.List;
import java.util.Optional;

/**
 * What types are dumped of: {@code FILE}, {@code id N}, {@code map MAP [key|value|kv|all]} or {@code prog PROG}.
 *
 * @param roots the ids of those that are wanted; empty for all
 */
record TypeSource(Btf types, List<Integer> roots) {
    private static TypeSource all(Btf types) {
        return new TypeSource(types, List.of());
    }

    /** Reads the types. @param base the file that FILE continues @param words the command's; all are read */
    static TypeSource read(Words words, Optional<String> base) throws IOException {
        String first = words.next("the file, or: id N, map MAP, prog PROG");
        if (words.isEmpty()) {
            InputFile input = new InputFile(first);
            return all(
                    base.isEmpty()
                            ? KernelTypes.read(input)
                            : KernelTypes.readSplit(KernelTypes.read(new InputFile(base.get())), input));
        }
        LinuxOnly.check();
        return switch (first) {
            case "id" -> all(KernelBtf.of(last(words, (int) words.number("the id"))));
            case "map" -> ofMap(words);
            case "prog" -> all(KernelBtf.of(ofProgram(words)));
            default -> throw words.wrong("types are those of FILE, id N, map MAP or prog PROG, not of '" + first + "'");
        };
    }

    private static int last(Words words, int id) {
        words.end();
        return id;
    }

    private static TypeSource ofMap(Words words) throws IOException {
        ObjectReference reference = ObjectReference.read(words, ObjectKind.MAP);
        String part = words.isEmpty() ? "all" : words.next("key, value, kv or all");
        words.end();
        MapInfo info;
        try (FileDescriptor descriptor = reference.open(ObjectKind.MAP)) {
            info = MapInfo.of(descriptor);
        }
        String name = "map " + info.name();
        Btf types = KernelBtf.of(present(info.btfId() != 0 ? info.btfId() : info.vmlinuxBtfId(), name));
        return switch (part) {
            case "all" -> all(types);
            case "key" -> new TypeSource(types, List.of(typed(info.keyType(), name)));
            case "value" -> new TypeSource(types, List.of(typed(info.valueType(), name)));
            case "kv" -> new TypeSource(types, List.of(typed(info.keyType(), name), typed(info.valueType(), name)));
            default -> throw words.wrong("of a map there are key, value, kv and all, not '" + part + "'");
        };
    }

    private static int typed(int type, String map) {
        if (type == 0) {
            throw new InputException(Location.in(map), "it was made without a type for this", "");
        }
        return type;
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
