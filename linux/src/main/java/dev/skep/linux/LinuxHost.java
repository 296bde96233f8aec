package dev.skep.linux;

import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.LinuxLink;
import dev.skep.linux.load.KernelTypes;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.BpfObject;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.Host;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;

/**
 * The running Linux kernel as a host.
 *
 * <pre>{@code
 * try (LinuxHost host = LinuxHost.open();
 *         LinuxObject firewall = host.load(ObjectReader.read(file));
 *         LinuxLink link = host.attach(firewall.program("firewall").orElseThrow(), new NetworkPoint.Xdp("eth0", Mode.ANY))) {
 *     ...
 * }
 * }</pre>
 *
 * <p>It holds what is worth keeping between objects, the kernel's types; objects and links live on without it. Thread-safe.
 */
public final class LinuxHost implements Host {
    private final KernelTypes types = new KernelTypes();

    private LinuxHost() {}

    /** Opens the host. Nothing is asked of the kernel yet. */
    public static LinuxHost open() {
        return new LinuxHost();
    }

    @Override
    public String name() {
        return "kernel";
    }

    /** The first of three steps: open, load, attach. What the file says can be changed before it is loaded. */
    public OpenObject open(BpfObject object) {
        return new OpenObject(object, types);
    }

    /** Opens and loads it as it is. @throws LoadException if the kernel refuses a program */
    @Override
    public LinuxObject load(BpfObject object) {
        return open(object).load();
    }

    @Override
    public LinuxLink attach(Program program, AttachPoint point) {
        if (program instanceof LinuxProgram loaded) {
            return Attacher.attach(loaded, point);
        }
        throw new HostException(
                Errno.EINVAL,
                "program " + program.spec().name() + " is not in the kernel, so it cannot be attached there");
    }

    /** The types of the running kernel and its modules. */
    public KernelTypes types() {
        return types;
    }

    @Override
    public void close() {
        types.close();
    }
}
