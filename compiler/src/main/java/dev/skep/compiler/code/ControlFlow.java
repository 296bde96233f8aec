package dev.skep.compiler.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The ways between the blocks of a machine function: an order along them, and its loops. */
final class ControlFlow {
    private final List<MachineBlock> order;
    private final List<List<MachineBlock>> predecessors = new ArrayList<>();
    private final int[] positions;
    private final int[] depths;
    /** For each block the smallest loop that it is in, as its blocks; an empty set outside of loops. */
    private final List<BitSet> loops = new ArrayList<>();

    ControlFlow(MachineFunction machine) {
        int count = machine.blocks().size();
        order = reversePostorder(machine);
        positions = new int[count];
        depths = new int[count];
        Arrays.fill(positions, -1);
        for (int i = 0; i < count; i++) {
            predecessors.add(new ArrayList<>());
            loops.add(new BitSet());
        }
        for (int i = 0; i < order.size(); i++) {
            positions[order.get(i).number()] = i;
            for (MachineBlock next : order.get(i).end().targets()) {
                predecessors.get(next.number()).add(order.get(i));
            }
        }
        findLoops();
    }

    /** The blocks that are reached; loops aside, each before those it goes on with. */
    List<MachineBlock> order() {
        return order;
    }

    /** The blocks that go on with {@code block}, one for each way. */
    List<MachineBlock> predecessors(MachineBlock block) {
        return predecessors.get(block.number());
    }

    /** How many loops a block is in. */
    int depth(MachineBlock block) {
        return depths[block.number()];
    }

    /** The numbers of the blocks of the smallest loop around a block; empty if there is none. */
    BitSet loop(MachineBlock block) {
        return loops.get(block.number());
    }

    /** Where in {@link #order} a block is; -1 if it is not reached. */
    int position(MachineBlock block) {
        return positions[block.number()];
    }

    /** A way back in the order leads to the head of a loop; its blocks are those that come there without passing the head. */
    private void findLoops() {
        for (int i = order.size() - 1; i >= 0; i--) {
            MachineBlock head = order.get(i);
            BitSet body = new BitSet();
            Deque<MachineBlock> open = new ArrayDeque<>();
            for (MachineBlock before : predecessors(head)) {
                if (position(before) >= i) {
                    open.push(before);
                }
            }
            if (open.isEmpty()) {
                continue;
            }
            body.set(head.number());
            while (!open.isEmpty()) {
                MachineBlock block = open.pop();
                if (position(block) >= i && !body.get(block.number())) {
                    body.set(block.number());
                    predecessors(block).forEach(open::push);
                }
            }
            body.stream().forEach(number -> enter(number, body));
        }
    }

    /** Heads come last to first, so that inner loops come before those around them. */
    private void enter(int number, BitSet body) {
        depths[number]++;
        if (loops.get(number).isEmpty()) {
            loops.set(number, body);
        }
    }

    private static List<MachineBlock> reversePostorder(MachineFunction machine) {
        List<MachineBlock> finished = new ArrayList<>();
        BitSet seen = new BitSet();
        Deque<MachineBlock> path = new ArrayDeque<>();
        Deque<Iterator<MachineBlock>> open = new ArrayDeque<>();
        MachineBlock entry = machine.blocks().getFirst();
        seen.set(entry.number());
        path.push(entry);
        open.push(entry.end().targets().iterator());
        while (!path.isEmpty()) {
            if (open.element().hasNext()) {
                MachineBlock next = open.element().next();
                if (!seen.get(next.number())) {
                    seen.set(next.number());
                    path.push(next);
                    open.push(next.end().targets().iterator());
                }
            } else {
                finished.add(path.pop());
                open.pop();
            }
        }
        Collections.reverse(finished);
        return finished;
    }
}
