package dev.skep.compiler.java;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Class files that were read, each once. Classes are named by their internal names. */
final class ClassPool {
    private final ClassSource source;
    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();

    /** A method and the class that declares it. */
    record Method(ClassModel owner, MethodModel model) {}

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
    static Optional<java.lang.classfile.AnnotationValue> value(Annotation annotation, String element) {
        return annotation.elements().stream()
                .filter(e -> e.name().equalsString(element))
                .map(AnnotationElement::value)
                .findFirst();
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
