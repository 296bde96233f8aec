package dev.skep.linux.doctor;

/**
 * One thing the doctor found.
 *
 * @param evidence what says so: a file and its content, an answer of the kernel
 * @param consequence what does not work, or may not; "" if all is well
 * @param remedy what to do about it; "" if there is nothing to do
 */
public record Diagnosis(Finding finding, Verdict verdict, String evidence, String consequence, String remedy) {
    static Diagnosis ok(Finding finding, String evidence) {
        return new Diagnosis(finding, Verdict.OK, evidence, "", "");
    }

    static Diagnosis warning(Finding finding, String evidence, String consequence, String remedy) {
        return new Diagnosis(finding, Verdict.WARNING, evidence, consequence, remedy);
    }

    static Diagnosis problem(Finding finding, String evidence, String consequence, String remedy) {
        return new Diagnosis(finding, Verdict.PROBLEM, evidence, consequence, remedy);
    }

    /** All in one sentence, for an error message. */
    public String sentence() {
        return evidence + (consequence.isEmpty() ? "" : ": " + consequence) + (remedy.isEmpty() ? "" : "; " + remedy);
    }
}
