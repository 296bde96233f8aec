package dev.skep.verifier.explain;

import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.Operation.Operand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Follows a value back through a path: through copies, the stack, arithmetic and calls, to where it was set. Of a pointer to
 * which a number was added that is not constant, the number is followed: it is what got out of hand.
 */
final class HistoryWalk {
    private static final int LAST_CLOBBERED = 5;
    private static final int HALF = 32;
    private static final int LINKS_KEPT = 64;
    private static final String READ_BACK = "is read back from the stack at ";

    private final Trace trace;
    private final List<Chain.Link> links = new ArrayList<>();
    private Optional<Home> home;

    private HistoryWalk(Trace trace, Home home) {
        this.trace = trace;
        this.home = Optional.of(home);
    }

    /** The history of the value that is at {@code home} before step {@code end}. */
    static Chain of(Trace trace, Home home, int end) {
        HistoryWalk walk = new HistoryWalk(trace, home);
        for (int index = end - 1; index >= 0 && walk.home.isPresent() && walk.links.size() < LINKS_KEPT; index--) {
            walk.follow(index, walk.home.get());
        }
        walk.endInStack();
        Collections.reverse(walk.links);
        return new Chain(walk.links);
    }

    /** Who wrote the stack is not on the path: what the value was before it was read back is not known any more. */
    private void endInStack() {
        if (home.isPresent()
                && home.get() instanceof Home.Stack
                && !links.isEmpty()
                && links.getLast().text().startsWith(READ_BACK)
                && isForgotten(links.getLast())) {
            Chain.Link read = links.removeLast();
            links.add(new Chain.Link(
                    read.index(),
                    Event.LOST,
                    read.place(),
                    read.home(),
                    read.value(),
                    read.text() + ", where nothing is kept of what was known"));
        }
    }

    private boolean isForgotten(Chain.Link read) {
        KnownValue value = after(read.index(), read.home());
        return !value.isPointer() && !value.isConstant();
    }

    private void follow(int index, Home at) {
        Operation operation = trace.operation(index);
        int frame = trace.frame(index);
        if (frame != at.frame()) {
            crossFrames(index, at, operation);
            return;
        }
        switch (at) {
            case Home.Register register -> followRegister(index, register, operation);
            case Home.Stack slot -> followStack(index, slot, operation);
        }
    }

    /** The step is in another frame: it matters only if it enters or leaves the one looked at. */
    private void crossFrames(int index, Home at, Operation operation) {
        int frame = trace.frame(index);
        boolean enters = operation instanceof Operation.Call && frame == at.frame() - 1;
        boolean leaves = operation instanceof Operation.Exit && frame == at.frame() + 1;
        if (enters) {
            boolean argument =
                    at instanceof Home.Register(int _, int number) && number >= 1 && number <= LAST_CLOBBERED;
            if (argument && at instanceof Home.Register(int _, int number)) {
                link(index, Event.COPIED, at, "is argument " + number + " of the function called here");
                home = Optional.of(new Home.Register(frame, number));
            } else {
                home = Optional.empty();
            }
        } else if (leaves && at instanceof Home.Register(int _, int number) && number == 0) {
            home = Optional.of(new Home.Register(frame, 0));
        } else if (leaves && at instanceof Home.Register(int _, int number) && number <= LAST_CLOBBERED) {
            stop(index, Event.LOST, at, "is overwritten by the call: R1 to R5 hold nothing afterwards");
        }
    }

    private void followRegister(int index, Home.Register at, Operation operation) {
        int number = at.number();
        if (operation instanceof Operation.Call(String callee, boolean internal)) {
            boolean passedBy = index + 1 < trace.size() && trace.frame(index + 1) == trace.frame(index);
            if (!internal || passedBy) {
                afterCall(index, at, internal ? "the function called here" : callee);
            }
        } else if (operation.written().isPresent() && operation.written().getAsInt() == number) {
            written(index, at, operation);
        } else if (operation instanceof Operation.Branch branch) {
            compared(index, at, branch);
        }
    }

    private void afterCall(int index, Home.Register at, String callee) {
        KnownValue before = trace.value(index, at);
        KnownValue after = trace.value(index + 1, at);
        if (at.number() == 0) {
            stop(index, Event.SET, at, "is what " + callee + " returns: " + after.words());
        } else if (at.number() <= LAST_CLOBBERED) {
            stop(
                    index,
                    Event.LOST,
                    at,
                    "is overwritten by the call of " + callee + ": R1 to R5 hold nothing afterwards");
        } else if (before.isPacket() && !after.isPacket()) {
            stop(index, Event.LOST, at, "is no longer valid: " + callee + " may move the packet");
        } else if (before.isPointer() && after.isScalar()) {
            stop(index, Event.LOST, at, "is no longer valid after " + callee);
        }
    }

    private void written(int index, Home.Register at, Operation operation) {
        switch (operation) {
            case Operation.Move move -> moved(index, at, move);
            case Operation.Arithmetic arithmetic -> computed(index, at, arithmetic);
            case Operation.Load load -> loaded(index, at, load);
            case Operation.Address(int _, String what) ->
                stop(
                        index,
                        Event.SET,
                        at,
                        "is set: " + (what.startsWith("0x") ? after(index, at).words() : what));
            default -> stop(index, Event.SET, at, "is set: " + after(index, at).words());
        }
    }

    private KnownValue after(int index, Home at) {
        return trace.value(index + 1, at);
    }

    private void moved(int index, Home.Register at, Operation.Move move) {
        switch (move.source()) {
            case Operand.Constant(long value) -> stop(index, Event.SET, at, "is set to " + value);
            case Operand.Register(int source) -> {
                Home from = new Home.Register(at.frame(), source);
                if (!move.wide() || move.signBits() > 0) {
                    narrowed(index, at, from, move.signBits() > 0 ? "the sign extension" : "the 32-bit copy");
                }
                home = Optional.of(from);
            }
        }
    }

    /** A copy of a part: what was known of the whole may be gone, or a pointer become a number. */
    private void narrowed(int index, Home at, Home from, String what) {
        KnownValue before = trace.value(index, from);
        KnownValue after = after(index, at);
        if (before.isPointer() && after.isScalar()) {
            link(index, Event.LOST, at, what + " makes a number of the pointer");
        } else if (before.isScalar() && after.isScalar() && before.isNarrowerThan(after)) {
            link(
                    index,
                    Event.LOST,
                    at,
                    "loses its bounds by " + what + ": was " + before.range64() + ", is " + after.range64());
        } else {
            link(index, Event.COPIED, at, "goes through " + what + ": " + after.range64());
        }
    }

    private void computed(int index, Home.Register at, Operation.Arithmetic arithmetic) {
        KnownValue before = trace.value(index, at);
        KnownValue after = after(index, at);
        if (before.isPointer() && !arithmetic.operator().matches("[+-]")) {
            link(index, Event.LOST, at, "is a pointer no more: " + arithmetic.operator() + " makes a number of it");
            return;
        }
        if (arithmetic.operator().equals("<<")
                && arithmetic.operand() instanceof Operand.Constant(long bits)
                && bits == HALF) {
            return; // the first half of an extension to 64 bits: the second tells what became of the value
        }
        if (arithmetic.operand() instanceof Operand.Register(int other)) {
            KnownValue operand = trace.register(index, other);
            if (before.isPointer() && operand.isScalar() && !operand.isConstant()) {
                link(index, Event.COMPUTED, at, "is moved by a number that may be " + operand.range64());
                home = Optional.of(new Home.Register(at.frame(), other));
                return;
            }
            if (before.isScalar() && operand.isPointer()) {
                link(index, Event.COMPUTED, at, "(" + before.range64() + ") is added to " + operand.words());
                return;
            }
            if (before.isScalar()
                    && (before.isConstant() || operand.isUnbounded())
                    && !operand.isConstant()
                    && !arithmetic.operator().equals("&")) {
                link(index, Event.COMPUTED, at, combined(arithmetic, operand, after));
                home = Optional.of(new Home.Register(at.frame(), other));
                return;
            }
        }
        if (before.isPointer() && after.isScalar()) {
            link(index, Event.LOST, at, "is a pointer no more: " + arithmetic.operator() + " makes a number of it");
        } else if (before.isScalar() && after.isScalar() && !before.text().equals(after.text())) {
            boolean lost = !before.isUnbounded() && after.isUnbounded() && isExtension(arithmetic);
            link(
                    index,
                    lost ? Event.LOST : Event.COMPUTED,
                    at,
                    (lost
                                    ? "loses its bounds: was " + before.range64() + ", is "
                                    : "becomes by " + shown(arithmetic) + " ")
                            + after.range64());
        }
    }

    private static String combined(Operation.Arithmetic arithmetic, KnownValue operand, KnownValue after) {
        return "becomes " + after.range64() + " by " + arithmetic.operator() + " with a number that may be "
                + operand.range64();
    }

    private static String shown(Operation.Arithmetic arithmetic) {
        return arithmetic.operand() instanceof Operand.Constant(long value)
                ? arithmetic.operator() + " " + value
                : arithmetic.operator() + " of a number";
    }

    /** Compilers without 32-bit instructions extend numbers by two shifts. */
    private static boolean isExtension(Operation.Arithmetic arithmetic) {
        return arithmetic.operator().contains("<<") || arithmetic.operator().contains(">>");
    }

    private void loaded(int index, Home.Register at, Operation.Load load) {
        KnownValue base = trace.register(index, load.base());
        KnownValue after = after(index, at);
        if (base.isStack()) {
            Home slot = new Home.Stack(at.frame(), (int) base.fixedOffset() + load.offset());
            KnownValue before = trace.value(index, slot);
            boolean lost = before.isKnown()
                    && before.isNarrowerThan(after)
                    && before.isScalar()
                    && !before.text().contains("m");
            link(
                    index,
                    lost ? Event.LOST : Event.COPIED,
                    at,
                    lost
                            ? "loses its bounds when it is read back from the stack: was " + before.range64() + ", is "
                                    + after.range64()
                            : READ_BACK + slot.name());
            home = Optional.of(slot);
            return;
        }
        stop(index, Event.SET, at, "is loaded from " + memory(base) + ": " + after.words());
    }

    private static String memory(KnownValue base) {
        return switch (base.kind()) {
            case "ctx" -> "the context";
            case "pkt" -> "the packet";
            case "map_value" -> base.map().isEmpty() ? "a map's value" : "a value of map " + base.map();
            default -> base.isPointer() ? "memory (" + base.words().replace("a pointer to ", "") + ")" : "memory";
        };
    }

    private void compared(int index, Home.Register at, Operation.Branch branch) {
        boolean left = branch.left() == at.number();
        boolean right = branch.right().is(at.number());
        if (!left && !right) {
            return;
        }
        Step.Branch way = trace.step(index).branch();
        KnownValue before = trace.value(index, at);
        KnownValue after = after(index, at);
        String outcome = way == Step.Branch.TAKEN ? "holds" : "does not hold";
        String gain = before.text().equals(after.text()) ? "nothing new is known" : "now " + after.words();
        link(index, Event.CHECKED, at, "is compared (" + comparison(index, branch) + " " + outcome + "): " + gain);
    }

    private String comparison(int index, Operation.Branch branch) {
        String right = switch (branch.right()) {
            case Operand.Constant(long value) -> Long.toString(value);
            case Operand.Register(int number) -> trace.register(index, number).words();
        };
        return branch.operator() + " " + right;
    }

    private void followStack(int index, Home.Stack at, Operation operation) {
        switch (operation) {
            case Operation.Store store
            when covers(index, store, at) -> {
                if (store.source() instanceof Operand.Register(int source)) {
                    spilled(index, at, store, new Home.Register(at.frame(), source));
                } else {
                    stop(index, Event.SET, at, "is set to " + ((Operand.Constant) store.source()).value());
                }
            }
            case Operation.Call(String callee, boolean internal)
            when !internal && reaches(index, at) -> stop(index, Event.SET, at, "is filled by " + callee);
            default -> {
                // does not concern these bytes
            }
        }
    }

    private void spilled(int index, Home.Stack at, Operation.Store store, Home.Register source) {
        KnownValue before = trace.value(index, source);
        KnownValue after = after(index, at);
        boolean lost = before.isScalar() && after.isKnown() && before.isNarrowerThan(after);
        link(
                index,
                lost ? Event.LOST : Event.COPIED,
                at,
                lost
                        ? "loses its bounds when " + store.size() + " bytes of it are saved to the stack: was "
                                + before.range64()
                        : "is saved to the stack at " + at.name());
        home = Optional.of(source);
    }

    private boolean covers(int index, Operation.Store store, Home.Stack at) {
        KnownValue base = trace.register(index, store.base());
        long offset = base.fixedOffset() + store.offset();
        return (base.isStack() || store.base() == 10) && offset <= at.offset() && at.offset() < offset + store.size();
    }

    /** True if the call gets a pointer to these bytes or to bytes before them. */
    private boolean reaches(int index, Home.Stack at) {
        for (int register = 1; register <= LAST_CLOBBERED; register++) {
            KnownValue argument = trace.register(index, register);
            if (argument.isStack()
                    && argument.fixedOffset() <= at.offset()
                    && !trace.value(index, at).text().equals(after(index, at).text())) {
                return true;
            }
        }
        return false;
    }

    private void link(int index, Event event, Home at, String text) {
        links.add(new Chain.Link(index, event, trace.place(index), at, after(index, at), text));
    }

    private void stop(int index, Event event, Home at, String text) {
        link(index, event, at, text);
        home = Optional.empty();
    }
}
