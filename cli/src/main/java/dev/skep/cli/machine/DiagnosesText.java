package dev.skep.cli.machine;

import dev.skep.cli.output.Style;
import dev.skep.linux.doctor.Diagnosis;
import dev.skep.linux.doctor.Verdict;
import dev.skep.linux.machine.KernelRelease;
import java.io.PrintWriter;
import java.util.List;

/** Prints what the doctor found for people: what is worst first. */
final class DiagnosesText {
    private final Style style;
    private final PrintWriter out;

    DiagnosesText(Style style, PrintWriter out) {
        this.style = style;
        this.out = out;
    }

    /** @param all also what is all right */
    void print(List<Diagnosis> diagnoses, boolean all) {
        out.println(style.bold("Linux " + KernelRelease.running()) + ": " + summary(diagnoses));
        out.println();
        for (Verdict verdict : List.of(Verdict.PROBLEM, Verdict.WARNING, Verdict.OK)) {
            if (verdict != Verdict.OK || all) {
                diagnoses.stream()
                        .filter(diagnosis -> diagnosis.verdict() == verdict)
                        .forEach(this::print);
            }
        }
    }

    private static String summary(List<Diagnosis> diagnoses) {
        return number(DoctorCommand.count(diagnoses, Verdict.PROBLEM), "problem") + ", "
                + number(DoctorCommand.count(diagnoses, Verdict.WARNING), "warning") + ", "
                + DoctorCommand.count(diagnoses, Verdict.OK) + " all right";
    }

    private static String number(long count, String what) {
        return (count == 0 ? "no" : count) + " " + what + (count == 1 ? "" : "s");
    }

    private void print(Diagnosis diagnosis) {
        String title = diagnosis.finding().title();
        String word = switch (diagnosis.verdict()) {
            case PROBLEM -> style.red("problem");
            case WARNING -> style.yellow("warning");
            case OK -> style.green("ok");
        };
        if (diagnosis.verdict() == Verdict.OK) {
            out.println(word + ": " + title + ": " + diagnosis.evidence());
            return;
        }
        out.println(word + ": " + style.bold(title));
        out.println("  seen    " + diagnosis.evidence());
        out.println("  effect  " + diagnosis.consequence());
        out.println("  remedy  " + diagnosis.remedy());
        out.println();
    }
}
