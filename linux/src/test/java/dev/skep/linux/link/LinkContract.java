package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every way of attaching to running code does: attach, effect seen, pin, live on without the link, reopen, close,
 * gone; and no descriptor is left over.
 */
final class LinkContract {
    private static final long PATIENCE_MILLIS = 10_000;

    private final CountingProgram program;
    private final ProbePoint point;
    private final Runnable event;

    /** @param event makes the thing happen that the program is to see, at least once */
    LinkContract(CountingProgram program, ProbePoint point, Runnable event) {
        this.program = program;
        this.point = point;
        this.event = event;
    }

    /** For links of bpf(2). */
    void holdsWithPin() {
        holdsWithoutPin();
        isPinned();
    }

    /** The part of {@link #holdsWithPin} that {@link #holdsWithoutPin} does not have. */
    void isPinned() {
        try (PrivateMount bpffs = PrivateMount.of("bpf")) { // the JDK may open /dev/urandom for its name, once
            long descriptors = OpenDescriptors.count();
            Path pin = bpffs.root().resolve("link");
            try (LinuxLink link = attach()) {
                LinkInfo info = ((BpfLink) link).info();
                assertThat(info.programId())
                        .isEqualTo(
                                ProgramInfo.of(program.program().descriptor()).id());
                assertThat(info.type()).isPresent();
                link.pin(pin);
            }
            isSeen();
            try (BpfLink reopened = reopen(pin, program, point)) {
                Files.delete(pin);
                isSeen();
                assertThat(reopened.target()).isEqualTo(point.describe());
            }
            isGone();
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For attachments that cannot be pinned too. */
    void holdsWithoutPin() {
        long descriptors = OpenDescriptors.count();
        isGone();
        LinuxLink link = attach();
        isSeen();
        assertThat(link.program()).isSameAs(program.program());
        assertThat(link.target()).isEqualTo(point.describe());
        if (!(point instanceof ProbePoint.Iterator)) {
            assertThatThrownBy(() -> link.update(program.program()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
        }
        link.close();
        link.close();
        isGone();
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    LinuxLink attach() {
        return Attacher.attach(program.program(), point);
    }

    /** Waits until the event has been counted, which some are a moment after they happen. */
    private void isSeen() {
        long before = program.runs();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        do {
            event.run();
        } while (program.runs() == before && System.currentTimeMillis() < end);
        assertThat(program.runs()).as("runs at %s", point.describe()).isGreaterThan(before);
    }

    /**
     * Waits until the event is no longer counted: the kernel may let go of a link a moment after its last holder did.
     */
    private void isGone() {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        long before;
        do {
            before = program.runs();
            event.run();
        } while (program.runs() != before && System.currentTimeMillis() < end);
        assertThat(program.runs()).as("runs at %s", point.describe()).isEqualTo(before);
    }

    static BpfLink reopen(Path pin, CountingProgram program, ProbePoint point) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(pin.toString()));
            return new BpfLink(program.program(), point, attr.open(BpfCommand.OBJ_GET, "open the link at " + pin));
        }
    }
}
