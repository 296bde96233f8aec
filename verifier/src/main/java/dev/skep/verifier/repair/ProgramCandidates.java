package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.program.Subprogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For what a program as a whole may do: its licence, its type, its functions. */
final class ProgramCandidates {
    private final Situation situation;
    private final Place place;

    ProgramCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    List<Candidate> license() {
        Fix fix = new Fix(
                place,
                "declare a GPL-compatible licence, if the program may be under it",
                "char LICENSE[] SEC(\"license\") = \"GPL\";",
                false,
                false);
        return List.of(Candidate.of(new Repair.MakeGpl(), fix));
    }

    List<Candidate> sleeping() {
        String section = situation.code().spec().section();
        int slash = section.indexOf('/');
        String sleeping = slash < 0 ? section + ".s" : section.substring(0, slash) + ".s" + section.substring(slash);
        Fix fix = new Fix(place, "declare the program sleepable: SEC(\"" + sleeping + "\")", "", false, false);
        return List.of(Candidate.of(new Repair.MakeSleepable(), fix));
    }

    /** A global function is verified for whatever its type allows; a static one only for what it is given. */
    List<Candidate> globalFunction() {
        List<Candidate> found = new ArrayList<>();
        List<Subprogram> functions = new ArrayList<>();
        Instruction failing = situation.failing().orElseThrow();
        if (failing.opcode() == Opcode.CALL && failing.srcReg() == Opcode.BPF_PSEUDO_CALL) {
            situation.code().functionAt(situation.slot() + failing.imm() + 1).ifPresent(functions::add);
        }
        functions.add(situation.code().functionOf(situation.slot()));
        for (Subprogram function : functions) {
            if (function.isGlobal() && function.start() > 0) {
                found.add(makeStatic(function));
            }
        }
        return found;
    }

    private Candidate makeStatic(Subprogram function) {
        int index = situation.code().image().functions().stream()
                .filter(start -> start.slot() == function.start())
                .findFirst()
                .orElseThrow()
                .function();
        Place declared = situation.source().at(function.start());
        String text = declared.text();
        String description = "make the function static: it is then verified with what it is called with";
        String changed =
                text.contains(function.name() + "(") ? SourceEdits.indentation(text) + "static " + text.strip() : text;
        return Candidate.of(new Repair.MakeStatic(index), SourceEdits.replace(declared, description, changed));
    }

    /** A field of another size is read with that size. */
    List<Candidate> context() {
        List<Candidate> found = new ArrayList<>();
        Instruction failing = situation.failing().orElseThrow();
        if (failing.instructionClass() == Opcode.BPF_LDX) {
            for (int size : new int[] {4, 8, 2, 1}) {
                Instruction other = Code.load(size, failing.dstReg(), failing.srcReg(), failing.offset());
                if (!other.equals(failing)) {
                    found.add(Candidate.of(new Repair.Replace(situation.slot(), other), resized(size)));
                }
            }
        }
        if (failing.instructionClass() == Opcode.BPF_STX || failing.instructionClass() == Opcode.BPF_ST) {
            found.add(removed("leave this out: the program may read the field, not write it"));
        }
        return found;
    }

    private Fix resized(int size) {
        String description = "read the field with its own size, " + size + " bytes";
        String type = "__u" + 8 * size;
        String changed =
                place.text().replaceFirst("\\(\\s*(?:const |volatile )*(?:__)?u\\d+\\s*\\*\\)", "(" + type + " *)");
        return SourceEdits.replace(place, description, changed);
    }

    /** What this program must not call is left out. */
    List<Candidate> policy() {
        return situation.failing().orElseThrow().opcode() == Opcode.CALL
                ? List.of(removed("do without this call: this type of program may not make it"))
                : List.of();
    }

    private Candidate removed(String description) {
        return Candidate.of(new Repair.Remove(situation.slot()), withoutStatement(description));
    }

    private Fix withoutStatement(String description) {
        String text = place.text();
        String code = SourceEdits.code(text);
        boolean call = code.matches("[A-Za-z_]\\w*\\(.*\\);") || code.matches("[^=]*[^=<>!]=[^=].*;");
        Optional<String> assigned = call && code.matches("[\\w* ]+?\\w+ \\*?\\w+ = .*;")
                ? Optional.of(code.replaceFirst(" = .*;", " = 0;"))
                : Optional.empty();
        if (!call || !parenthesesMatch(code)) {
            return new Fix(place, description, "", false, false);
        }
        String changed = SourceEdits.indentation(text) + assigned.orElse(";");
        return SourceEdits.replace(place, description, changed);
    }

    private static boolean parenthesesMatch(String code) {
        return code.chars().filter(c -> c == '(').count()
                == code.chars().filter(c -> c == ')').count();
    }
}
