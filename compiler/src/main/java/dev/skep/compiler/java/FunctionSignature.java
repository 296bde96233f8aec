package dev.skep.compiler.java;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** What parameters and results of Java's methods are where these are functions of their own: numbers of 32 or 64 bits. */
final class FunctionSignature {
    /** The registers r1 to r5. */
    static final int MOST_PARAMETERS = 5;

    private FunctionSignature() {}

    /** How many bits a number takes. @param type a primitive type */
    static Int width(ClassDesc type) {
        return TypeKind.from(type) == TypeKind.LONG ? Int.I64 : Int.I32;
    }

    /** A number's type in BTF. */
    static CType.Scalar number(Int width) {
        return new CType.Scalar(width == Int.I64 ? "long" : "int", width.bytes(), CType.Scalar.Encoding.SIGNED);
    }

    /** A number as an argument. @param type of the parameter */
    static Value argument(Operand operand, ClassDesc type, Emitter emitter, Machine machine) {
        return emitter.fit(width(type), machine.number(operand));
    }
}
