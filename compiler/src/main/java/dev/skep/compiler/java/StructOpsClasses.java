package dev.skep.compiler.java;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.StructOpsDeclaration;
import dev.skep.object.Bytes;
import dev.skep.object.KernelVersion;
import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDesc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the classes that implement structures of the kernel: a class of programs itself, and those within it. */
final class StructOpsClasses {
    private static final String STRUCT_OPS = "dev/skep/lang/program/StructOps";
    private static final String MEMBER = "dev/skep/lang/program/Member";

    /** The first with {@code BPF_F_LINK} for such maps; for those before, registering is a write to the map. */
    private static final KernelVersion LINKED_SINCE = new KernelVersion(6, 4);

    private final UnitContext unit;
    private final List<StructOpsDeclaration> declarations = new ArrayList<>();

    StructOpsClasses(UnitContext unit) {
        this.unit = unit;
    }

    /** Looks at a class and those within it; what is wrong with them becomes findings. */
    void read(ClassModel model) {
        Stream<ClassModel> nested = model.findAttribute(Attributes.nestMembers()).stream()
                .flatMap(members -> members.nestMembers().stream())
                .flatMap(member -> unit.classes().find(member.asInternalName()).stream());
        Stream.concat(Stream.of(model), nested)
                .forEach(type -> ClassPool.annotation(type, STRUCT_OPS).ifPresent(ops -> read(type, ops)));
    }

    /** All that were found. */
    List<StructOpsDeclaration> declarations() {
        return List.copyOf(declarations);
    }

    /** The programs of their members. */
    List<Function> functions() {
        return declarations.stream()
                .flatMap(declaration -> declaration.members().stream())
                .map(StructOpsDeclaration.Implementation::program)
                .toList();
    }

    private void read(ClassModel model, Annotation annotation) {
        StructOpsLayout layout = new StructOpsLayout();
        String file = ClassPool.sourceFile(model);
        for (FieldModel field : model.fields()) {
            if (ClassPool.annotation(field, MEMBER).isPresent()) {
                unit.findings().guard(file, 0, () -> addField(layout, field));
            }
        }
        StructOpsMethods methods = new StructOpsMethods(unit);
        for (MethodModel method : model.methods()) {
            if (ClassPool.annotation(method, MEMBER).isPresent()) {
                unit.findings()
                        .guard(
                                file,
                                ClassPool.firstLine(method),
                                () -> layout.addProgram(methods.translate(new ClassPool.Method(model, method))));
            }
        }
        String struct = ClassPool.text(annotation, "value").orElseThrow();
        boolean linked = ClassPool.truth(annotation, "linked").orElse(true)
                && unit.target().kernel().compareTo(LINKED_SINCE) >= 0;
        String name = ClassPool.simpleName(model.thisClass().asInternalName()).replaceFirst("^.*\\.", "");
        declarations.add(layout.declaration(name, linked, struct));
    }

    private static void addField(StructOpsLayout layout, FieldModel field) {
        String name = field.fieldName().stringValue();
        Optional<ConstantDesc> constant = field.findAttribute(Attributes.constantValue())
                .map(attribute -> attribute.constant().constantValue());
        int length = ClassPool.annotation(field, "dev/skep/lang/Length")
                .flatMap(a -> ClassPool.number(a, "value"))
                .orElse(0);
        ConstantDesc value = constant.orElseThrow(() -> new Refusal(
                name, "a member of the kernel's structure that is no function is a constant", "make the field final"));
        if (value instanceof String text && text.length() < length) {
            byte[] bytes = new byte[length];
            byte[] characters = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(characters, 0, bytes, 0, characters.length);
            CType character = new CType.Scalar("char", 1, CType.Scalar.Encoding.CHARACTER);
            layout.addData(name, new CType.Array(character, length), Bytes.of(bytes));
        } else if (value instanceof String) {
            throw new Refusal(
                    name,
                    "the text and the zero behind it do not fit into " + length + " bytes",
                    "annotate the field with @Length, as long as the kernel's member, or shorten it");
        } else {
            FieldType.Number type = FieldType.number(field.fieldTypeSymbol(), true, false)
                    .orElseThrow(() -> new Refusal(name, "it is no integer", "use an integer or a string"));
            byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(((Number) value).longValue())
                    .array();
            layout.addData(name, type.type(), Bytes.of(bytes).slice(0, type.size()));
        }
    }
}
