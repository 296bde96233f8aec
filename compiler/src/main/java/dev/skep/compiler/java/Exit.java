package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.Optional;

/** What happens where a method returns. */
sealed interface Exit {
    /** Ends the current block. @param result empty for {@code void} */
    void leave(Emitter emitter, Machine machine, Optional<Operand> result);

    /** Leaves the program; one that is {@code void} returns 0. */
    record OfProgram() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Value value = result.map(machine::number).map(emitter::narrow).orElse(Constant.of(0));
            emitter.builder()
                    .end(new Terminator.Return(
                            Optional.of(value), emitter.builder().position()));
        }
    }

    /** Leaves a function of its own; one that is {@code void} returns 0. */
    record OfFunction() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            boolean wide = emitter.builder().function().resultType() == Int.I64;
            Value number = result.map(machine::number).orElse(Constant.of(0));
            Value value = wide ? emitter.widen(number) : emitter.narrow(number);
            emitter.builder()
                    .end(new Terminator.Return(
                            Optional.of(value), emitter.builder().position()));
        }
    }

    /** Leaves a callback: one that returns {@code false} is not called again, one that is {@code void} is. */
    record OfCallback() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Value stops = result.<Value>map(
                            more -> emitter.compare(Comparison.EQUAL, machine.number(more), Constant.of(0)))
                    .orElse(Constant.of(0));
            emitter.builder()
                    .end(new Terminator.Return(
                            Optional.of(stops), emitter.builder().position()));
        }
    }

    /** Goes on behind a call that was compiled in place. */
    final class OfCall implements Exit {
        private final Block continuation;
        private final ClassDesc returnType;
        private final StructLayouts layouts;
        private Optional<Operand> result = Optional.empty();
        private Optional<Variable> variable = Optional.empty();

        OfCall(Block continuation, ClassDesc returnType, StructLayouts layouts) {
            this.continuation = continuation;
            this.returnType = returnType;
            this.layouts = layouts;
        }

        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> returned) {
            returned.ifPresent(operand -> write(emitter, machine, ofReturnType(emitter, operand)));
            emitter.jump(continuation);
        }

        /** The JVM's {@code ireturn} narrows to the method's type, also a field that reads as a number without sign. */
        private Operand ofReturnType(Emitter emitter, Operand operand) {
            if (!(operand instanceof Operand.Number(Value value)) || TypeKind.from(returnType) == TypeKind.BOOLEAN) {
                return operand;
            }
            return FieldType.number(returnType, false, false)
                    .filter(type -> type.width() == Int.I8 || type.width() == Int.I16)
                    .<Operand>map(
                            type -> new Operand.Number(emitter.extend(type.width(), type.signed(), value, Int.I32)))
                    .orElse(operand);
        }

        private void write(Emitter emitter, Machine machine, Operand operand) {
            Operand settled =
                    operand instanceof Operand.LongComparison ? new Operand.Number(machine.number(operand)) : operand;
            if (result.isEmpty()) {
                result = Optional.of(settled instanceof Operand.Null ? nothing() : settled);
                variable = type(result.get()).map(type -> new Variable("result", type));
            }
            if (variable.isPresent()) {
                emitter.builder()
                        .write(
                                variable.get(),
                                value(emitter, settled, variable.get().type()));
            } else if (!settled.equals(result.get())) {
                throw different();
            }
        }

        private static Optional<Type> type(Operand operand) {
            return switch (operand) {
                case Operand.Number(Value value) -> Optional.of(value.type());
                case Operand.Reference(Value pointer, String className) -> Optional.of(nullable(pointer));
                case Operand.BoxInMap(Value pointer, FieldType.Number type) -> Optional.of(nullable(pointer));
                case Operand.Enumerated(Value ordinal, EnumType type) -> Optional.of(Int.I32);
                default -> Optional.empty();
            };
        }

        private static Type nullable(Value pointer) {
            return Pointer.nullable(((Pointer) pointer.type()).provenance());
        }

        private static Value value(Emitter emitter, Operand operand, Type type) {
            return switch (operand) {
                case Operand.Number(Value value) when type instanceof Int -> value;
                case Operand.Reference(Value pointer, String className)
                when type instanceof Pointer -> as(emitter, pointer, type);
                case Operand.BoxInMap(Value pointer, FieldType.Number number)
                when type instanceof Pointer -> as(emitter, pointer, type);
                case Operand.Null() when type instanceof Pointer pointer -> Constant.nullPointer(pointer);
                case Operand.Null() -> Constant.of(EnumType.NULL);
                case Operand.Enumerated(Value ordinal, EnumType constants) when type instanceof Int -> ordinal;
                case Operand.Unknown unknown -> throw new AlreadyRefused();
                default -> throw different();
            };
        }

        private static Value as(Emitter emitter, Value pointer, Type type) {
            return pointer.type().equals(type) ? pointer : emitter.add(new Operation.Reinterpret(pointer, type));
        }

        private static Refusal different() {
            return new Refusal(
                    "a method that returns different things",
                    "which map, array or literal it is has to be known where the program is compiled",
                    "write a method for each");
        }

        /** Null or 0, as the method's type asks for. */
        private Operand nothing() {
            return switch (TypeKind.from(returnType)) {
                case REFERENCE -> layouts.nullOf(ClassPool.internalName(returnType));
                case LONG -> new Operand.Number(Constant.of(0L));
                default -> new Operand.Number(Constant.of(0));
            };
        }

        /** The result, behind the call; whatever it likes if the method never returns. */
        Operand result(Emitter emitter) {
            Operand shape = result.orElseGet(this::nothing);
            if (variable.isEmpty()) {
                return shape;
            }
            Value value = emitter.builder().read(variable.get());
            return switch (shape) {
                case Operand.Reference(Value pointer, String className) -> new Operand.Reference(value, className);
                case Operand.BoxInMap(Value pointer, FieldType.Number type) -> new Operand.BoxInMap(value, type);
                case Operand.Enumerated(Value ordinal, EnumType type) -> new Operand.Enumerated(value, type);
                default -> new Operand.Number(value);
            };
        }
    }
}
