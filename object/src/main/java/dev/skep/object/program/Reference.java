package dev.skep.object.program;

/**
 * What an instruction refers to by name rather than by number, to be filled in when a program is put together or loaded. The
 * slot is that of the instruction within its function (or within the whole program, in a {@code ProgramImage}).
 */
public sealed interface Reference {
    /** Slot of the referring instruction. */
    int slot();

    /** The same reference from another slot. */
    Reference at(int newSlot);

    /** {@code lddw} of a map: {@code BPF_PSEUDO_MAP_FD}. */
    record Map(int slot, String map) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new Map(newSlot, map);
        }
    }

    /** {@code lddw} of an address inside a map's only value, that is, of a global: {@code BPF_PSEUDO_MAP_VALUE}. */
    record MapValue(int slot, String map, int offset) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new MapValue(newSlot, map, offset);
        }
    }

    /** {@code call} of another function of the object. @param function index into {@code BpfObject.functions()} */
    record Call(int slot, int function) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new Call(newSlot, function);
        }
    }

    /** {@code lddw} of a function's address, for a callback: {@code BPF_PSEUDO_FUNC}. */
    record FunctionAddress(int slot, int function) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new FunctionAddress(newSlot, function);
        }
    }

    /** {@code lddw} of an extern variable ({@code __kconfig} or {@code __ksym}). @param extern index into {@code BpfObject.externs()} */
    record ExternVariable(int slot, int extern) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new ExternVariable(newSlot, extern);
        }
    }

    /** {@code call} of a kernel function ({@code __ksym}): {@code BPF_PSEUDO_KFUNC_CALL}. */
    record KernelFunctionCall(int slot, int extern) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new KernelFunctionCall(newSlot, extern);
        }
    }

    /** {@code lddw} of a variable that lies in the arena ({@code __arena} globals). @param offset from the start of the arena's globals */
    record ArenaVariable(int slot, String map, int offset) implements Reference {
        @Override
        public Reference at(int newSlot) {
            return new ArenaVariable(newSlot, map, offset);
        }
    }
}
