/** The {@code skep} command: argument parsing and printing, nothing else. */
@org.jspecify.annotations.NullMarked
module dev.skep.cli {
    requires static org.jspecify;
    requires dev.skep.object;
    requires dev.skep.engine;
    requires dev.skep.linux;
    requires dev.skep.compiler;
    requires dev.skep.embed;
    requires dev.skep.trace;
    requires dev.skep.verifier;
    requires jdk.unsupported; // signals
    requires java.compiler;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;

    uses dev.skep.trace.metric.MetricExporter;

    // picocli fills annotated fields by reflection.
    opens dev.skep.cli to
            info.picocli;
    opens dev.skep.cli.assembly to
            info.picocli;
    opens dev.skep.cli.attached to
            info.picocli;
    opens dev.skep.cli.btf to
            info.picocli;
    opens dev.skep.cli.conformance to
            info.picocli;
    opens dev.skep.cli.gen to
            info.picocli;
    opens dev.skep.cli.inspect to
            info.picocli;
    opens dev.skep.cli.iterator to
            info.picocli;
    opens dev.skep.cli.kernel to
            info.picocli;
    opens dev.skep.cli.link to
            info.picocli;
    opens dev.skep.cli.load to
            info.picocli;
    opens dev.skep.cli.machine to
            info.picocli;
    opens dev.skep.cli.map to
            info.picocli;
    opens dev.skep.cli.program to
            info.picocli;
    opens dev.skep.cli.prog to
            info.picocli;
    opens dev.skep.cli.run to
            info.picocli;
    opens dev.skep.cli.structops to
            info.picocli;
    opens dev.skep.cli.trace to
            info.picocli;
    opens dev.skep.cli.traffic to
            info.picocli;
    opens dev.skep.cli.verify to
            info.picocli;
}
