package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What every way of attaching to the network does: attach, effect seen, update, pin, live on without the holder, reopen, close,
 * gone; and no descriptor is left over.
 */
final class NetworkLinkContract {
    private static final long PATIENCE_MILLIS = 10_000;

    private final Supplier<VerdictProgram> programs;
    private final Function<LinuxProgram, LinuxLink> attach;
    private final Runnable traffic;

    /** @param programs loads one that lets traffic pass @param traffic makes an attached one run at least once */
    NetworkLinkContract(Supplier<VerdictProgram> programs, Function<LinuxProgram, LinuxLink> attach, Runnable traffic) {
        this.programs = programs;
        this.attach = attach;
        this.traffic = traffic;
    }

    /** For links of bpf(2). */
    void holdsForLinks() {
        traffic.run(); // what the JVM opens once and keeps is open now
        holds(true, true);
        isPinned();
    }

    /** For links of bpf(2) of a kind that cannot be updated. */
    void holdsForLinksThatStay() {
        traffic.run();
        holds(true, false);
        isPinned();
    }

    /** For attachments without a link. */
    void holdsWithoutLinks() {
        traffic.run();
        holds(false, true);
        outlivesItsProgram();
    }

    private void holds(boolean isLink, boolean updates) {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram first = programs.get();
                VerdictProgram second = programs.get()) {
            isIdle(first);
            LinuxLink link = attach.apply(first.program());
            assertThat(link instanceof BpfLink).isEqualTo(isLink);
            assertThat(link.program()).isSameAs(first.program());
            assertThat(link.target()).isEqualTo(link.point().describe());
            runs(first);
            tellsOf(link, first);
            if (updates) {
                link.update(second.program());
                assertThat(link.program()).isSameAs(second.program());
                tellsOf(link, second);
                runs(second);
                isIdle(first);
            } else {
                assertThatThrownBy(() -> link.update(second.program()))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP));
                runs(first);
            }
            if (!isLink) {
                assertThatThrownBy(() -> link.pin(Path.of("/nowhere"))).hasMessageContaining("EOPNOTSUPP");
            }
            link.close();
            link.close();
            isIdle(first);
            isIdle(second);
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    private static void tellsOf(LinuxLink link, VerdictProgram program) {
        if (link instanceof BpfLink held) {
            assertThat(held.info().programId())
                    .isEqualTo(program.program().info().id());
            assertThat(held.info().type()).isPresent();
        }
    }

    private void isPinned() {
        try (PrivateMount bpffs = PrivateMount.of("bpf")) {
            long descriptors = OpenDescriptors.count();
            try (VerdictProgram program = programs.get()) {
                Path pin = bpffs.root().resolve("link");
                AttachPoint point;
                try (LinuxLink link = attach.apply(program.program())) {
                    link.pin(pin);
                    point = link.point();
                }
                runs(program);
                try (BpfLink reopened = BpfLink.ofPin(pin, program.program(), point)) {
                    Files.delete(pin);
                    runs(program);
                    assertThat(reopened.program()).isSameAs(program.program());
                }
                isIdle(program);
            }
            assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An attachment must be closed although the owner of the program has closed that. */
    private void outlivesItsProgram() {
        VerdictProgram first = programs.get();
        LinuxLink link = attach.apply(first.program());
        first.program().close();
        runs(first);
        try (VerdictProgram second = programs.get()) {
            link.update(second.program());
            second.program().close();
            isIdle(first);
            runs(second);
            link.close();
            isIdle(second);
        }
        first.close();
    }

    /** Repeats the traffic until it is seen: on a busy machine a packet may come late. */
    private void runs(VerdictProgram program) {
        long before = program.runs();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        do {
            traffic.run();
        } while (program.runs() == before && System.currentTimeMillis() < end);
        assertThat(program.runs()).as("runs after traffic").isGreaterThan(before);
    }

    /** Repeats the traffic until it is seen no more: what was on its way when the program was detached may still meet it. */
    private void isIdle(VerdictProgram program) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        long before;
        do {
            before = program.runs();
            traffic.run();
        } while (program.runs() != before && System.currentTimeMillis() < end);
        assertThat(program.runs()).as("runs after traffic").isEqualTo(before);
    }
}
