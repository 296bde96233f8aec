package dev.skep.verifier.explain;

import dev.skep.verifier.Place;
import dev.skep.verifier.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A path with its instructions and values understood. Indices count steps from the path's first. */
public final class Trace {
    private static final int FRAME_POINTER = 10;

    private final List<Step> steps;
    private final List<Operation> operations;
    private final Map<String, KnownValue> values = new HashMap<>();

    Trace(List<Step> steps) {
        this.steps = steps;
        this.operations = steps.stream()
                .map(step -> OperationReader.read(step.instruction()))
                .toList();
    }

    public int size() {
        return steps.size();
    }

    public Step step(int index) {
        return steps.get(index);
    }

    public Place place(int index) {
        return steps.get(index).place();
    }

    public Operation operation(int index) {
        return operations.get(index);
    }

    public int frame(int index) {
        return steps.get(index).frame();
    }

    /** What is known at {@code home} before step {@code index}; from the last step in that frame, if this one is in another. */
    public KnownValue value(int index, Home home) {
        for (int at = index; at >= 0; at--) {
            if (steps.get(at).frame() == home.frame()) {
                String text = steps.get(at).state().get(home.name());
                return text == null ? KnownValue.NOTHING : values.computeIfAbsent(text, KnownValueReader::read);
            }
        }
        return KnownValue.NOTHING;
    }

    public KnownValue register(int index, int number) {
        KnownValue value = value(index, new Home.Register(frame(index), number));
        return number == FRAME_POINTER && !value.isKnown() ? KnownValueReader.read("fp0") : value;
    }

    /** What is known of the stack slot at {@code offset} from the frame pointer. */
    public KnownValue stack(int index, int offset) {
        return value(index, new Home.Stack(frame(index), offset));
    }
}
