package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.java.StructLayouts;
import dev.skep.compiler.java.StructType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Optional;

/**
 * Makes classes of programs into ones that the JVM can run: fields of structs are accessed where they lie in memory, arrays within
 * structs too, static fields that are globals in BPF as well, and methods that exist in BPF only get a body. Line numbers and local
 * variables stay.
 */
final class ClassRewriter {
    private static final ClassDesc PLACE = ClassDesc.of("dev.skep.jvm.Place");
    private static final ClassDesc LOCATED = ClassDesc.of("dev.skep.jvm.Located");
    private static final ClassDesc FIELD_ACCESS = ClassDesc.of("dev.skep.jvm.FieldAccess");
    private static final ClassDesc ARRAY_ACCESS = ClassDesc.of("dev.skep.jvm.ArrayAccess");
    private static final ClassDesc GLOBAL_ACCESS = ClassDesc.of("dev.skep.jvm.GlobalAccess");
    private static final MethodTypeDesc MADE_AT_PLACE = MethodTypeDesc.of(ConstantDescs.CD_void, PLACE);

    private static final MethodTypeDesc GLOBAL_STRUCT =
            named(ConstantDescs.CD_Object).insertParameterTypes(2, ConstantDescs.CD_Class);

    private final ClassFile classFile;
    private final StructLayouts layouts;
    private final GlobalPlaces globals;

    /** @param loader finds the class files of superclasses */
    ClassRewriter(ClassLoader loader, StructLayouts layouts, GlobalPlaces globals) {
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        this.layouts = layouts;
        this.globals = globals;
    }

    /** The class that the JVM is to have instead. */
    byte[] rewrite(byte[] bytes) {
        ClassModel model = classFile.parse(bytes);
        String name = model.thisClass().asInternalName();
        if (name.equals(StructClass.NAME)) {
            return StructClass.build(classFile);
        }
        boolean struct = layouts.isStruct(name);
        return classFile.build(model.thisClass().asSymbol(), builder -> {
            model.forEach(element -> rewrite(builder, element, name, struct));
            if (struct) {
                addConstructor(builder, model.superclass().orElseThrow().asSymbol());
            }
        });
    }

    private void rewrite(ClassBuilder builder, ClassElement element, String owner, boolean struct) {
        switch (element) {
            case FieldModel field when struct && isLaidOut(field) -> {
                // It lies in memory.
            }
            case MethodModel method
            when BpfOnlyMethod.is(owner, method) -> BpfOnlyMethod.implement(builder, owner, method);
            case MethodModel method -> {
                String name = method.methodName().stringValue();
                builder.transformMethod(method, MethodTransform.transformingCode((code, e) -> rewrite(code, e, name)));
            }
            default -> builder.with(element);
        }
    }

    private static boolean isLaidOut(FieldModel field) {
        return !field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.SYNTHETIC);
    }

    /** The constructor that makes an object for a place instead of a new place. */
    private static void addConstructor(ClassBuilder builder, ClassDesc parent) {
        builder.withMethodBody(
                ConstantDescs.INIT_NAME,
                MADE_AT_PLACE,
                ClassFile.ACC_PUBLIC | ClassFile.ACC_SYNTHETIC,
                code -> code.aload(0)
                        .aload(1)
                        .invokespecial(parent, ConstantDescs.INIT_NAME, MADE_AT_PLACE)
                        .return_());
    }

    private void rewrite(CodeBuilder code, CodeElement element, String method) {
        switch (element) {
            case FieldInstruction access
            when isStatic(access) -> staticField(code, access, method.equals(ConstantDescs.CLASS_INIT_NAME));
            case FieldInstruction access -> field(code, access, method.equals(ConstantDescs.INIT_NAME));
            case ArrayLoadInstruction load -> load(code, load);
            case ArrayStoreInstruction store -> store(code, store);
            default -> code.with(element);
        }
    }

    private static boolean isStatic(FieldInstruction access) {
        return access.opcode() == Opcode.GETSTATIC || access.opcode() == Opcode.PUTSTATIC;
    }

    private void field(CodeBuilder code, FieldInstruction access, boolean constructor) {
        Optional<StructType.Field> found =
                layoutOf(access).flatMap(layout -> layout.field(access.name().stringValue()));
        if (found.isEmpty()) {
            code.with(access);
            return;
        }
        boolean reads = access.opcode() == Opcode.GETFIELD;
        int offset = found.get().offset();
        switch (found.get().type()) {
            case FieldType.Number number when reads -> readNumber(code, offset, number);
            case FieldType.Number number -> writeNumber(code, offset, number);
            case FieldType.Enumeration enumeration when reads -> readEnum(code, offset, access.typeSymbol());
            case FieldType.Enumeration enumeration -> writeEnum(code, offset);
            case FieldType.Array array when reads -> readInside(code, access);
            case FieldType.Inline inline when reads -> readInside(code, access);
            // A new array with as many zeros: what lies there already.
            case FieldType.Array array when constructor -> code.pop2();
            case FieldType.Array array -> writeInside(code, access);
            case FieldType.Inline inline -> writeInside(code, access);
        }
    }

    /** A constructor sets what lies inside: that is copied there. The compiler refuses it elsewhere. */
    private static void writeInside(CodeBuilder code, FieldInstruction access) {
        code.loadConstant(access.owner().asInternalName())
                .loadConstant(access.name().stringValue())
                .invokestatic(
                        FIELD_ACCESS, "fill", type("(LL;Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;)V"));
    }

    private Optional<StructType> layoutOf(FieldInstruction access) {
        String owner = access.owner().asInternalName();
        return layouts.isStruct(owner) && !owner.equals(StructClass.NAME)
                ? Optional.of(layouts.of(owner))
                : Optional.empty();
    }

    private static void readNumber(CodeBuilder code, int offset, FieldType.Number type) {
        int size = type.width().bytes();
        code.loadConstant(offset);
        if (size == Long.BYTES) {
            code.loadConstant(type.bigEndian() ? 1 : 0).invokestatic(FIELD_ACCESS, "readLong", type("(LL;IZ)J"));
        } else {
            code.loadConstant(size)
                    .loadConstant(type.signed() ? 1 : 0)
                    .loadConstant(type.bigEndian() ? 1 : 0)
                    .invokestatic(FIELD_ACCESS, "readInt", type("(LL;IIZZ)I"));
        }
    }

    private static void writeNumber(CodeBuilder code, int offset, FieldType.Number type) {
        int size = type.width().bytes();
        code.loadConstant(offset);
        if (size == Long.BYTES) {
            code.loadConstant(type.bigEndian() ? 1 : 0).invokestatic(FIELD_ACCESS, "writeLong", type("(LL;JIZ)V"));
        } else {
            code.loadConstant(size)
                    .loadConstant(type.bigEndian() ? 1 : 0)
                    .invokestatic(FIELD_ACCESS, "writeInt", type("(LL;IIIZ)V"));
        }
    }

    private static void readEnum(CodeBuilder code, int offset, ClassDesc type) {
        code.loadConstant(offset)
                .loadConstant(type)
                .invokestatic(FIELD_ACCESS, "readEnum", type("(LL;ILjava/lang/Class;)Ljava/lang/Object;"))
                .checkcast(type);
    }

    private static void writeEnum(CodeBuilder code, int offset) {
        code.loadConstant(offset).invokestatic(FIELD_ACCESS, "writeEnum", type("(LL;Ljava/lang/Enum;I)V"));
    }

    /** A method type in which {@code LL;} stands for {@link Located}. */
    private static MethodTypeDesc type(String descriptor) {
        return MethodTypeDesc.ofDescriptor(descriptor.replace("LL;", LOCATED.descriptorString()));
    }

    private static void readInside(CodeBuilder code, FieldInstruction access) {
        ClassDesc type = access.typeSymbol();
        code.loadConstant(access.owner().asInternalName())
                .loadConstant(access.name().stringValue())
                .loadConstant(type)
                .invokestatic(
                        FIELD_ACCESS,
                        "inside",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_Object,
                                LOCATED,
                                ConstantDescs.CD_String,
                                ConstantDescs.CD_String,
                                ConstantDescs.CD_Class))
                .checkcast(type);
    }

    /** A global's value before the run is what the object says; so what a class initializer does stays in Java. */
    private void staticField(CodeBuilder code, FieldInstruction access, boolean initializer) {
        Optional<GlobalPlaces.Global> global = initializer
                ? Optional.empty()
                : globals.find(access.owner().asInternalName(), access.name().stringValue());
        if (global.isEmpty()) {
            code.with(access);
            return;
        }
        ClassDesc type = access.typeSymbol();
        boolean wide = type.equals(ConstantDescs.CD_long);
        ClassDesc onStack = wide ? ConstantDescs.CD_long : ConstantDescs.CD_int;
        code.loadConstant(access.owner().asInternalName())
                .loadConstant(access.name().stringValue());
        if (global.get().number().isEmpty()) {
            code.loadConstant(type)
                    .invokestatic(GLOBAL_ACCESS, "struct", GLOBAL_STRUCT)
                    .checkcast(type);
        } else if (access.opcode() == Opcode.GETSTATIC) {
            code.invokestatic(GLOBAL_ACCESS, wide ? "readLong" : "readInt", named(onStack));
        } else {
            code.invokestatic(
                    GLOBAL_ACCESS,
                    wide ? "writeLong" : "writeInt",
                    named(ConstantDescs.CD_void).insertParameterTypes(0, onStack));
        }
    }

    /** The type of a method that is told a field by its owner and name. */
    private static MethodTypeDesc named(ClassDesc result) {
        return MethodTypeDesc.of(result, ConstantDescs.CD_String, ConstantDescs.CD_String);
    }

    private static void load(CodeBuilder code, ArrayLoadInstruction load) {
        switch (load.opcode()) {
            case BALOAD -> array(code, "loadByte", "(Ljava/lang/Object;I)I");
            case SALOAD -> array(code, "loadShort", "([SI)I");
            case CALOAD -> array(code, "loadChar", "([CI)I");
            case IALOAD -> array(code, "loadInt", "([II)I");
            case LALOAD -> array(code, "loadLong", "([JI)J");
            default -> code.with(load);
        }
    }

    private static void store(CodeBuilder code, ArrayStoreInstruction store) {
        switch (store.opcode()) {
            case BASTORE -> array(code, "storeByte", "(Ljava/lang/Object;II)V");
            case SASTORE -> array(code, "storeShort", "([SII)V");
            case CASTORE -> array(code, "storeChar", "([CII)V");
            case IASTORE -> array(code, "storeInt", "([III)V");
            case LASTORE -> array(code, "storeLong", "([JIJ)V");
            default -> code.with(store);
        }
    }

    private static void array(CodeBuilder code, String method, String descriptor) {
        code.invokestatic(ARRAY_ACCESS, method, MethodTypeDesc.ofDescriptor(descriptor));
    }
}
