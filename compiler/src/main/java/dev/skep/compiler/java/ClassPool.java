package dev.skep.compiler.java;

import dev.skep.compiler.ir.Position;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Class files that were read, each once. Classes are named by their internal names. */
final class ClassPool {
    private final ClassSource source;
    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();

    /** A method and the class that declares it. */
    record Method(ClassModel owner, MethodModel model) {
        /** What no other method is called: owner, name and descriptor. */
        String key() {
            return owner.thisClass().asInternalName() + "."
                    + model.methodName().stringValue()
                    + model.methodType().stringValue();
        }

        /** Where its code begins. */
        Position position() {
            return new Position(sourceFile(owner), firstLine(model), 0);
        }
    }

    ClassPool(ClassSource source) {
        this.source = source;
    }

    /** A class; empty if its file is not found. Classes of the JDK are not looked for: nothing of them can be compiled. */
    Optional<ClassModel> find(String name) {
        return name.startsWith("java/")
                ? Optional.empty()
                : classes.computeIfAbsent(
                        name, n -> source.find(n).map(bytes -> ClassFile.of().parse(bytes)));
    }

    /** A method of a class or of those that it extends. */
    Optional<Method> method(String owner, String name, String descriptor) {
        return find(owner)
                .flatMap(model -> model.methods().stream()
                        .filter(m -> m.methodName().equalsString(name)
                                && m.methodType().equalsString(descriptor))
                        .findFirst()
                        .map(m -> new Method(model, m))
                        .or(() -> superclass(model).flatMap(parent -> method(parent, name, descriptor))));
    }

    /** A field that a class declares itself. */
    Optional<FieldModel> field(String owner, String name) {
        return find(owner)
                .flatMap(model -> model.fields().stream()
                        .filter(f -> f.fieldName().equalsString(name))
                        .findFirst());
    }

    /** The class that declares the field that a class has under a name: itself, or the nearest that it extends. */
    Optional<String> declaring(String owner, String name) {
        return field(owner, name)
                .map(field -> owner)
                .or(() -> find(owner).flatMap(ClassPool::superclass).flatMap(parent -> declaring(parent, name)));
    }

    /** True if a class is {@code ancestor} or extends it. */
    boolean isA(String name, String ancestor) {
        return name.equals(ancestor)
                || find(name)
                        .flatMap(ClassPool::superclass)
                        .filter(p -> isA(p, ancestor))
                        .isPresent();
    }

    static Optional<String> superclass(ClassModel model) {
        return model.superclass().map(entry -> entry.asInternalName());
    }

    /** The source file's name, as the class file says; {@code ""} if it does not. */
    static String sourceFile(ClassModel model) {
        return model.findAttribute(Attributes.sourceFile())
                .map(attribute -> attribute.sourceFile().stringValue())
                .orElse("");
    }

    /** An annotation of this type. @param type its internal name */
    static Optional<Annotation> annotation(AttributedElement element, String type) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> internalName(annotation.classSymbol()).equals(type))
                .findFirst();
    }

    /** What an element of an annotation is set to; empty if it is left to its default. */
    static Optional<AnnotationValue> value(Annotation annotation, String element) {
        return annotation.elements().stream()
                .filter(e -> e.name().equalsString(element))
                .map(AnnotationElement::value)
                .findFirst();
    }

    /** The same for an element that is a string. */
    static Optional<String> text(Annotation annotation, String element) {
        return value(annotation, element).map(v -> ((AnnotationValue.OfString) v).stringValue());
    }

    /** The same for an element that is an {@code int}. */
    static Optional<Integer> number(Annotation annotation, String element) {
        return value(annotation, element).map(v -> ((AnnotationValue.OfInt) v).intValue());
    }

    /** The same for an element that is a {@code boolean}. */
    static Optional<Boolean> truth(Annotation annotation, String element) {
        return value(annotation, element).map(v -> ((AnnotationValue.OfBoolean) v).booleanValue());
    }

    /** What sets the static fields of a class; empty if nothing has to. */
    static Optional<CodeModel> staticInitializer(ClassModel model) {
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME))
                .flatMap(method -> method.code().stream())
                .findFirst();
    }

    /** The first line of a method that has code, 0 if the class file does not say. */
    static int firstLine(MethodModel method) {
        return method.code().flatMap(code -> code.findAttribute(Attributes.lineNumberTable())).stream()
                .flatMap(table -> table.lineNumbers().stream())
                .mapToInt(LineNumberInfo::lineNumber)
                .findFirst()
                .orElse(0);
    }

    /** For example {@code java/lang/Object}; of an array its descriptor. */
    static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    /** The last part of a name, for messages. */
    static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
    }
}
