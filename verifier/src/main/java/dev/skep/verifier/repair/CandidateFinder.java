package dev.skep.verifier.repair;

import dev.skep.verifier.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What could help against a rejection, the most natural first. */
final class CandidateFinder {
    private CandidateFinder() {}

    static List<Candidate> find(Situation situation) {
        List<Candidate> found = new ArrayList<>(ofCause(situation));
        if (situation.failing().isPresent()) {
            found.addAll(new PointerCandidates(situation).againstNull());
        }
        return found.stream().distinct().toList();
    }

    private static List<Candidate> ofCause(Situation situation) {
        Cause cause = situation.rejection().cause();
        if (cause == Cause.LICENSE) {
            return new ProgramCandidates(situation).license();
        }
        if (cause == Cause.UNBOUNDED_LOOP || cause == Cause.TOO_COMPLEX) {
            return new LoopCandidates(situation).bounded();
        }
        if (cause == Cause.SLEEPING) {
            return new ProgramCandidates(situation).sleeping();
        }
        if (situation.failing().isEmpty()) {
            return List.of();
        }
        return switch (cause) {
            case PACKET_BOUNDS -> new PacketCandidates(situation).bounds();
            case MAP_VALUE_BOUNDS, MEMORY_BOUNDS -> new BoundCandidates(situation).memory();
            case POINTER_ARITHMETIC -> new BoundCandidates(situation).arithmetic();
            case STACK_ACCESS ->
                situation.rejection().kernelMessage().contains("misaligned")
                        ? new StackCandidates(situation).alignment()
                        : Stream.concat(
                                        new LengthCandidates(situation).room().stream(),
                                        new StackCandidates(situation).access().stream())
                                .toList();
            case MISALIGNED_ACCESS -> new StackCandidates(situation).alignment();
            case UNINITIALIZED_STACK -> new StackCandidates(situation).uninitialized();
            case LENGTH_ARGUMENT -> new LengthCandidates(situation).length();
            case SCALAR_AS_POINTER -> new PointerCandidates(situation).scalar();
            case UNINITIALIZED_REGISTER -> new RegisterCandidates(situation).uninitialized();
            case HELPER_ARGUMENT -> new ArgumentCandidates(situation).helper();
            case RETURN_VALUE, CALLBACK -> new RegisterCandidates(situation).result();
            case REFERENCE -> new ReleaseCandidates(situation).release();
            case GLOBAL_FUNCTION_ARGUMENT -> new ProgramCandidates(situation).globalFunction();
            case CONTEXT_ACCESS -> new ProgramCandidates(situation).context();
            case POLICY, TOO_NEW -> new ProgramCandidates(situation).policy();
            default -> List.of();
        };
    }
}
