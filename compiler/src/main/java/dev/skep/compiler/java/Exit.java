package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
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

    /** The JVM's {@code ireturn} narrows to the method's type, also a field that reads as a number without sign. */
    static Operand ofReturnType(Emitter emitter, Operand operand, ClassDesc returnType) {
        if (!(operand instanceof Operand.Number(Value value)) || TypeKind.from(returnType) == TypeKind.BOOLEAN) {
            return operand;
        }
        return FieldType.number(returnType, false, false)
                .filter(type -> type.width() == Int.I8 || type.width() == Int.I16)
                .<Operand>map(type -> new Operand.Number(emitter.extend(type.width(), type.signed(), value, Int.I32)))
                .orElse(operand);
    }

    /** Leaves the program; one that is {@code void} returns 0. */
    record OfProgram() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Value value = result.map(machine::number).map(emitter::narrow).orElse(Constant.of(0));
            emitter.leave(value);
        }
    }

    /** Leaves a function of its own; one that is {@code void} returns 0. */
    record OfFunction() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Int width = (Int) emitter.builder().function().resultType();
            emitter.leave(emitter.fit(width, result.map(machine::number).orElse(Constant.of(0))));
        }
    }

    /** Leaves a callback: one that returns {@code false} is not called again, one that is {@code void} is. */
    record OfCallback() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Value stops = result.<Value>map(
                            more -> emitter.compare(Comparison.EQUAL, machine.number(more), Constant.of(0)))
                    .orElse(Constant.of(0));
            emitter.leave(stops);
        }
    }

    /** Leaves a function that returns 64 bits, of which a smaller result takes the lower ones, the others being 0. */
    record OfSubprogram() implements Exit {
        @Override
        public void leave(Emitter emitter, Machine machine, Optional<Operand> result) {
            Value number = result.map(machine::number).orElse(Constant.of(0));
            Value value = number.type() == Int.I64 ? number : emitter.extend(Int.I32, false, number, Int.I64);
            emitter.leave(value);
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
            returned.ifPresent(operand -> write(emitter, machine, ofReturnType(emitter, operand, returnType)));
            emitter.jump(continuation);
        }

        private void write(Emitter emitter, Machine machine, Operand operand) {
            Operand settled =
                    operand instanceof Operand.LongComparison ? new Operand.Number(machine.number(operand)) : operand;
            if (result.isEmpty()) {
                result = Optional.of(shape(settled));
                variable = Shapes.type(result.get()).map(type -> new Variable("result", type));
            }
            Operand shape = result.get();
            if (variable.isPresent()) {
                Type type = variable.get().type();
                Value value = Shapes.fitting(shape, settled, type, emitter)
                        .orElseThrow(() -> MixedOperands.refusal(shape, settled));
                emitter.builder().write(variable.get(), value);
                if (shape instanceof Operand.Reference known && settled instanceof Operand.Reference other) {
                    result = Optional.of(layouts.either(known, other));
                }
            } else if (shape instanceof Operand.Local(LocalObject copy) && copy.isValue()) {
                if (!(settled instanceof Operand.Local(LocalObject object)) || !object.isValue()) {
                    throw settled instanceof Operand.Unknown
                            ? new AlreadyRefused()
                            : MixedOperands.refusal(shape, settled);
                }
                copy.copying(emitter, object).run();
            } else if (!settled.equals(shape)) {
                throw MixedOperands.refusal(shape, settled);
            }
        }

        private Operand shape(Operand operand) {
            return switch (operand) {
                case Operand.Null() -> nothing();
                case Operand.Local(LocalObject object) when object.isValue() -> new Operand.Local(object.another());
                default -> operand;
            };
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
            return Shapes.withValue(shape, emitter.builder().read(variable.get()));
        }
    }
}
