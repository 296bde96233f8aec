package dev.skep.linux.load;

import dev.skep.linux.doctor.Doctor;
import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.load.KernelTypes.Found;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Optional;

/**
 * What a program is for, as the verifier must know it at load (libbpf's {@code libbpf_find_attach_btf_id}).
 *
 * @param typeId {@code attach_btf_id} @param descriptor {@code attach_prog_fd} or {@code attach_btf_obj_fd}, 0 for the kernel itself
 */
record AttachTarget(int typeId, int descriptor) {
    static final AttachTarget NONE = new AttachTarget(0, 0);

    /** How the types of a kind of target are named. */
    private record Naming(String prefix, Class<? extends BtfType> kind) {}

    /**
     * Finds it.
     *
     * @param replaced for programs that extend or trace another one: that one
     * @throws HostException ENOENT if the kernel has no such function or tracepoint
     * @throws InputException if the program needs a target and its section names none
     */
    static AttachTarget of(BpfObject object, ProgramSpec program, KernelTypes kernel, Optional<LinuxProgram> replaced) {
        if (replaced.isPresent()) {
            return inProgram(program, replaced.get());
        }
        if (program.type() == ProgramType.EXT) {
            throw new InputException(
                    Location.in(object.name()).section(program.section()),
                    "program " + program.name() + " replaces a function of another program, and nobody says of which",
                    "name the program: OpenObject.targetProgram, or --target PROGRAM=OTHER of skep load");
        }
        Optional<Naming> naming = naming(program);
        if (naming.isEmpty()) {
            return NONE;
        }
        String target = program.attachTarget()
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new InputException(
                        Location.in(object.name()).section(program.section()),
                        "program " + program.name() + " needs a function to attach to, and its section names none",
                        "write SEC(\"" + program.section() + "/FUNCTION\"), or name one before loading"));
        return find(program, target, naming.get(), kernel);
    }

    private static Optional<Naming> naming(ProgramSpec program) {
        Optional<AttachType> attach = program.expectedAttachType();
        return switch (program.type()) {
            case LSM -> Optional.of(new Naming("bpf_lsm_", BtfType.Function.class));
            case TRACING ->
                Optional.of(
                        attach.isPresent() && attach.get() == AttachType.TRACE_RAW_TP
                                ? new Naming("btf_trace_", BtfType.Typedef.class)
                                : attach.isPresent() && attach.get() == AttachType.TRACE_ITER
                                        ? new Naming("bpf_iter_", BtfType.Function.class)
                                        : new Naming("", BtfType.Function.class));
            default -> Optional.empty();
        };
    }

    private static AttachTarget find(ProgramSpec program, String target, Naming naming, KernelTypes kernel) {
        int colon = target.indexOf(':');
        String name = naming.prefix() + target.substring(colon + 1);
        Optional<Found> found = colon < 0
                ? kernel.find(name, naming.kind())
                : kernel.find(target.substring(0, colon), name, naming.kind());
        return found.map(f -> new AttachTarget(f.id(), f.descriptor()))
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT,
                        "program " + program.name() + " is for " + target + ", but this kernel's types have no " + name
                                + (naming.prefix().isEmpty()
                                        ? "; "
                                                + Doctor.ofThisMachine()
                                                        .explainMissingFunction(name)
                                                        .sentence()
                                        : "")));
    }

    /** A function of another program, by its types. */
    private static AttachTarget inProgram(ProgramSpec program, LinuxProgram target) {
        String name = program.attachTarget()
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> target.spec().name());
        Btf types = BtfInfo.typesOf(target.info())
                .orElseThrow(() -> new HostException(
                        Errno.EINVAL, target + " was loaded without BTF, so no function of it can be named"));
        int function = types.find(name, BtfType.Function.class)
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT, target + " has no function " + name + " for " + program.name()));
        return new AttachTarget(function, target.descriptor().number());
    }
}
