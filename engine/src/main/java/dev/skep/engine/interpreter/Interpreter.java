package dev.skep.engine.interpreter;

import dev.skep.engine.helper.Helper;
import dev.skep.engine.memory.Sandbox;

/**
 * The interpreter's loop: the meaning of every instruction, as RFC 9669 has it.
 *
 * <p>Two things keep it fast. The loop's method stays under the 8,000 bytes of bytecode above which HotSpot leaves a method
 * uncompiled (a test holds it to that), so whatever is rare or long is a method of its own. And it allocates nothing.
 *
 * <p>The instruction budget is kept without counting. Execution that never jumps runs as many slots as the program counter has
 * moved, so it is enough to correct for jumps: {@code limit}, the value the program counter must not pass, moves with every
 * jump by the jump's distance. Only what leads backward has to look whether the limit is passed.
 */
final class Interpreter {
    private static final long LOW = 0xffff_ffffL;

    private Interpreter() {}

    /**
     * Runs a function until it exits. Uses up {@code cpu.remaining}.
     *
     * @param entry slot to start at
     * @param r registers r0 to r10, and some room to make 16
     * @return r0
     * @throws dev.skep.engine.TrapException if the program has to be ended
     */
    static long run(LogicalCpu cpu, Code start, int entry, long[] r) {
        Sandbox sandbox = cpu.sandbox;
        CallStack stack = cpu.stack;
        int base = stack.depth();
        Code code = start;
        long[] words = code.words;
        int pc = entry;
        long limit = pc + cpu.remaining;
        try {
            while (true) {
                long w = words[pc++];
                int dst = (int) (w >>> 8) & (r.length - 1);
                int src = (int) (w >>> 12) & (r.length - 1);
                int offset = (short) (w >> 16);
                boolean taken = false;
                switch ((int) w & 0xff) {
                    case Op.ADD64_K -> r[dst] += w >> 32;
                    case Op.ADD64_X -> r[dst] += r[src];
                    case Op.SUB64_K -> r[dst] -= w >> 32;
                    case Op.SUB64_X -> r[dst] -= r[src];
                    case Op.MUL64_K -> r[dst] *= w >> 32;
                    case Op.MUL64_X -> r[dst] *= r[src];
                    case Op.DIV64_K -> r[dst] = Arithmetic.divide(r[dst], w >> 32);
                    case Op.DIV64_X -> r[dst] = Arithmetic.divide(r[dst], r[src]);
                    case Op.MOD64_K -> r[dst] = Arithmetic.remainder(r[dst], w >> 32);
                    case Op.MOD64_X -> r[dst] = Arithmetic.remainder(r[dst], r[src]);
                    case Op.OR64_K -> r[dst] |= w >> 32;
                    case Op.OR64_X -> r[dst] |= r[src];
                    case Op.AND64_K -> r[dst] &= w >> 32;
                    case Op.AND64_X -> r[dst] &= r[src];
                    case Op.XOR64_K -> r[dst] ^= w >> 32;
                    case Op.XOR64_X -> r[dst] ^= r[src];
                    case Op.LSH64_K -> r[dst] <<= w >> 32;
                    case Op.LSH64_X -> r[dst] <<= r[src];
                    case Op.RSH64_K -> r[dst] >>>= w >> 32;
                    case Op.RSH64_X -> r[dst] >>>= r[src];
                    case Op.ARSH64_K -> r[dst] >>= w >> 32;
                    case Op.ARSH64_X -> r[dst] >>= r[src];
                    case Op.MOV64_K -> r[dst] = w >> 32;
                    case Op.MOV64_X -> r[dst] = r[src];
                    case Op.NEG64 -> r[dst] = -r[dst];
                    case Op.ADD32_K -> r[dst] = ((int) r[dst] + (int) (w >> 32)) & LOW;
                    case Op.ADD32_X -> r[dst] = ((int) r[dst] + (int) r[src]) & LOW;
                    case Op.SUB32_K -> r[dst] = ((int) r[dst] - (int) (w >> 32)) & LOW;
                    case Op.SUB32_X -> r[dst] = ((int) r[dst] - (int) r[src]) & LOW;
                    case Op.MUL32_K -> r[dst] = (r[dst] * (w >> 32)) & LOW;
                    case Op.MUL32_X -> r[dst] = (r[dst] * r[src]) & LOW;
                    case Op.DIV32_K -> r[dst] = Arithmetic.divide32(r[dst], w >> 32);
                    case Op.DIV32_X -> r[dst] = Arithmetic.divide32(r[dst], r[src]);
                    case Op.MOD32_K -> r[dst] = Arithmetic.remainder32(r[dst], w >> 32);
                    case Op.MOD32_X -> r[dst] = Arithmetic.remainder32(r[dst], r[src]);
                    case Op.OR32_K -> r[dst] = ((int) r[dst] | (int) (w >> 32)) & LOW;
                    case Op.OR32_X -> r[dst] = ((int) r[dst] | (int) r[src]) & LOW;
                    case Op.AND32_K -> r[dst] = ((int) r[dst] & (int) (w >> 32)) & LOW;
                    case Op.AND32_X -> r[dst] = ((int) r[dst] & (int) r[src]) & LOW;
                    case Op.XOR32_K -> r[dst] = ((int) r[dst] ^ (int) (w >> 32)) & LOW;
                    case Op.XOR32_X -> r[dst] = ((int) r[dst] ^ (int) r[src]) & LOW;
                    case Op.LSH32_K -> r[dst] = ((int) r[dst] << (int) (w >> 32)) & LOW;
                    case Op.LSH32_X -> r[dst] = ((int) r[dst] << (int) r[src]) & LOW;
                    case Op.RSH32_K -> r[dst] = ((int) r[dst] >>> (int) (w >> 32)) & LOW;
                    case Op.RSH32_X -> r[dst] = ((int) r[dst] >>> (int) r[src]) & LOW;
                    case Op.ARSH32_K -> r[dst] = ((int) r[dst] >> (int) (w >> 32)) & LOW;
                    case Op.ARSH32_X -> r[dst] = ((int) r[dst] >> (int) r[src]) & LOW;
                    case Op.MOV32_K -> r[dst] = w >>> 32;
                    case Op.MOV32_X -> r[dst] = r[src] & LOW;
                    case Op.NEG32 -> r[dst] = -(int) r[dst] & LOW;
                    case Op.SWAP16 -> r[dst] = Short.reverseBytes((short) r[dst]) & 0xffffL;
                    case Op.SWAP32 -> r[dst] = Integer.reverseBytes((int) r[dst]) & LOW;
                    case Op.SWAP64 -> r[dst] = Long.reverseBytes(r[dst]);
                    case Op.RARE_K -> r[dst] = Arithmetic.rare(code.opcodes[pc - 1], offset, r[dst], w >> 32);
                    case Op.RARE_X -> r[dst] = Arithmetic.rare(code.opcodes[pc - 1], offset, r[dst], r[src]);
                    case Op.LDDW -> r[dst] = (w >>> 32) | (words[pc++] & ~LOW);
                    case Op.LDX_B -> r[dst] = sandbox.getByte(r[src] + offset) & 0xffL;
                    case Op.LDX_H -> r[dst] = sandbox.getShort(r[src] + offset) & 0xffffL;
                    case Op.LDX_W -> r[dst] = sandbox.getInt(r[src] + offset) & LOW;
                    case Op.LDX_DW -> r[dst] = sandbox.getLong(r[src] + offset);
                    case Op.ST_B -> sandbox.putByte(r[dst] + offset, (byte) (w >> 32));
                    case Op.ST_H -> sandbox.putShort(r[dst] + offset, (short) (w >> 32));
                    case Op.ST_W -> sandbox.putInt(r[dst] + offset, (int) (w >> 32));
                    case Op.ST_DW -> sandbox.putLong(r[dst] + offset, w >> 32);
                    case Op.STX_B -> sandbox.putByte(r[dst] + offset, (byte) r[src]);
                    case Op.STX_H -> sandbox.putShort(r[dst] + offset, (short) r[src]);
                    case Op.STX_W -> sandbox.putInt(r[dst] + offset, (int) r[src]);
                    case Op.STX_DW -> sandbox.putLong(r[dst] + offset, r[src]);
                    case Op.JEQ64_K -> taken = r[dst] == (w >> 32);
                    case Op.JEQ64_X -> taken = r[dst] == r[src];
                    case Op.JNE64_K -> taken = r[dst] != (w >> 32);
                    case Op.JNE64_X -> taken = r[dst] != r[src];
                    case Op.JGT64_K -> taken = Long.compareUnsigned(r[dst], w >> 32) > 0;
                    case Op.JGT64_X -> taken = Long.compareUnsigned(r[dst], r[src]) > 0;
                    case Op.JGE64_K -> taken = Long.compareUnsigned(r[dst], w >> 32) >= 0;
                    case Op.JGE64_X -> taken = Long.compareUnsigned(r[dst], r[src]) >= 0;
                    case Op.JLT64_K -> taken = Long.compareUnsigned(r[dst], w >> 32) < 0;
                    case Op.JLT64_X -> taken = Long.compareUnsigned(r[dst], r[src]) < 0;
                    case Op.JLE64_K -> taken = Long.compareUnsigned(r[dst], w >> 32) <= 0;
                    case Op.JLE64_X -> taken = Long.compareUnsigned(r[dst], r[src]) <= 0;
                    case Op.JSET64_K -> taken = (r[dst] & (w >> 32)) != 0;
                    case Op.JSET64_X -> taken = (r[dst] & r[src]) != 0;
                    case Op.JSGT64_K -> taken = r[dst] > (w >> 32);
                    case Op.JSGT64_X -> taken = r[dst] > r[src];
                    case Op.JSGE64_K -> taken = r[dst] >= (w >> 32);
                    case Op.JSGE64_X -> taken = r[dst] >= r[src];
                    case Op.JSLT64_K -> taken = r[dst] < (w >> 32);
                    case Op.JSLT64_X -> taken = r[dst] < r[src];
                    case Op.JSLE64_K -> taken = r[dst] <= (w >> 32);
                    case Op.JSLE64_X -> taken = r[dst] <= r[src];
                    case Op.JEQ32_K -> taken = (int) r[dst] == (int) (w >> 32);
                    case Op.JEQ32_X -> taken = (int) r[dst] == (int) r[src];
                    case Op.JNE32_K -> taken = (int) r[dst] != (int) (w >> 32);
                    case Op.JNE32_X -> taken = (int) r[dst] != (int) r[src];
                    case Op.JGT32_K -> taken = Integer.compareUnsigned((int) r[dst], (int) (w >> 32)) > 0;
                    case Op.JGT32_X -> taken = Integer.compareUnsigned((int) r[dst], (int) r[src]) > 0;
                    case Op.JGE32_K -> taken = Integer.compareUnsigned((int) r[dst], (int) (w >> 32)) >= 0;
                    case Op.JGE32_X -> taken = Integer.compareUnsigned((int) r[dst], (int) r[src]) >= 0;
                    case Op.JLT32_K -> taken = Integer.compareUnsigned((int) r[dst], (int) (w >> 32)) < 0;
                    case Op.JLT32_X -> taken = Integer.compareUnsigned((int) r[dst], (int) r[src]) < 0;
                    case Op.JLE32_K -> taken = Integer.compareUnsigned((int) r[dst], (int) (w >> 32)) <= 0;
                    case Op.JLE32_X -> taken = Integer.compareUnsigned((int) r[dst], (int) r[src]) <= 0;
                    case Op.JSET32_K -> taken = ((int) r[dst] & (int) (w >> 32)) != 0;
                    case Op.JSET32_X -> taken = ((int) r[dst] & (int) r[src]) != 0;
                    case Op.JSGT32_K -> taken = (int) r[dst] > (int) (w >> 32);
                    case Op.JSGT32_X -> taken = (int) r[dst] > (int) r[src];
                    case Op.JSGE32_K -> taken = (int) r[dst] >= (int) (w >> 32);
                    case Op.JSGE32_X -> taken = (int) r[dst] >= (int) r[src];
                    case Op.JSLT32_K -> taken = (int) r[dst] < (int) (w >> 32);
                    case Op.JSLT32_X -> taken = (int) r[dst] < (int) r[src];
                    case Op.JSLE32_K -> taken = (int) r[dst] <= (int) (w >> 32);
                    case Op.JSLE32_X -> taken = (int) r[dst] <= (int) r[src];
                    case Op.LDX_SIGNED -> r[dst] = CheckedMemory.load(sandbox, code.opcodes[pc - 1], r[src] + offset);
                    case Op.ATOMIC -> AtomicOperations.execute(sandbox.atomics(), code.opcodes[pc - 1], w, r);
                    case Op.CHECKED -> cpu.memory.execute(code.opcodes[pc - 1], w, r);
                    case Op.OBSERVED -> taken = cpu.decides(code.opcodes[pc - 1], pc - 1, w, r);
                    case Op.JA -> taken = true;
                    case Op.JA_LONG -> {
                        offset = (int) (w >> 32);
                        taken = true;
                    }
                    case Op.MAY_GOTO -> taken = stack.loopEnds();
                    case Op.CALL_HELPER -> {
                        cpu.leaves(code, pc, limit);
                        r[0] = code.helpers[(int) (w >> 32)].call(cpu, r[1], r[2], r[3], r[4], r[5]);
                        limit = pc + cpu.remaining;
                    }
                    case Op.CALL_FUNCTION -> {
                        stack.enter(code, pc, r);
                        offset = (int) (w >> 32);
                        taken = true;
                    }
                    case Op.CALL_REGISTER -> {
                        int function = code.functionAt(r[dst]);
                        if (function >= 0) {
                            stack.enter(code, pc, r);
                            offset = function - pc;
                            taken = true;
                        } else {
                            Helper helper = cpu.helperAt(code, r[dst]);
                            cpu.leaves(code, pc, limit);
                            r[0] = helper.call(cpu, r[1], r[2], r[3], r[4], r[5]);
                            limit = pc + cpu.remaining;
                        }
                    }
                    case Op.TAIL_CALL -> {
                        cpu.leaves(code, pc, limit);
                        Code next = cpu.tailCall(r[2], r[3]);
                        if (next != null) {
                            code = next;
                            words = code.words;
                            limit -= pc;
                            pc = 0;
                        }
                    }
                    case Op.PACKET, Op.EXIT -> {
                        if ((w & 0xff) == Op.PACKET && cpu.loadsPacket(code.opcodes[pc - 1], w, r)) {
                            continue;
                        }
                        if (stack.depth() == base) {
                            cpu.remaining = limit - pc;
                            return r[0];
                        }
                        limit -= pc;
                        code = stack.returnCode();
                        words = code.words;
                        pc = stack.leave(r);
                        limit += pc;
                    }
                    default -> throw new AssertionError("operation " + (w & 0xff));
                }
                if (taken) {
                    pc += offset;
                    limit += offset;
                    if (limit < pc && offset < 0) {
                        pc -= offset; // the place is the jump's, not its target's
                        throw cpu.exhausted();
                    }
                }
            }
        } catch (RuntimeException e) {
            throw cpu.explained(e, code, pc - 1);
        }
    }
}
