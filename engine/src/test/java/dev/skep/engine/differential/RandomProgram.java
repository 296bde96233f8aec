package dev.skep.engine.differential;

import dev.skep.object.instruction.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random program that the kernel's verifier accepts, and the memory it is run on.
 *
 * <p>It gets the address of {@link #MEMORY_SIZE} bytes in r1. It loads r0 to r9 from the first 80 of them, runs its body and
 * stores r0 to r9 back there, so that nothing it computed gets lost. The address is kept at r10-8, where the body does not
 * write. Whatever it calls are functions after its {@code exit}.
 */
final class RandomProgram {
    /** Ten registers and some bytes that the body may access. */
    static final int MEMORY_SIZE = 80 + 16;

    private static final int REGISTERS = 10;
    private static final int KEPT_ADDRESS = -8;
    private static final int KEPT_R0 = -16;
    private static final int FRAME_POINTER = 10;

    private final SplittableRandom random;
    private final RandomOperations operations;

    /** A call that has to be given its distance once it is known where the functions are. @param slot of the call */
    private record Call(int slot, int function) {}

    private RandomProgram(long seed) {
        random = new SplittableRandom(seed);
        operations = new RandomOperations(random);
    }

    /** The case that a seed stands for. */
    static Case of(long seed) {
        RandomProgram program = new RandomProgram(seed);
        return new Case(program.memory(), program.code());
    }

    private byte[] memory() {
        ByteBuffer memory = ByteBuffer.allocate(MEMORY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        while (memory.hasRemaining()) {
            memory.putLong(operations.number());
        }
        return memory.array();
    }

    private byte[] code() {
        int functions = random.nextInt(3);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i <= functions; i++) {
            Block block = new Block();
            if (i == 0) {
                enterMain(block);
                body(block, 6 + random.nextInt(14), i, functions);
                callTheRest(block, functions);
                leaveMain(block);
            } else {
                enterFunction(block);
                body(block, 2 + random.nextInt(5), i, functions);
                block.slots.exit();
            }
            blocks.add(block);
        }
        return linked(blocks);
    }

    /** Instructions, and the calls among them. */
    private static final class Block {
        final Slots slots = new Slots();
        final List<Call> calls = new ArrayList<>();
    }

    private void enterMain(Block block) {
        block.slots.store(FRAME_POINTER, KEPT_ADDRESS, 1);
        for (int r = 0; r < REGISTERS; r++) {
            if (r != 1) {
                block.slots.load(r, 1, 8 * r);
            }
        }
        block.slots.load(1, 1, 8);
        fillStack(block);
    }

    private static void leaveMain(Block block) {
        block.slots.store(FRAME_POINTER, KEPT_R0, 0).load(0, FRAME_POINTER, KEPT_ADDRESS);
        for (int r = 1; r < REGISTERS; r++) {
            block.slots.store(0, 8 * r, r);
        }
        block.slots.load(1, FRAME_POINTER, KEPT_R0).store(0, 0, 1).move(0, 1).exit();
    }

    /** A function gets numbers in r1 to r5; the other registers it has to set. */
    private void enterFunction(Block block) {
        block.slots.move(0, 5).move(6, 1).move(7, 2).move(8, 3).move(9, 4);
        fillStack(block);
    }

    private void fillStack(Block block) {
        for (int at = RandomOperations.STACK_LOW; at < RandomOperations.STACK_HIGH; at += 8) {
            block.slots.store(FRAME_POINTER, at, operations.register());
        }
    }

    private void body(Block block, int length, int function, int functions) {
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(10)) {
                case 0 -> conditional(block);
                case 1 -> choice(block);
                case 2, 3, 4 -> operations.stack(block.slots);
                case 5 -> {
                    if (function == 0) {
                        memory(block);
                    } else {
                        operations.stack(block.slots);
                    }
                }
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        loop(block);
                    } else if (function < functions) {
                        call(block, function + 1 + random.nextInt(functions - function));
                    }
                }
                default -> operations.arithmetic(block.slots, -1);
            }
        }
    }

    private Slots arithmetic(int spared) {
        Slots slots = new Slots();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            operations.arithmetic(slots, spared);
        }
        return slots;
    }

    /** {@code if (condition) { ... }} */
    private void conditional(Block block) {
        Slots then = arithmetic(-1);
        operations.conditionalJump(block.slots, then.size());
        block.slots.addAll(then);
    }

    /** {@code if (condition) { ... } else { ... }} */
    private void choice(Block block) {
        Slots then = arithmetic(-1);
        Slots otherwise = arithmetic(-1);
        operations.conditionalJump(block.slots, then.size() + 1);
        block.slots.addAll(then);
        operations.jump(block.slots, otherwise.size());
        block.slots.addAll(otherwise);
    }

    /** {@code for (counter = few; counter != 0; counter--) { ... }} */
    private void loop(Block block) {
        int counter = operations.register();
        Slots body = arithmetic(counter);
        block.slots.moveImmediate(counter, 1 + random.nextInt(4)).addAll(body);
        block.slots.add(Opcode.BPF_ALU64 | Opcode.BPF_ADD | Opcode.BPF_K, counter, 0, 0, -1);
        block.slots.add(Opcode.BPF_JMP | Opcode.BPF_JNE | Opcode.BPF_K, counter, 0, -(body.size() + 2), 0);
    }

    /** An access to the memory given, through a register that holds a number again afterwards. */
    private void memory(Block block) {
        int base = 1 + random.nextInt(REGISTERS - 1);
        int operand = (base + 1 + random.nextInt(REGISTERS - 2)) % REGISTERS;
        block.slots.load(base, FRAME_POINTER, KEPT_ADDRESS);
        operations.memory(block.slots, base, 8 * REGISTERS, MEMORY_SIZE, operand);
        block.slots.move(base, operand);
    }

    /** r1 to r5 are undefined after a call. */
    private void call(Block block, int function) {
        block.calls.add(new Call(block.slots.size(), function));
        block.slots.add(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, 0);
        block.slots.moveImmediate(1, (int) operations.number());
        for (int r = 2; r <= 5; r++) {
            block.slots.move(r, r + 4);
        }
    }

    /** Calls what the main function does not call yet: the kernel refuses code that cannot be reached. */
    private void callTheRest(Block block, int functions) {
        for (int function = 1; function <= functions; function++) {
            int candidate = function;
            if (block.calls.stream().noneMatch(call -> call.function == candidate)) {
                call(block, function);
            }
        }
    }

    private static byte[] linked(List<Block> blocks) {
        int[] starts = new int[blocks.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + blocks.get(i - 1).slots.size();
        }
        Slots all = new Slots();
        blocks.forEach(block -> all.addAll(block.slots));
        ByteBuffer code = ByteBuffer.wrap(all.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < starts.length; i++) {
            for (Call call : blocks.get(i).calls) {
                int slot = starts[i] + call.slot;
                code.putInt(8 * slot + 4, starts[call.function] - slot - 1);
            }
        }
        return code.array();
    }
}
