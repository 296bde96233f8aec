package dev.skep.linux.load;

import dev.skep.linux.load.KernelTypes.Found;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.StructOpsSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@code struct_ops} variable as this kernel lays it out (libbpf's {@code bpf_map__init_kern_struct_ops}): the kernel's structure
 * inside its {@code struct bpf_struct_ops_NAME}, members found by name.
 *
 * @param typeId of the structure around it, in the kernel's types @param size of it, in bytes
 * @param structId of the structure itself @param moduleDescriptor of the module's types, 0 for the kernel's own
 * @param data the bytes, function pointers zero
 * @param programs by name of the program: the members it implements
 */
record StructOpsValue(
        int typeId, int size, int structId, int moduleDescriptor, byte[] data, Map<String, List<Slot>> programs) {
    static final StructOpsValue NONE = new StructOpsValue(0, 0, 0, 0, new byte[0], Map.of());

    private static final String WRAPPER = "bpf_struct_ops_";

    /** A function pointer. @param index of the member in the structure @param offset in the whole value, in bytes */
    record Slot(int index, int offset) {}

    boolean isPresent() {
        return typeId != 0;
    }

    /**
     * Lays a variable out.
     *
     * @throws HostException ENOTSUPP if this kernel's structure is another: it lacks a member that is set, or has it in another size
     * @throws InputException if the kernel knows no such structure
     */
    static StructOpsValue of(BpfObject object, StructOpsSpec spec, KernelTypes kernel) {
        BtfType.Composite local =
                (BtfType.Composite) object.btf().type(object.btf().strip(spec.typeId()));
        String name = dev.skep.object.core.EssentialName.of(local.name());
        Found wrapper = kernel.find(WRAPPER + name, BtfType.Composite.class)
                .orElseThrow(() -> new InputException(
                        Location.in(object.name()).section(spec.section()),
                        "this kernel has no struct_ops of type struct " + name + " (for variable " + spec.name() + ")",
                        "it may need a newer kernel or a kernel module"));
        return new Layout(object, spec, local, wrapper).value();
    }

    /** One variable being laid out. */
    private static final class Layout {
        private final StructOpsSpec spec;
        private final Btf localTypes;
        private final BtfType.Composite local;
        private final Found wrapper;
        private final BtfType.Composite outer;
        private final BtfType.Member dataMember;
        private final BtfType.Composite target;
        private final byte[] data;
        private final Map<String, List<Slot>> programs = new TreeMap<>();

        Layout(BpfObject object, StructOpsSpec spec, BtfType.Composite local, Found wrapper) {
            this.spec = spec;
            this.localTypes = object.btf();
            this.local = local;
            this.wrapper = wrapper;
            this.outer = (BtfType.Composite) wrapper.types().type(wrapper.id());
            this.dataMember = outer.members().stream()
                    .filter(m -> m.name().equals("data"))
                    .findFirst()
                    .orElseThrow(() -> refused("its " + outer.name() + " has no member data"));
            this.target =
                    (BtfType.Composite) wrapper.types().type(wrapper.types().strip(dataMember.type()));
            this.data = new byte[outer.size()];
        }

        StructOpsValue value() {
            for (BtfType.Member member : local.members()) {
                copy(member);
            }
            return new StructOpsValue(
                    wrapper.id(),
                    outer.size(),
                    wrapper.types().strip(dataMember.type()),
                    wrapper.descriptor(),
                    data,
                    programs);
        }

        private void copy(BtfType.Member member) {
            int from = member.bitOffset() / Byte.SIZE;
            int length = new BtfLayout(localTypes).size(member.type());
            byte[] bytes = spec.data()
                    .slice(from, Math.min(length, spec.data().length() - from))
                    .toArray();
            Optional<StructOpsSpec.Member> program =
                    spec.members().stream().filter(m -> m.offset() == from).findFirst();
            int index = indexOf(member.name());
            if (index < 0) {
                if (!isZero(bytes)) {
                    throw refused("it has no member " + member.name() + ", which the object sets");
                }
                return; // a function that this kernel never calls is left out, as with libbpf 1.5
            }
            BtfType.Member there = target.members().get(index);
            int to = (dataMember.bitOffset() + there.bitOffset()) / Byte.SIZE;
            if (program.isPresent()) {
                programs.merge(program.get().program(), List.of(new Slot(index, to)), StructOpsValue::join);
                return;
            }
            if (member.bitfieldSize() != 0 || there.bitfieldSize() != 0) {
                throw refused("bit fields such as " + member.name() + " are not supported");
            }
            if (length != new BtfLayout(wrapper.types()).size(there.type())) {
                throw refused(
                        "it has member " + member.name() + " in another size than the object's " + length + " bytes");
            }
            System.arraycopy(bytes, 0, data, to, bytes.length);
        }

        private int indexOf(String member) {
            for (int i = 0; i < target.members().size(); i++) {
                if (target.members().get(i).name().equals(member)) {
                    return i;
                }
            }
            return -1;
        }

        private HostException refused(String problem) {
            return new HostException(
                    Errno.ENOTSUPP,
                    "struct_ops variable " + spec.name() + " does not fit this kernel's struct " + local.name() + ": "
                            + problem);
        }
    }

    private static List<Slot> join(List<Slot> some, List<Slot> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }
}
