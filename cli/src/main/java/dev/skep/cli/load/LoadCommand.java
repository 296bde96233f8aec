package dev.skep.cli.load;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.UntilInterrupted;
import dev.skep.cli.machine.LinuxOnly;
import dev.skep.cli.program.ProgramFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep load}. */
@Command(
        name = "load",
        description = {
            "Loads objects into the running kernel and shows what became of each program: its tag and number of instructions, "
                    + "or why the kernel refused it, with the line to change.",
            "Without --attach, --pin and --pin-maps everything is unloaded again. With --attach alone it stays until Ctrl-C.",
            "Exit code 1 if the verifier refused a program or something named is not there, 2 if an object or option is wrong, "
                    + "3 if the system refused."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep load *.o",
            "  skep load firewall.o --attach xdp:eth0",
            "  skep load quota.o --attach cgroup:/sys/fs/cgroup/web --pin /sys/fs/bpf/quota",
            "  skep load count.o --target count=name:firewall:verdict --attach auto"
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "OBJECT", description = "The object files; - for standard input.")
    private List<String> objects = List.of();

    @Option(
            names = "--attach",
            paramLabel = "[PROG=]PLACE",
            description = {
                "Attach the program that fits this place, or the one named. May be given several times. PLACE is one of:",
                "auto (where the section says),",
                "xdp:IF, xdp-generic:IF, xdp-native:IF, xdp-offload:IF,",
                "tcx-ingress:IF, tcx-egress:IF, tc-ingress:IF, tc-egress:IF,",
                "netkit-primary:IF, netkit-peer:IF,",
                "cgroup:PATH[@HOOK], netns:PATH, netfilter-ipv4:HOOK[@PRIORITY],",
                "netfilter-ipv6:HOOK[@PRIORITY], route:DESTINATION@IF, sockets:MAP,",
                "perf:EVENT@HERTZ, tracepoint:CATEGORY/NAME, raw_tracepoint:NAME,",
                "kprobe:FUNCTION, kretprobe:FUNCTION, kprobe.multi:PATTERN,",
                "ksyscall:NAME, uprobe:BINARY:FUNCTION, uretprobe:BINARY:FUNCTION,",
                "uprobe.multi:BINARY:PATTERN, usdt:BINARY:PROVIDER:NAME, iter:KIND."
            })
    private List<String> places = List.of();

    @Option(
            names = "--pin",
            paramLabel = "DIR",
            description =
                    "Keep programs, maps and links by pins in this folder of a bpf file system (made if missing).")
    private @Nullable Path pin;

    @Option(
            names = "--pin-maps",
            paramLabel = "DIR",
            description = "Keep the maps by pins in this folder, alone or in place of --pin's DIR/maps.")
    private @Nullable Path pinMaps;

    @Mixin
    private final ObjectSettings settings = new ObjectSettings();

    @Option(names = "--seconds", paramLabel = "N", description = "Stay attached so long instead of until Ctrl-C.")
    private @Nullable Double seconds;

    @Option(names = "--log", description = "Also show all of the verifier's log of refused programs.")
    private boolean log;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the whole path on which a refused program failed.")
    private boolean verbose;

    @Option(names = "--json", description = "Print a JSON object for each program, on a line of its own.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LinuxOnly.check();
        List<Attachment> attachments = places.stream().map(Attachment::read).toList();
        if (objects.size() > 1 && keeps(attachments)) {
            throw new ParameterException(spec.commandLine(), "--attach, --pin and --pin-maps take one object");
        }
        int worst = ExitCode.OK;
        try (LinuxHost host = LinuxHost.open();
                settings) {
            for (String object : objects) {
                worst = Math.max(worst, load(host, new InputFile(object), attachments));
            }
        }
        return worst;
    }

    private int load(LinuxHost host, InputFile file, List<Attachment> attachments) throws IOException {
        BpfObject object;
        try {
            object = ProgramFile.read(file);
        } catch (InputException | IOException e) {
            if (objects.size() == 1) {
                throw e;
            }
            String reason = String.valueOf(e.getMessage());
            print(
                    file,
                    List.of(ProgramReport.failed(
                            file.shownName(), "", ProgramType.UNSPEC, reason, ExitCode.BAD_INPUT)));
            return ExitCode.BAD_INPUT;
        }
        OpenObject open = host.open(object);
        try {
            settings.apply(open);
        } catch (NoSuchElementException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        LinuxObject loaded;
        try {
            loaded = open.loadEach();
        } catch (InputException | HostException e) { // not one program, but a map or an extern
            print(file, unloaded(file, object, e));
            return ExitCode.of(e);
        }
        try (loaded) {
            return report(file, object, loaded, attachments);
        }
    }

    private boolean keeps(List<Attachment> attachments) {
        return pin != null || pinMaps != null || !attachments.isEmpty();
    }

    /** What failed failed for every program that was wanted; for the object itself if none was. */
    private List<ProgramReport> unloaded(InputFile file, BpfObject object, RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        int exitCode = ExitCode.of(failure);
        List<ProgramReport> reports = object.programs().stream()
                .filter(settings::wants)
                .map(program ->
                        ProgramReport.failed(file.shownName(), program.name(), program.type(), reason, exitCode))
                .toList();
        return reports.isEmpty()
                ? List.of(ProgramReport.failed(file.shownName(), "", ProgramType.UNSPEC, reason, exitCode))
                : reports;
    }

    private int report(InputFile file, BpfObject object, LinuxObject loaded, List<Attachment> attachments)
            throws IOException {
        List<ProgramReport> reports = loaded.outcomes().stream()
                .flatMap(outcome -> ProgramReport.of(file.shownName(), object, outcome).stream())
                .toList();
        print(file, reports);
        int worst = reports.stream().mapToInt(ProgramReport::exitCode).max().orElse(ExitCode.OK);
        if (worst == ExitCode.OK && keeps(attachments)) {
            keep(loaded, attachments);
        }
        return worst;
    }

    private void print(InputFile file, List<ProgramReport> reports) throws IOException {
        ReportOutput output = new ReportOutput(spec.commandLine().getOut(), verbose, log);
        if (json) {
            output.json(reports);
        } else {
            output.text(file.shownName(), reports);
        }
    }

    /** Attaches and pins. What is pinned stays; what is only attached stays as long as the user wants. */
    private void keep(LinuxObject loaded, List<Attachment> attachments) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (UntilInterrupted ending =
                        new UntilInterrupted(); // those attached by netlink would not end with the process
                HeldLinks links = new HeldLinks()) {
            for (Attachment attachment : attachments) {
                links.add(attachment.attach(loaded));
            }
            links.all().forEach(link -> err.println("skep: attached " + link));
            if (pin != null || pinMaps != null) {
                pin(loaded, links.all()).forEach(path -> err.println("skep: pinned " + path));
            }
            if (pin != null) {
                links.release();
            }
            if (pin != null || attachments.isEmpty()) {
                return;
            }
            err.println(seconds == null ? "skep: Ctrl-C detaches" : "skep: detaching in " + seconds + " s");
            err.flush();
            boolean _ = ending.await(Optional.ofNullable(seconds));
        }
    }

    private List<Path> pin(LinuxObject loaded, List<LiveAttachment> attached) throws IOException {
        if (pin == null) {
            return new PinFolder(Objects.requireNonNull(pinMaps)).pinMaps(loaded.maps());
        }
        Path maps = pinMaps == null ? pin.resolve("maps") : pinMaps;
        return new PinFolder(pin).pin(loaded, maps, attached);
    }
}
