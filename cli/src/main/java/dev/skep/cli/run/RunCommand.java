package dev.skep.cli.run;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.kernel.UntilInterrupted;
import dev.skep.cli.machine.LinuxOnly;
import dev.skep.cli.output.OutputFile;
import dev.skep.cli.output.Style;
import dev.skep.cli.output.Terminal;
import dev.skep.cli.program.ProgramFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.cli.verify.CounterexampleCommand;
import dev.skep.cli.verify.KernelRefusal;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.RejectedProgramException;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.counterexample.CounterexampleSearch;
import dev.skep.linux.load.LoadException;
import dev.skep.linux.load.Rejection;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.TerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep run}. */
@Command(
        name = "run",
        description = {
            "Runs a program on every packet of a capture, inside the JVM, and shows what it decided and what it left in its "
                    + "maps and global variables.",
            "The program is verified first; one that is rejected does not run, and exit code 1 says so.",
            "With --kernel the same in the running kernel, by test runs; or live, with --interface.",
            "Takes XDP, TC, socket filter, cgroup_skb and flow dissector programs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep run examples/xdp-firewall/firewall.o --pcap examples/captures/mixed.pcapng",
            "  skep run dnat.o --pcap in.pcap --out out.pcapng --map services=services.json",
            "  tcpdump -w - -c 1000 | skep run firewall.o --pcap - --json",
            "  skep run firewall.o --kernel --interface eth0"
        })
public final class RunCommand implements Callable<Integer> {
    private static final int MOST_WORKERS = 256;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "OBJECT", description = "The object file with the program.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String object;

    @Option(names = "--prog", paramLabel = "NAME", description = "Which program, if the object has several.")
    private @Nullable String program;

    @Option(names = "--pcap", paramLabel = "IN", description = "The capture: pcap or pcapng; - for standard input.")
    private @Nullable String pcap;

    @Option(
            names = "--packet",
            paramLabel = "HEX",
            description = "Instead of a capture: one packet, an Ethernet frame in hexadecimal digits.")
    private @Nullable String packet;

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "How it is run inside the JVM: jit (the default), translated to bytecode, or interpreter.")
    private EngineOptions.@Nullable Backend backend;

    @Option(
            names = "--no-verify",
            description =
                    "Do not verify it first; it runs in checked mode, slower: the first access outside its memory ends the run.")
    private boolean unverified;

    @Option(names = "--kernel", description = "Run it in the kernel instead of inside the JVM.")
    private boolean kernel;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            description =
                    "With --kernel: attach it to this network interface until Ctrl-C, instead of running it on a capture.")
    private @Nullable String networkInterface;

    @Option(names = "--seconds", paramLabel = "N", description = "With --interface: so long instead of until Ctrl-C.")
    private @Nullable Double seconds;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description =
                    "Write the packets as the program left them, each with the verdict as a comment, to this pcapng file.")
    private @Nullable String out;

    @Option(
            names = "--out-verdict",
            paramLabel = "VERDICT",
            split = ",",
            description = "Write only packets with one of these verdicts, such as XDP_PASS,XDP_TX.")
    private Set<String> outVerdicts = Set.of();

    @Option(
            names = "--map",
            paramLabel = "NAME=FILE.json",
            description =
                    "Put these entries into the map before the run: [{\"key\": ..., \"value\": ...}, ...], as --json "
                            + "prints them.")
    private Map<String, String> maps = new LinkedHashMap<>();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Give a global variable this value before the run (JSON).")
    private Map<String, String> globals = new LinkedHashMap<>();

    @Option(
            names = "--btf",
            paramLabel = "FILE",
            description =
                    "Fit CO-RE relocations to the types in this file instead of the object's own (--kernel: the kernel's).")
    private @Nullable String btf;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "Run the whole capture that many times. Maps keep what they have.")
    private int repeat;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Share the packets among so many threads, each with a logical CPU of its own; a connection's packets stay "
                            + "together and in order. Not with --out or --kernel.")
    private int workers;

    @Option(
            names = "--log",
            description = "With --kernel: if the kernel refuses the program, show all that its verifier wrote.")
    private boolean log;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        InputFile objectFile = new InputFile(object);
        BpfObject read = ProgramFile.read(objectFile);
        ProgramSpec chosen = ProgramChoice.of(read, Optional.ofNullable(program), Location.in(objectFile.shownName()));
        for (Map.Entry<String, String> setting : globals.entrySet()) {
            read = GlobalSetting.apply(read, setting.getKey(), setting.getValue());
        }
        List<MapFile> mapFiles = new ArrayList<>();
        for (Map.Entry<String, String> file : maps.entrySet()) {
            mapFiles.add(MapFile.read(file.getKey(), new InputFile(file.getValue())));
        }
        Optional<Btf> types = btf == null ? Optional.empty() : Optional.of(KernelTypes.read(new InputFile(btf)));
        try {
            return networkInterface != null
                    ? runLive(read, chosen, types, mapFiles, networkInterface)
                    : runOnCapture(read, chosen, types, mapFiles);
        } catch (LoadException refused) {
            explain(refused.rejection(), read);
            throw refused;
        }
    }

    private int runOnCapture(BpfObject read, ProgramSpec chosen, Optional<Btf> types, List<MapFile> mapFiles)
            throws IOException {
        try (RunSession session = open(read, chosen, types)) {
            session.fill(mapFiles);
            return run(session, chosen, packets());
        } catch (RejectedProgramException rejected) {
            return refuse(CounterexampleSearch.extend(rejected.verdict(), read, kernel(types)));
        }
    }

    private PacketSource packets() throws IOException {
        return packet != null
                ? PacketSource.ofPacket(packet)
                : PacketSource.of(new InputFile(Objects.requireNonNull(pcap)));
    }

    private void checkUsage() {
        if (Stream.of(pcap, packet, networkInterface).filter(Objects::nonNull).count() != 1) {
            throw wrong("what should it run on? Give --pcap IN, --packet HEX, or --kernel and --interface NAME");
        }
        if (networkInterface != null && (!kernel || repeat != 1 || out != null)) {
            throw wrong("--interface needs --kernel, and goes without --repeat and --out");
        }
        if (seconds != null && networkInterface == null) {
            throw wrong("--seconds needs --interface");
        }
        if (workers < 1 || workers > MOST_WORKERS) {
            throw wrong("--workers must be 1 to " + MOST_WORKERS);
        }
        if (backend != null && kernel) {
            throw wrong("--backend goes without --kernel");
        }
        if (unverified && kernel) {
            throw wrong("--no-verify goes without --kernel: the kernel verifies whatever it loads");
        }
        if (log && !kernel) {
            throw wrong("--log goes with --kernel: it is the kernel's log");
        }
        if (workers > 1 && (kernel || out != null)) {
            throw wrong("--workers goes without --kernel and --out");
        }
        boolean fromInput = "-".equals(pcap);
        if (repeat < 1 || (repeat > 1 && fromInput)) {
            throw wrong("--repeat must be 1 or more, and 1 if the capture comes from standard input");
        }
        if (fromInput && new InputFile(object).isStandardInput()) {
            throw wrong("object and capture cannot both come from standard input");
        }
        if (out == null && !outVerdicts.isEmpty()) {
            throw wrong("--out-verdict needs --out");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private RunSession open(BpfObject read, ProgramSpec chosen, Optional<Btf> types) {
        if (kernel) {
            LinuxOnly.check();
            return KernelSession.load(read, chosen, types);
        }
        if (unverified) {
            spec.commandLine().getErr().println("skep: note: --no-verify: not verified, and run in checked mode");
        }
        EngineOptions options = EngineOptions.defaults().withCpus(workers).withChecked(unverified);
        if (backend != null) {
            options = options.withBackend(backend);
        }
        return EngineSession.load(
                read, chosen, types.map(options::withKernelTypes).orElse(options));
    }

    /** What the engine verifies for. */
    private static KernelModel kernel(Optional<Btf> types) {
        KernelVersion version = EngineOptions.defaults().kernelVersion();
        return types.map(known -> KernelModel.host(version, known)).orElseGet(() -> KernelModel.of(version));
    }

    /** Explains why nothing is run, as {@code skep verify} does; standard output is for results. */
    private int refuse(ProgramVerdict verdict) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(new TerminalReport(Terminal.coloursErrors(), false).of(verdict));
        err.println("skep: error: program " + verdict.program()
                + " is rejected by the verifier, so nothing was run; --no-verify runs it in checked mode");
        CounterexampleCommand.of(new InputFile(object), verdict).ifPresent(command -> err.println("try: " + command));
        return ExitCode.FAILED;
    }

    /** Says what the kernel's verifier meant; what it wrote only if asked for. */
    private void explain(Rejection refusal, BpfObject read) {
        PrintWriter err = spec.commandLine().getErr();
        String text = refusal.log().text();
        KernelRefusal.explain(text, read, refusal.program())
                .map(rejection -> new TerminalReport(Terminal.coloursErrors(), false)
                        .rejection(refusal.program().name(), rejection))
                .ifPresent(err::print);
        if (log) {
            err.print(text);
        }
    }

    private int runLive(BpfObject read, ProgramSpec chosen, Optional<Btf> types, List<MapFile> mapFiles, String name)
            throws IOException {
        LinuxOnly.check();
        try (UntilInterrupted ending = new UntilInterrupted();
                KernelSession session = KernelSession.load(read, chosen, types)) {
            session.fill(mapFiles);
            LiveRun live = new LiveRun(session, chosen, name, spec.commandLine().getErr());
            print(live.run(ending, Optional.ofNullable(seconds)));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.OK;
    }

    private int run(RunSession session, ProgramSpec chosen, PacketSource packets) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, Terminal.showsProgress());
        LinkLayer link = new LinkLayer(chosen.type());
        VerdictTally tally = new VerdictTally(VerdictNames.of(chosen.type()).orElseThrow());
        long start;
        PacketRun.End end;
        PacketRun run;
        String type = chosen.type().toString();
        try (CaptureReader first = packets.open(link, type);
                CaptureOutput output = openOutput(chosen)) {
            run = new PacketRun(
                    session.packetProgram(), session.workers(), link, tally, Optional.ofNullable(output), progress);
            start = System.nanoTime();
            end = run.run(first);
            for (int round = 1; round < repeat && end == PacketRun.End.COMPLETE; round++) {
                try (CaptureReader again = packets.open(link, type)) {
                    end = run.run(again);
                }
            }
        } finally {
            progress.done();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        RunResult result = new RunResult(
                chosen,
                run.packets(),
                run.bytes(),
                tally.counts(),
                session.maps(),
                session.globals(),
                seconds,
                run.errors());
        print(result);
        result.errors().forEach(error -> err.println("skep: error: " + error));
        run.remarks().forEach(remark -> err.println("skep: note: " + remark));
        outVerdicts.stream()
                .filter(name -> result.verdicts().stream()
                        .noneMatch(count -> count.verdict().name().equals(name)))
                .forEach(name -> err.println("skep: note: no packet got the verdict " + name + " of --out-verdict"));
        return switch (end) {
            case COMPLETE -> ExitCode.OK;
            case DAMAGED -> ExitCode.BAD_INPUT;
            case TRAPPED -> ExitCode.FAILED;
        };
    }

    private @Nullable CaptureOutput openOutput(ProgramSpec program) throws IOException {
        return out == null
                ? null
                : new CaptureOutput(OutputFile.open(out, spec.commandLine().getOut()), program.type(), outVerdicts);
    }

    private void print(RunResult result) throws IOException {
        PrintWriter to = spec.commandLine().getOut();
        if (json) {
            ResultJson.print(result, to);
        } else {
            new ResultText(result, Style.detected(), to).print();
        }
    }
}
