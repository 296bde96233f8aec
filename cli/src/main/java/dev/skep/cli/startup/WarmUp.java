package dev.skep.cli.startup;

import dev.skep.cli.Main;
import dev.skep.cli.Version;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The training run for the JDK's AOT caches: does what users do most, so that the classes and the profiles that this needs
 * are in the cache. The launcher starts it, once per build, JDK and cache.
 */
final class WarmUp {
    private WarmUp() {}

    /** A cache of its own: what is in one costs each start, needed or not. */
    enum Training {
        /** Everything but {@code skep trace}. */
        COMMANDS,
        /** {@code skep trace}. */
        TRACE
    }

    /**
     * @param args the training, and the folder of the repository or distribution, which has the examples
     */
    public static void main(String[] args) {
        switch (Training.valueOf(args[0].toUpperCase(Locale.ROOT))) {
            case COMMANDS -> commands(Path.of(args[1], "examples"));
            case TRACE -> trace();
        }
    }

    private static void commands(Path examples) {
        String object = examples.resolve("xdp-firewall/firewall.o").toString();
        String capture = examples.resolve("captures/mixed.pcapng").toString();

        System.out.println(Version.line());
        run("--help");
        run("run", "--help");
        run("run", object, "--pcap", capture);
        run("run", object, "--pcap", capture, "--json");
        run("inspect", object);
        run("disasm", object);
        run("load", object);
        run("prog", "list");
        run("map", "list");
        run("link", "list");
        run("features");
        run("no-such-command");
    }

    private static void trace() {
        script("BEGIN { @[comm] = count(); @h = hist(pid); printf(\"%s %d\\n\", comm, pid); exit(); }");
        script("tracepoint:syscalls:sys_enter_openat { @[str(args.filename)] = count(); } interval:ms:50 { exit(); }");
        script("tracepoint:raw_syscalls:sys_enter /comm == \"java\"/ { @t[tid] = nsecs; } "
                + "tracepoint:raw_syscalls:sys_exit /@t[tid]/ { @l = lhist((nsecs - @t[tid]) / 1000, 0, 1000, 10); "
                + "@s[args.id] = stats(args.ret); delete(@t[tid]); } interval:ms:50 { exit(); }");
        script(
                "software:cpu-clock:1000000 { @[kstack] = count(); @u[ustack(3)] = count(); } interval:ms:50 { exit(); }");
        script("BEGIN { $task = (struct task_struct *)curtask; printf(\"%s\\n\", $task->comm); exit(); }");
        script("uprobe:libc:malloc { @[pid] = count(); } interval:ms:50 { exit(); }");
        run("trace", "-e", "BEGIN { foo(); }");
        run("trace", "-l", "tracepoint:sched:sched_sw*");
    }

    private static void script(String program) {
        run("trace", "-q", "-e", program);
    }

    /** How the command ends does not matter: training must do no harm even if the examples are not there. */
    private static void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int _ = Main.run(nowhere, nowhere, args);
    }
}
