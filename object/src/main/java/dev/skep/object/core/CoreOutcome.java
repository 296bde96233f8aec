package dev.skep.object.core;

import dev.skep.object.Location;
import dev.skep.object.program.FunctionSpec.CoreSite;
import java.util.List;

/** What became of one CO-RE relocation. */
public sealed interface CoreOutcome {
    /** The relocation. */
    CoreSite site();

    /** Function, instruction and source line of the relocated instruction. */
    Location where();

    /** What the program asks for, as libbpf's log writes it: {@code <byte_off> [7] struct sock.sk_family (0:3:1 @ offset 16)}. */
    String subject();

    /** One line for people: what was asked for, where, and what came of it. */
    String message();

    /**
     * The target has it, and the instruction now says so.
     *
     * @param oldValue the offset or immediate the compiler put there @param newValue the one that is there now
     * @param targets where it was found, one for each candidate that agrees: {@code [42] struct sock.sk_family (0:0:3 @ offset 16)
     *     of vmlinux}
     */
    record Resolved(CoreSite site, Location where, String subject, long oldValue, long newValue, List<String> targets)
            implements CoreOutcome {
        public Resolved {
            targets = List.copyOf(targets);
        }

        @Override
        public String message() {
            return where + ": " + subject + ": " + oldValue + " -> " + newValue + ", " + String.join(", ", targets);
        }
    }

    /**
     * The program asked whether the target has it (or how large it is, or which id it has), and the answer is no: 0.
     *
     * @param oldValue the immediate the compiler put there
     * @param explanation what the target has instead
     */
    record Absent(CoreSite site, Location where, String subject, long oldValue, String explanation)
            implements CoreOutcome {
        @Override
        public String message() {
            return where + ": " + subject + ": " + oldValue + " -> 0, " + explanation;
        }
    }

    /**
     * The target does not have it, or has it in a form that the instruction cannot read: the instruction has become a call
     * of helper 195896080 (0xbad2310), which a verifier rejects if it can be reached.
     *
     * @param explanation what the target has instead
     */
    record Poisoned(CoreSite site, Location where, String subject, Reason reason, String explanation)
            implements CoreOutcome {
        @Override
        public String message() {
            return where + ": " + subject + ": poisoned, " + explanation;
        }
    }

    /** Why an instruction was poisoned. */
    enum Reason {
        /** No candidate has the type, field or enumerator. */
        NOT_FOUND,
        /** The field has another size there, and is neither a pointer nor an unsigned integer. */
        UNSAFE_SIZE
    }

    /**
     * Several types of the target have it, and give different answers. The program cannot be loaded.
     *
     * @param candidates two that disagree
     * @param explanation how they disagree, and what to do
     */
    record Ambiguous(CoreSite site, Location where, String subject, List<String> candidates, String explanation)
            implements CoreOutcome {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

        @Override
        public String message() {
            return where + ": " + subject + ": " + explanation;
        }
    }

    /**
     * The relocation makes no sense: code, types and relocations disagree. The program cannot be loaded.
     *
     * @param problem what is wrong @param advice what to do about it
     */
    record Invalid(CoreSite site, Location where, String subject, String problem, String advice)
            implements CoreOutcome {
        @Override
        public String message() {
            return where + ": " + subject + ": " + problem + (advice.isEmpty() ? "" : "; " + advice);
        }
    }
}
