package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Link;
import java.nio.file.Path;

/**
 * A program attached in the kernel. Closing it detaches, unless it was pinned or {@linkplain #release() released}.
 *
 * <p>Most are links of bpf(2) ({@link BpfLink}); the others are older ways to attach, which cannot be pinned and some
 * of which ({@link DirectLink}) outlive the process that made them.
 */
public abstract sealed class LinuxLink implements Link, LiveAttachment
        permits BpfLink, DirectLink, LinkGroup, PerfEventLink, TracefsProbeLink, UsdtLink {
    private volatile LinuxProgram program;
    private final AttachPoint point;

    LinuxLink(LinuxProgram program, AttachPoint point) {
        this.program = program;
        this.point = point;
    }

    /** The attached program: the first, or the one put in its place since. */
    @Override
    public LinuxProgram program() {
        return program;
    }

    /** Remembers what is attached now. */
    final void updated(LinuxProgram replacement) {
        program = replacement;
    }

    @Override
    public String name() {
        return program.spec().name();
    }

    /** What it was attached to. */
    public AttachPoint point() {
        return point;
    }

    @Override
    public String target() {
        return point.describe();
    }

    /**
     * Puts {@code replacement} in the program's place without a gap.
     *
     * @param replacement of the same type; may be closed afterwards, as the first program may
     * @throws HostException EOPNOTSUPP if this kind of attachment cannot, else what the kernel refuses with
     */
    public abstract void update(LinuxProgram replacement);

    @Override
    public void pin(Path path) {
        throw new HostException(
                Errno.EOPNOTSUPP,
                target() + " is attached without a link of bpf(2), so it cannot be pinned at " + path);
    }

    @Override
    public abstract void release();

    @Override
    public abstract void close();

    /** Says that the program cannot be replaced where it is. */
    final HostException cannotReplace(LinuxProgram replacement) {
        return new HostException(
                Errno.EOPNOTSUPP,
                "cannot put " + replacement + " in place of " + this
                        + ", for the kernel cannot replace a program there;" + " attach it too, then close this");
    }

    @Override
    public String toString() {
        return program + " at " + target();
    }
}
