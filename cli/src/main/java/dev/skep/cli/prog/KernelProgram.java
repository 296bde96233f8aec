package dev.skep.cli.prog;

import dev.skep.linux.info.DescriptorNotes;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.program.ProgramType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A program in the kernel, as a listing shows it.
 *
 * @param memory bytes the kernel accounts for it
 */
record KernelProgram(ProgramInfo info, long memory) {
    /** Those with these ids; what has gone meanwhile is left out. */
    static List<KernelProgram> withIds(List<Integer> ids) {
        List<KernelProgram> programs = new ArrayList<>();
        for (int id : ids) {
            Optional<FileDescriptor> found = ObjectKind.PROGRAM.find(id);
            if (found.isPresent()) {
                try (FileDescriptor descriptor = found.get()) {
                    long memory = DescriptorNotes.of(descriptor).memory();
                    programs.add(new KernelProgram(ProgramInfo.of(descriptor), memory));
                }
            }
        }
        return programs;
    }

    /** Its type as bpftool writes it: {@code xdp}, {@code sched_cls}. */
    String type() {
        return info.type().map(KernelProgram::word).orElse("type " + info.typeNumber());
    }

    private static String word(ProgramType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** When it was loaded, to the second. */
    Instant loaded() {
        // The first number is the time since the system started, with its sleep, as the kernel's clock for load times
        // has it.
        Duration uptime = MachineFiles.OF_THIS_MACHINE
                .text("/proc/uptime")
                .map(text -> Duration.ofMillis((long) (Double.parseDouble(text.split(" ")[0]) * 1000)))
                .orElse(Duration.ZERO);
        return Instant.ofEpochSecond(
                Instant.now().minus(uptime).plus(info.loadTime()).getEpochSecond());
    }
}
