package dev.skep.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;

/**
 * The training run for the JDK's AOT cache: does what users do most, so that the classes and the profiles that this needs
 * are in the cache. The launcher starts it, once per build and JDK.
 */
final class WarmUp {
    private WarmUp() {}

    /**
     * @param args the folder of the repository or distribution, which has the examples
     */
    public static void main(String[] args) {
        Path examples = Path.of(args[0], "examples");
        String object = examples.resolve("xdp-firewall/firewall.o").toString();
        String capture = examples.resolve("captures/mixed.pcapng").toString();

        System.out.println(Version.line());
        boolean _ = System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG); // as System.exit asks
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
        run(
                "trace",
                "-q",
                "-e",
                "BEGIN { @[comm] = count(); @h = hist(pid); printf(\"%s %d\\n\", comm, pid); exit(); }");
        run(
                "trace",
                "-q",
                "-e",
                "BEGIN { exit(); } tracepoint:syscalls:sys_enter_openat { @[str(args.filename)] = count(); }");
        run("features");
        run("no-such-command");
    }

    /** How the command ends does not matter: training must do no harm even if the examples are not there. */
    private static void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int _ = Main.run(nowhere, nowhere, args);
    }
}
