package dev.skep.linux.program;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.object.program.ProgramSpec;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/** A program in the kernel. Closing it lets go of it; it stays there as long as a link or a pin holds it. */
public final class LinuxProgram implements Program, AutoCloseable {
    private final ProgramSpec spec;
    private final FileDescriptor descriptor;
    private final List<LinuxMap> maps;

    /** @param descriptor the program's, owned from here on */
    public LinuxProgram(ProgramSpec spec, FileDescriptor descriptor) {
        this(spec, descriptor, List.of());
    }

    /** @param descriptor the program's, owned from here on @param maps of the object it was loaded from; stay the object's */
    public LinuxProgram(ProgramSpec spec, FileDescriptor descriptor, List<LinuxMap> maps) {
        this.spec = spec;
        this.descriptor = descriptor;
        this.maps = List.copyOf(maps);
    }

    /** The program with this id. Its spec is what the kernel knows: {@link ProgramInfo#spec()}. @throws HostException if there is none */
    public static LinuxProgram ofId(int id) {
        return of(ObjectKind.PROGRAM.open(id));
    }

    /** The program pinned at a path, with the spec of {@link ProgramInfo#spec()}. @throws HostException if there is none */
    public static LinuxProgram ofPin(Path path) {
        return of(Pin.open(path, ObjectKind.PROGRAM));
    }

    private static LinuxProgram of(FileDescriptor descriptor) {
        try {
            return new LinuxProgram(ProgramInfo.of(descriptor).spec(), descriptor);
        } catch (HostException e) {
            descriptor.close();
            throw e;
        }
    }

    @Override
    public ProgramSpec spec() {
        return spec;
    }

    /**
     * The maps of the object it was loaded from, which belong to the object; none if it was found in the kernel. Those that it uses are
     * known by id: {@link ProgramInfo#mapIds()}.
     */
    public List<LinuxMap> maps() {
        return maps;
    }

    /** The program's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** What the kernel says about it now. @throws HostException if the kernel refuses */
    public ProgramInfo info() {
        return ProgramInfo.of(descriptor);
    }

    @Override
    public Outcome run(Input input) {
        TestRunResult result =
                testRun(TestRunOptions.DEFAULT.withData(input.data()).withContext(input.context()));
        return new Outcome(Integer.toUnsignedLong(result.returnValue()), result.data(), result.context());
    }

    /**
     * Runs it on made-up input as often as wanted ({@code BPF_PROG_TEST_RUN}). Many repetitions hold on to the carrier of a virtual
     * thread: make such calls on a platform thread.
     *
     * @throws HostException ENOTSUPP if programs of this type cannot be run so, EINVAL if the input is not what they take
     */
    public TestRunResult testRun(TestRunOptions options) {
        return new TestRuns(this, options).run();
    }

    /** Keeps the program under a path in a bpf file system. @throws HostException if the kernel refuses */
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor);
            attr.call(BpfCommand.OBJ_PIN, "pin program " + spec.name() + " at " + path);
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "program " + spec.name();
    }
}
