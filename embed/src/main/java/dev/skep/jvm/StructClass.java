package dev.skep.jvm;

import java.lang.classfile.ClassFile;
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
        return classFile.build(
                SELF,
                builder -> builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT)
                        .withInterfaceSymbols(LOCATED)
                        .withField(FIELD, PLACE, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
                        // A new one finds itself a place.
                        .withMethodBody(
                                ConstantDescs.INIT_NAME,
                                ConstantDescs.MTD_void,
                                ClassFile.ACC_PROTECTED,
                                code -> code.aload(0)
                                        .invokespecial(
                                                ConstantDescs.CD_Object,
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .aload(0)
                                        .aload(0)
                                        .invokestatic(
                                                FIELD_ACCESS,
                                                "newPlace",
                                                MethodTypeDesc.of(PLACE, ConstantDescs.CD_Object))
                                        .putfield(SELF, FIELD, PLACE)
                                        .return_())
                        // One that was there before.
                        .withMethodBody(
                                ConstantDescs.INIT_NAME,
                                MethodTypeDesc.of(ConstantDescs.CD_void, PLACE),
                                ClassFile.ACC_PROTECTED,
                                code -> code.aload(0)
                                        .invokespecial(
                                                ConstantDescs.CD_Object,
                                                ConstantDescs.INIT_NAME,
                                                ConstantDescs.MTD_void)
                                        .aload(0)
                                        .aload(1)
                                        .putfield(SELF, FIELD, PLACE)
                                        .return_())
                        .withMethodBody(
                                "place$",
                                MethodTypeDesc.of(PLACE),
                                ClassFile.ACC_PUBLIC,
                                code -> code.aload(0)
                                        .getfield(SELF, FIELD, PLACE)
                                        .areturn())
                        .withMethodBody(
                                "toString",
                                MethodTypeDesc.of(ConstantDescs.CD_String),
                                ClassFile.ACC_PUBLIC,
                                code -> code.aload(0)
                                        .invokestatic(
                                                FIELD_ACCESS,
                                                "describe",
                                                MethodTypeDesc.of(ConstantDescs.CD_String, LOCATED))
                                        .areturn()));
    }
}
