package dev.skep.cli.machine;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.ExitCode;
import dev.skep.cli.output.JsonWriter;
import dev.skep.cli.output.Style;
import dev.skep.linux.doctor.Diagnosis;
import dev.skep.linux.doctor.Doctor;
import dev.skep.linux.doctor.FileSystem;
import dev.skep.linux.doctor.Verdict;
import dev.skep.linux.machine.KernelRelease;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skep doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at what keeps BPF from working on this machine: capabilities, lockdown, mounts, the kernel's "
                    + "configuration, limits. Says for each what it saw, what follows and what to do.",
            "Exit code 0 if nothing is wrong, 1 if there is a problem; a warning is none."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  skep doctor", "  sudo skep doctor --mount"})
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--mount", description = "First mount bpffs and tracefs where they are missing.")
    private boolean mount;

    @Option(names = "--all", description = "Show also what is all right.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object, with what is all right, too.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LinuxOnly.check();
        if (mount) {
            mountMissing();
        }
        List<Diagnosis> diagnoses = Doctor.ofThisMachine().examine();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(out, diagnoses);
        } else {
            new DiagnosesText(Style.detected(), out).print(diagnoses, all);
        }
        return count(diagnoses, Verdict.PROBLEM) == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void mountMissing() {
        for (FileSystem fileSystem : FileSystem.values()) {
            if (fileSystem.findMounted().isEmpty()) {
                fileSystem.mount();
                spec.commandLine().getErr().println("skep: mounted " + fileSystem.type() + " at " + fileSystem.place());
            }
        }
    }

    static long count(List<Diagnosis> diagnoses, Verdict verdict) {
        return diagnoses.stream()
                .filter(diagnosis -> diagnosis.verdict() == verdict)
                .count();
    }

    private static void printJson(PrintWriter out, List<Diagnosis> diagnoses) throws IOException {
        JsonWriter.print(out, json -> {
            json.writeStringField("kernel", KernelRelease.running().text());
            json.writeNumberField("problems", count(diagnoses, Verdict.PROBLEM));
            json.writeNumberField("warnings", count(diagnoses, Verdict.WARNING));
            json.writeArrayFieldStart("diagnoses");
            for (Diagnosis diagnosis : diagnoses) {
                diagnosis(json, diagnosis);
            }
            json.writeEndArray();
        });
    }

    private static void diagnosis(JsonGenerator json, Diagnosis diagnosis) throws IOException {
        json.writeStartObject();
        json.writeStringField("finding", diagnosis.finding().name().toLowerCase(Locale.ROOT));
        json.writeStringField("verdict", diagnosis.verdict().name().toLowerCase(Locale.ROOT));
        json.writeStringField("evidence", diagnosis.evidence());
        if (diagnosis.verdict() != Verdict.OK) {
            json.writeStringField("consequence", diagnosis.consequence());
            json.writeStringField("remedy", diagnosis.remedy());
        }
        json.writeEndObject();
    }
}
