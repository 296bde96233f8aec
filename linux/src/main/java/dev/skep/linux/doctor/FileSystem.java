package dev.skep.linux.doctor;

import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.lang.foreign.Arena;
import java.util.Optional;

/** A file system that BPF is used through, and that the doctor mounts when told to. */
public enum FileSystem {
    BPFFS("bpf", "/sys/fs/bpf", "mode=0700"),
    TRACEFS("tracefs", "/sys/kernel/tracing", "");

    private final String type;
    private final String place;
    private final String options;

    FileSystem(String type, String place, String options) {
        this.type = type;
        this.place = place;
        this.options = options;
    }

    /** The kernel's name for it. */
    public String type() {
        return type;
    }

    /** Where it is by custom. */
    public String place() {
        return place;
    }

    String remedy() {
        return "skep doctor --mount, or: mount -t " + type + " " + type + " " + place;
    }

    /** Where it is mounted on this machine. */
    public Optional<String> findMounted() {
        return MountTable.of(MachineFiles.OF_THIS_MACHINE).find(type);
    }

    /**
     * Mounts it where it is by custom, in this process's mount namespace.
     *
     * @throws dev.skep.object.host.HostException if the kernel refuses
     */
    public void mount() {
        try (Arena arena = Arena.ofConfined()) {
            long result = SystemCalls.call(
                    SystemCall.MOUNT,
                    arena.allocateFrom(type).address(),
                    arena.allocateFrom(place).address(),
                    arena.allocateFrom(type).address(),
                    0,
                    arena.allocateFrom(options).address(),
                    0);
            if (result < 0) {
                throw SystemFailure.refused(
                        result,
                        "mount " + type + " at " + place,
                        Doctor.likelyReason(new Operation.Mount(), SystemFailure.errno(result)));
            }
        }
    }
}
