package dev.skep.cli.verify;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.program.ProgramFile;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.log.KernelLog;
import dev.skep.verifier.log.LogExplainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Explains a kernel's logs in the words of the object that was loaded, if it is at hand.
 *
 * @param object the file that was loaded
 * @param program the program the log is about, for logs that do not tell
 */
record LogInput(Optional<String> object, Optional<String> program) {
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    /** True for what may be a log: no object, and text. */
    static boolean isText(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return false;
            }
        }
        return content.length > 0 && !startsLikeObject(content);
    }

    private static boolean startsLikeObject(byte[] content) {
        for (int i = 0; i < ELF_MAGIC.length; i++) {
            if (i >= content.length || content[i] != ELF_MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the logs in {@code content} say of each program they are about.
     *
     * @param input where it was read, for messages
     * @throws InputException if there is no log in it, the log's end is missing, or the object has no such program
     */
    List<ProgramVerdict> verdicts(InputFile input, byte[] content) throws IOException {
        List<KernelLog> logs = KernelLog.read(new String(content, StandardCharsets.UTF_8));
        if (logs.isEmpty()) {
            throw new InputException(
                    Location.in(input.shownName()),
                    "there is no verifier's log in it",
                    "give what bpf(2) or libbpf printed when the program was refused");
        }
        Optional<BpfObject> loaded = loaded();
        List<ProgramVerdict> verdicts = new ArrayList<>();
        for (KernelLog log : logs) {
            if (log.cut()) {
                throw new InputException(
                        Location.in(input.shownName()),
                        "the log is cut: it ends before the verifier says why",
                        "give all of it, to the line 'processed ... insns'; loaders have an option for larger logs");
            }
            Optional<Rejection> rejection = loaded.isPresent()
                    ? LogExplainer.explain(log, loaded.get(), meant(loaded.get(), log))
                    : LogExplainer.explain(log);
            verdicts.add(rejection
                    .<ProgramVerdict>map(reason -> new ProgramVerdict.Rejected(log.program(), reason, log.statistics()))
                    .orElseGet(() -> new ProgramVerdict.Accepted(log.program(), log.statistics(), List.of())));
        }
        return verdicts;
    }

    private Optional<BpfObject> loaded() throws IOException {
        if (object.isEmpty()) {
            return Optional.empty();
        }
        InputFile file = new InputFile(object.get());
        return Optional.of(ProgramFile.read(file));
    }

    private ProgramSpec meant(BpfObject from, KernelLog log) {
        String name = program.orElse(log.program());
        List<ProgramSpec> programs = from.programs();
        return programs.stream()
                .filter(candidate -> candidate.name().equals(name) || programs.size() == 1)
                .findFirst()
                .orElseThrow(() -> new InputException(
                        Location.in(from.name()),
                        name.isEmpty()
                                ? "the log does not tell which program it is about"
                                : "there is no program '" + name + "'",
                        "give --program, one of: "
                                + programs.stream().map(ProgramSpec::name).collect(Collectors.joining(", "))));
    }
}
