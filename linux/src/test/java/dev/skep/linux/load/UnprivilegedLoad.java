package dev.skep.linux.load;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process in a user namespace of its own: has a bpf file system configured by whoever started it, mounts it, then loads an object and
 * asks for features, first by its own rights, then by those of a token. Each answer is a line.
 */
final class UnprivilegedLoad {
    private static final int AT_FDCWD = -100; // linux/fcntl.h
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4; // linux/mount.h

    private UnprivilegedLoad() {}

    /** @param args an empty folder to mount at, and an object */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (Arena arena = Arena.ofConfined();
                FileDescriptor context = FileDescriptor.owning(SystemFailure.check(
                        SystemCalls.call(
                                SystemCall.FSOPEN, arena.allocateFrom("bpf").address(), 0, 0),
                        "open a bpf file system"))) {
            System.out.println(context.number());
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            mount(context, folder, arena);
        }
        byte[] elf = Files.readAllBytes(Path.of(args[1]));
        answer("load", () -> load(elf, Optional.empty()));
        answer("feature", () -> KernelFeatures.support(Feature.GLOBAL_DATA).toString());
        answer("load by token", () -> load(elf, Optional.of(folder)));
        answer("features by token", () -> features(folder));
    }

    private static void mount(FileDescriptor context, Path folder, Arena arena) {
        try (FileDescriptor mount = FileDescriptor.owning(SystemFailure.check(
                SystemCalls.call(SystemCall.FSMOUNT, context.number(), 0, 0), "mount the bpf file system"))) {
            long result = SystemCalls.call(
                    SystemCall.MOVE_MOUNT,
                    mount.number(),
                    arena.allocateFrom("").address(),
                    AT_FDCWD,
                    arena.allocateFrom(folder.toString()).address(),
                    MOVE_MOUNT_F_EMPTY_PATH,
                    0);
            SystemFailure.check(result, "mount the bpf file system at " + folder);
        }
    }

    private static String load(byte[] elf, Optional<Path> bpffs) {
        try (LinuxHost host = LinuxHost.open()) {
            OpenObject open = host.open(ObjectReader.read(elf, "loader"));
            bpffs.ifPresent(open::token);
            try (LinuxObject loaded = open.load()) {
                return "returns "
                        + loaded.program("passes")
                                .orElseThrow()
                                .run(Program.Input.packet(new byte[64]))
                                .returnValue();
            }
        }
    }

    private static String features(Path bpffs) {
        try (BpfToken token = BpfToken.of(bpffs)) {
            return KernelFeatures.asking(
                    Optional.of(token),
                    () -> "global data " + KernelFeatures.support(Feature.GLOBAL_DATA) + ", xdp "
                            + KernelFeatures.support(ProgramType.XDP) + ", hash "
                            + KernelFeatures.support(MapType.HASH) + ", log "
                            + KernelFeatures.support(Feature.LOG_TRUE_SIZE));
        }
    }

    private interface Question {
        String answer();
    }

    private static void answer(String what, Question question) {
        try {
            System.out.println(what + ": " + question.answer());
        } catch (HostException e) {
            System.out.println(what + ": " + e.getMessage().replace('\n', ' '));
        }
    }
}
