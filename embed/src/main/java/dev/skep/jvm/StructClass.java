package dev.skep.jvm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** The class that stands for {@code dev.skep.lang.Struct}: it has a {@link Place}. */
final class StructClass {
    static final String NAME = "dev/skep/lang/Struct";

    private static final ClassDesc SELF = ClassDesc.ofInternalName(NAME);
    private static final ClassDesc PLACE = ClassDesc.of("dev.skep.jvm.Place");
    private static final ClassDesc LOCATED = ClassDesc.of("dev.skep.jvm.Located");
    private static final ClassDesc FIELD_ACCESS = ClassDesc.of("dev.skep.jvm.FieldAccess");
    private static final String FIELD = "place";

    private StructClass() {}

    static byte[] build(ClassFile classFile) {
        return classFile.build(SELF, StructClass::build);
    }

    private static void build(ClassBuilder builder) {
        MethodTypeDesc existing = MethodTypeDesc.of(ConstantDescs.CD_void, PLACE);
        MethodTypeDesc text = MethodTypeDesc.of(ConstantDescs.CD_String);
        builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT)
                .withInterfaceSymbols(LOCATED)
                .withField(FIELD, PLACE, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
                .withMethodBody(
                        ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_PROTECTED, StructClass::makeNew)
                .withMethodBody(ConstantDescs.INIT_NAME, existing, ClassFile.ACC_PROTECTED, StructClass::makeExisting)
                .withMethodBody(
                        "place$",
                        MethodTypeDesc.of(PLACE),
                        ClassFile.ACC_PUBLIC,
                        code -> code.aload(0).getfield(SELF, FIELD, PLACE).areturn())
                .withMethodBody("toString", text, ClassFile.ACC_PUBLIC, StructClass::describe);
    }

    /** A new one finds itself a place. */
    private static void makeNew(CodeBuilder code) {
        MethodTypeDesc newPlace = MethodTypeDesc.of(PLACE, ConstantDescs.CD_Object);
        superConstructor(code)
                .aload(0)
                .aload(0)
                .invokestatic(FIELD_ACCESS, "newPlace", newPlace)
                .putfield(SELF, FIELD, PLACE)
                .return_();
    }

    /** One that was there before. */
    private static void makeExisting(CodeBuilder code) {
        superConstructor(code).aload(0).aload(1).putfield(SELF, FIELD, PLACE).return_();
    }

    private static CodeBuilder superConstructor(CodeBuilder code) {
        return code.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
    }

    private static void describe(CodeBuilder code) {
        MethodTypeDesc describe = MethodTypeDesc.of(ConstantDescs.CD_String, LOCATED);
        code.aload(0).invokestatic(FIELD_ACCESS, "describe", describe).areturn();
    }
}
