package dev.skep.linux.link;

import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.Ordering;
import dev.skep.object.attach.Ordering.Position;

/** Why a program does not get into a row of programs: TCX and netkit, which share kernel/bpf/mprog.c. */
final class RowFailure {
    private RowFailure() {}

    /** By the refusals of kernel/bpf/mprog.c. */
    static String likelyCause(long result, Ordering ordering) {
        return switch (SystemFailure.errno(result)) {
            case EEXIST -> "this program is attached there already: load it once more to have it run twice";
            case ESTALE ->
                "the hook is not at revision " + ordering.revision().orElse(0)
                        + ": somebody has attached or detached; look again and decide anew";
            case ENOENT -> "the neighbour to go beside (" + describe(ordering) + ") is not attached there";
            case EBUSY -> "the program to be replaced is attached by a link: update that link";
            case ERANGE -> "there are 64 programs already, or the place asked for does not exist";
            case ENODEV -> "the interface has just gone";
            case EINVAL -> "the neighbour must be attached at the same hook";
            default -> "";
        };
    }

    private static String describe(Ordering ordering) {
        return switch (ordering.position()) {
            case Position.Before(var neighbour) -> neighbour.describe();
            case Position.After(var neighbour) -> neighbour.describe();
            case Position.Replace(int program) -> "program " + program;
            case Position.First _, Position.Last _ -> "none";
        };
    }
}
