package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which methods a program becomes, and which classes they are in. */
final class Plan {
    /** Bytecode of one class: far below what its constant pool could be too small for. */
    private static final int CLASS_SIZE = 500_000;

    private static final int CLASS_METHODS = 200;

    /**
     * A method to be.
     *
     * @param function what it is of
     * @param part the number of the part among the program's, -1 for a whole function
     */
    record Method(int function, int part, int[] blocks, int[] entries) {
        boolean isWhole() {
            return part < 0;
        }
    }

    private final Flow flow;
    private final Functions functions;
    private final CodeSize sizes;
    private final List<List<Method>> classes = new ArrayList<>();
    private final Map<Integer, SplitFunction> split = new HashMap<>();
    private final int[] classOfFunction;
    private int parts;
    private int roomLeft;

    /** @param split functions that are cut into parts */
    Plan(Flow flow, Functions functions, BitSet split, CodeSize sizes) {
        this.flow = flow;
        this.functions = functions;
        this.sizes = sizes;
        classOfFunction = new int[functions.count()];
        for (int function = 0; function < functions.count(); function++) {
            if (split.get(function)) {
                addParts(function);
            } else {
                int[] entry = {flow.functions.get(function)};
                add(new Method(function, -1, functions.blocks(function), entry));
                classOfFunction[function] = classes.size() - 1;
            }
        }
    }

    private void addParts(int function) {
        int[] blocks = functions.blocks(function);
        SplitFunction parted = new SplitFunction(flow, blocks, flow.functions.get(function), parts, sizes);
        split.put(function, parted);
        classOfFunction[function] = -1;
        for (int part = 0; part < parted.partCount(); part++) {
            add(new Method(function, parts++, parted.part(part), parted.entries(part)));
        }
    }

    private void add(Method method) {
        int size = sizes.of(flow, method.blocks);
        if (classes.isEmpty() || size > roomLeft || classes.getLast().size() == CLASS_METHODS) {
            classes.add(new ArrayList<>());
            roomLeft = CLASS_SIZE;
        }
        classes.getLast().add(method);
        roomLeft -= size;
    }

    /** The methods of each class. */
    List<List<Method>> classes() {
        return classes;
    }

    /** The class that has a function's method, -1 if it is split. */
    int classOf(int function) {
        return classOfFunction[function];
    }

    /** A function's parts; only for functions that are split. */
    SplitFunction split(int function) {
        return Objects.requireNonNull(split.get(function));
    }

    /** Where a split function starts. */
    int start(int function) {
        return split(function).place(flow.functions.get(function));
    }

    /** How many parts all split functions have. */
    int partCount() {
        return parts;
    }
}
