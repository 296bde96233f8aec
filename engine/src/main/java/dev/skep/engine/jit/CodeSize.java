package dev.skep.engine.jit;

/**
 * How much bytecode operations become, roughly, in bytes.
 *
 * @param planned what a method is planned to have at most
 * @param checked whether accesses to memory are judged first
 */
record CodeSize(int planned, boolean checked) {
    /** HotSpot leaves methods of more than 8,000 bytes uncompiled. */
    static final int HUGE_METHOD = 8_000;
    /** What methods are planned to have at most, so that those that become larger than thought are still not huge. */
    static final int PLANNED = 6_000;

    /** Of the operations of a block. */
    int of(Flow flow, int block) {
        int size = 4;
        Block code = flow.blocks.get(block);
        for (int i = code.first(); i < code.end(); i++) {
            size += of(flow.operations[i]);
        }
        return size;
    }

    /** Of the operations of several blocks. */
    int of(Flow flow, int[] blocks) {
        int size = 0;
        for (int block : blocks) {
            size += of(flow, block);
        }
        return size;
    }

    private int of(Operation operation) {
        int check = checked ? 28 : 0;
        return switch (operation) {
            case Operation.Constant ignored -> 4;
            case Operation.Move ignored -> 6;
            case Operation.InPlace ignored -> 12;
            case Operation.Arithmetic ignored -> 12;
            case Operation.Load ignored -> 30 + check;
            case Operation.Store ignored -> 30 + check;
            case Operation.Atomic ignored -> 40 + check;
            case Operation.PacketLoad ignored -> 60;
            case Operation.Branch ignored -> 30;
            case Operation.Jump ignored -> 16;
            case Operation.MayGoto ignored -> 36;
            case Operation.CallHelper ignored -> 60;
            case Operation.CallFunction ignored -> 60;
            case Operation.CallRegister ignored -> 60;
            case Operation.TailCall ignored -> 90;
            case Operation.Exit ignored -> 16;
        };
    }
}
