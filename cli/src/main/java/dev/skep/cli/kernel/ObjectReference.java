package dev.skep.cli.kernel;

import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.MapInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the user names an object in the kernel, as for bpftool. */
public sealed interface ObjectReference {
    /** What a name is cut to by the kernel: {@code BPF_OBJ_NAME_LEN} of linux/bpf.h without the zero byte. */
    int LONGEST_NAME = 15;

    /** {@code id N}. */
    record ById(int id) implements ObjectReference {}

    /** {@code name NAME}: programs and maps; the kernel's 15 characters of it are compared. */
    record ByName(String name) implements ObjectReference {}

    /** {@code tag TAG}: programs. @param tag 16 hexadecimal digits in lower case */
    record ByTag(String tag) implements ObjectReference {}

    /** {@code pinned PATH}. */
    record ByPin(Path path) implements ObjectReference {}

    /** Reads one if there are words left; without any, all are meant. */
    static Optional<ObjectReference> readIfAny(Words words, ObjectKind kind) {
        return words.isEmpty() ? Optional.empty() : Optional.of(read(words, kind));
    }

    /** Reads one. */
    static ObjectReference read(Words words, ObjectKind kind) {
        String keyword = words.next("which " + kind.word() + ": " + forms(kind));
        if (!isForm(keyword, kind)) {
            throw words.wrong("a " + kind.word() + " is named by " + forms(kind) + ", not by '" + keyword + "'");
        }
        return keyword.equals("id")
                ? new ById((int) words.number("the id"))
                : of(keyword, words.next(keyword.equals("pinned") ? "the pin's path" : "the " + keyword));
    }

    /**
     * One written as a word of an option: {@code id:42}, {@code name:firewall}, {@code pinned:/sys/fs/bpf/firewall}.
     *
     * @param where the option, for messages
     * @throws InputException if it is not written so
     */
    static ObjectReference written(String text, ObjectKind kind, Location where) {
        int colon = text.indexOf(':');
        String keyword = colon < 0 ? text : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        boolean badId = keyword.equals("id") && !rest.matches("\\d{1,9}");
        if (colon < 0 || rest.isEmpty() || !isForm(keyword, kind) || badId) {
            throw new InputException(
                    where,
                    "'" + text + "' names no " + kind.word(),
                    "write " + forms(kind).replaceAll("(\\w) (?=[A-Z])", "$1:"));
        }
        return of(keyword, rest);
    }

    private static ObjectReference of(String keyword, String rest) {
        return switch (keyword) {
            case "id" -> new ById(Integer.parseInt(rest));
            case "name" -> new ByName(rest);
            case "tag" -> new ByTag(rest.toLowerCase(Locale.ROOT));
            default -> new ByPin(Path.of(rest));
        };
    }

    private static boolean isForm(String keyword, ObjectKind kind) {
        return Arrays.stream(forms(kind).split(", | or ")).anyMatch(form -> form.startsWith(keyword + " "));
    }

    /** The forms there are, keywords in lower case. */
    private static String forms(ObjectKind kind) {
        return switch (kind) {
            case PROGRAM -> "id N, name NAME, tag TAG or pinned PATH";
            case MAP -> "id N, name NAME or pinned PATH";
            case LINK, BTF -> "id N or pinned PATH";
        };
    }

    /** A descriptor of the one object that is meant. @throws HostException ENOENT if there is none, EINVAL if there are several */
    default FileDescriptor open(ObjectKind kind) {
        return this instanceof ByPin(Path path) ? Pin.open(path, kind) : kind.open(id(kind));
    }

    /** Opens the program that is meant. @throws HostException ENOENT if there is none, EINVAL if there are several */
    default LinuxProgram program() {
        return this instanceof ByPin(Path path) ? LinuxProgram.ofPin(path) : LinuxProgram.ofId(id(ObjectKind.PROGRAM));
    }

    /** Opens the map that is meant. @throws HostException ENOENT if there is none, EINVAL if there are several */
    default LinuxMap map() {
        return this instanceof ByPin(Path path) ? LinuxMap.ofPin(path) : LinuxMap.ofId(id(ObjectKind.MAP));
    }

    /** The id of the one object that is meant. @throws HostException ENOENT if there is none, EINVAL if there are several */
    default int id(ObjectKind kind) {
        return only(ids(kind), kind);
    }

    /** @param ids what was found by this reference @return the only one of them @throws HostException EINVAL if there are several */
    default int only(List<Integer> ids, ObjectKind kind) {
        if (ids.size() > 1) {
            throw new HostException(
                    Errno.EINVAL,
                    ids.size() + " " + kind.word() + "s have the " + describe() + "; choose one by its id: "
                            + ids.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return ids.getFirst();
    }

    /** The ids of all objects that are meant, at least one. @throws HostException ENOENT if there is none */
    default List<Integer> ids(ObjectKind kind) {
        List<Integer> ids = switch (this) {
            case ById(int id) -> List.of(id);
            case ByPin(Path path) -> List.of(pinnedId(path, kind));
            case ByName(String name) -> named(kind, name.substring(0, Math.min(LONGEST_NAME, name.length())));
            case ByTag(String tag) ->
                ProgramInfo.all().stream()
                        .filter(program -> program.tag().toString().equals(tag))
                        .map(ProgramInfo::id)
                        .toList();
        };
        requireFound(ids, kind);
        return ids;
    }

    /** @param found what was found by this reference @throws HostException ENOENT if that is nothing */
    default void requireFound(List<?> found, ObjectKind kind) {
        if (found.isEmpty()) {
            throw new HostException(Errno.ENOENT, "no " + kind.word() + " in the kernel has the " + describe());
        }
    }

    private static List<Integer> named(ObjectKind kind, String name) {
        return kind == ObjectKind.PROGRAM
                ? ProgramInfo.all().stream()
                        .filter(program -> program.name().equals(name))
                        .map(ProgramInfo::id)
                        .toList()
                : MapInfo.all().stream()
                        .filter(map -> map.name().equals(name))
                        .map(MapInfo::id)
                        .toList();
    }

    private static int pinnedId(Path path, ObjectKind kind) {
        try (FileDescriptor descriptor = Pin.open(path, kind)) {
            return switch (kind) {
                case PROGRAM -> ProgramInfo.of(descriptor).id();
                case MAP -> MapInfo.of(descriptor).id();
                case LINK -> LinkInfo.of(descriptor).id();
                case BTF -> BtfInfo.of(descriptor).id();
            };
        }
    }

    /** For messages: {@code name firewall}. */
    default String describe() {
        return switch (this) {
            case ById(int id) -> "id " + id;
            case ByName(String name) -> "name " + name;
            case ByTag(String tag) -> "tag " + tag;
            case ByPin(Path path) -> "pin " + path;
        };
    }
}
