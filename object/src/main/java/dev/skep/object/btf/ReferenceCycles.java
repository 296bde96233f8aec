package dev.skep.object.btf;

import dev.skep.object.InputException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Looks for types that lead back to themselves along references out of certain kinds; without recursion. */
final class ReferenceCycles {
    private enum State {
        UNSEEN,
        ON_PATH,
        DONE
    }

    /** A type on the path from the start, with how many of its references have been followed. */
    private static final class Step {
        final int id;
        final int[] targets;
        int followed;

        Step(int id, int[] targets) {
            this.id = id;
            this.targets = targets;
        }
    }

    private final Btf btf;
    private final Predicate<BtfKind> follows;
    private final State[] states;

    /** @param follows the kinds whose references make a cycle; the references of other kinds are not looked at */
    ReferenceCycles(Btf btf, Predicate<BtfKind> follows) {
        this.btf = btf;
        this.follows = follows;
        this.states = new State[btf.typeCount()];
        Arrays.fill(states, State.UNSEEN);
    }

    /** @throws InputException naming a type of the cycle, with {@code problem} as what it does wrong */
    void check(String problem) {
        Deque<Step> path = new ArrayDeque<>();
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            enter(id, path);
            walk(path, problem);
        }
    }

    private void walk(Deque<Step> path, String problem) {
        while (!path.isEmpty()) {
            Step step = path.getLast();
            if (step.followed == step.targets.length) {
                states[step.id] = State.DONE;
                path.removeLast();
                continue;
            }
            int target = step.targets[step.followed++];
            if (states[target] == State.ON_PATH) {
                throw new InputException(
                        btf.where().at(btf.offset(target)),
                        "BTF type " + target + " (" + btf.kind(target) + ") " + problem + ", through type " + step.id,
                        "");
            }
            enter(target, path);
        }
    }

    private void enter(int id, Deque<Step> path) {
        if (id < btf.firstId() || states[id] != State.UNSEEN || !follows.test(btf.kind(id))) {
            return;
        }
        states[id] = State.ON_PATH;
        path.add(new Step(id, targets(id)));
    }

    private int[] targets(int id) {
        return switch (btf.kind(id)) {
            case PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> new int[] {btf.target(id)};
            default -> {
                IntStream.Builder targets = IntStream.builder();
                TypeReferences.forEach(btf.type(id), targets);
                yield targets.build().toArray();
            }
        };
    }
}
