package dev.skep.cli.traffic;

import dev.skep.cli.ExitCode;
import dev.skep.cli.output.OutputFile;
import dev.skep.engine.capture.CaptureWriter;
import dev.skep.engine.capture.PcapWriter;
import dev.skep.engine.capture.PcapngWriter;
import dev.skep.engine.traffic.SampleTraffic;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skep traffic}. */
@Command(
        name = "traffic",
        description = {
            "Makes a capture of made-up network traffic to try programs on: TCP, UDP, ICMP and DNS over IPv4 and IPv6, "
                    + "VLAN tags, fragments, ARP, a SYN flood, and about one packet in eight malformed.",
            "The same seed gives the same packets."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep traffic --packets 1000000 --out million.pcapng")
public final class TrafficCommand implements Callable<Integer> {
    private static final String APPLICATION = "skep traffic";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The capture to write; - for standard output.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String out;

    @Option(
            names = "--packets",
            paramLabel = "N",
            defaultValue = "400",
            description = "How many packets. Default: ${DEFAULT-VALUE}.")
    private long packets;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--snap-length",
            paramLabel = "BYTES",
            defaultValue = "0",
            description = "Keep at most that much of each packet. Default: all.")
    private int snapLength;

    @Option(
            names = "--format",
            paramLabel = "pcapng|pcap",
            defaultValue = "pcapng",
            description = "pcapng (the default) names each packet in a comment.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Format format;

    /** The capture formats that can be written. */
    enum Format {
        PCAPNG,
        PCAP
    }

    @Override
    public Integer call() throws IOException {
        if (packets < 0 || snapLength < 0) {
            throw new ParameterException(spec.commandLine(), "--packets and --snap-length cannot be negative");
        }
        SampleTraffic traffic = new SampleTraffic(seed, snapLength);
        OutputStream stream = OutputFile.open(out, spec.commandLine().getOut());
        try (CaptureWriter writer = writer(stream, traffic)) {
            traffic.write(writer, packets, format == Format.PCAPNG);
        }
        return ExitCode.OK;
    }

    private CaptureWriter writer(OutputStream stream, SampleTraffic traffic) throws IOException {
        if (format == Format.PCAP) {
            return new PcapWriter(stream, traffic.captureInterface());
        }
        PcapngWriter writer = new PcapngWriter(stream, APPLICATION);
        writer.addInterface(traffic.captureInterface(), "sample traffic, seed " + seed);
        return writer;
    }
}
