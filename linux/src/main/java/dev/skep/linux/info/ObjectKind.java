package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.GetId;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.Field;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of object the kernel gives ids to. Ids are unique within their kind, never 0, and not used again until the kernel has
 * gone through all 31-bit numbers.
 */
public enum ObjectKind {
    PROGRAM("program", BpfCommand.PROG_GET_NEXT_ID, BpfCommand.PROG_GET_FD_BY_ID, GetId.PROG_ID),
    MAP("map", BpfCommand.MAP_GET_NEXT_ID, BpfCommand.MAP_GET_FD_BY_ID, GetId.MAP_ID),
    LINK("link", BpfCommand.LINK_GET_NEXT_ID, BpfCommand.LINK_GET_FD_BY_ID, GetId.LINK_ID),
    BTF("BTF", BpfCommand.BTF_GET_NEXT_ID, BpfCommand.BTF_GET_FD_BY_ID, GetId.BTF_ID);

    private final String word;
    private final BpfCommand nextId;
    private final BpfCommand descriptorById;
    private final Field id;

    ObjectKind(String word, BpfCommand nextId, BpfCommand descriptorById, Field id) {
        this.word = word;
        this.nextId = nextId;
        this.descriptorById = descriptorById;
        this.id = id;
    }

    /** For messages: {@code program}, {@code map}, {@code link}, {@code BTF}. */
    public String word() {
        return word;
    }

    /**
     * The ids of all objects of this kind, ascending. Those that come or go meanwhile may be among them or not.
     *
     * @throws HostException EPERM without CAP_SYS_ADMIN
     */
    public List<Integer> ids() {
        List<Integer> ids = new ArrayList<>();
        int last = 0;
        while (true) {
            try (BpfAttr attr = BpfAttr.take()) {
                long result =
                        attr.set(GetId.START_ID, last).expect(GetId.NEXT_ID).call(nextId);
                if (SystemFailure.is(result, Errno.ENOENT)) {
                    return List.copyOf(ids);
                }
                requireAllowed(result, "list the ids of every " + word);
                last = (int) attr.get(GetId.NEXT_ID);
                ids.add(last);
            }
        }
    }

    /** A descriptor of the object with this id; empty if there is none (any more). @throws HostException if the kernel refuses */
    public Optional<FileDescriptor> find(int wanted) {
        try (BpfAttr attr = BpfAttr.take()) {
            long result = attr.set(id, wanted).call(descriptorById);
            if (SystemFailure.is(result, Errno.ENOENT)) {
                return Optional.empty();
            }
            requireAllowed(result, "open the " + word + " of id " + wanted);
            return Optional.of(FileDescriptor.owning(result));
        }
    }

    private static void requireAllowed(long result, String attempted) {
        if (result < 0) {
            boolean forbidden = SystemFailure.is(result, Errno.EPERM);
            throw SystemFailure.refused(
                    result,
                    attempted,
                    forbidden ? "what others have loaded is shown to those with CAP_SYS_ADMIN only" : "");
        }
    }

    /** A descriptor of the object with this id. @throws HostException ENOENT if there is none, else what the kernel refuses with */
    public FileDescriptor open(int wanted) {
        return find(wanted)
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "there is no " + word + " of id " + Integer.toUnsignedString(wanted) + "; it may have gone"));
    }

    /** What {@code read} says about every object of this kind, in the order of ids; those that go meanwhile are left out. */
    <T> List<T> all(Function<FileDescriptor, T> read) {
        List<T> all = new ArrayList<>();
        for (int each : ids()) {
            Optional<FileDescriptor> found = find(each);
            if (found.isPresent()) {
                try (FileDescriptor descriptor = found.get()) {
                    all.add(read.apply(descriptor));
                }
            }
        }
        return List.copyOf(all);
    }
}
