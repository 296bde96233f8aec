package dev.skep.compiler.java;

import java.lang.classfile.ClassModel;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the method that runs, as the JVM does (its specification, 5.4.3.3, 5.4.3.4 and 5.4.6). */
final class MethodSelection {
    private final ClassPool classes;

    MethodSelection(ClassPool classes) {
        this.classes = classes;
    }

    /** The method that a call names: of the class, one that it extends, or an interface. Empty for those of the JDK. */
    Optional<ClassPool.Method> resolve(String owner, String name, MethodTypeDesc type) {
        String descriptor = type.descriptorString();
        return classes.method(owner, name, descriptor)
                .or(() -> ofInterfaces(owner, name, descriptor))
                .or(() -> interfaces(owner).stream()
                        .flatMap(parent -> declared(parent, name, descriptor).stream())
                        .findFirst());
    }

    /** The method that a call of {@code named} runs if the receiver has exactly this class. */
    Optional<ClassPool.Method> select(String receiver, ClassPool.Method named) {
        if (isFixed(named) || !LocalObjects.isA(classes, receiver, name(named.owner()))) {
            return Optional.of(named);
        }
        String name = named.model().methodName().stringValue();
        String descriptor = named.model().methodType().stringValue();
        Optional<ClassModel> model = classes.find(receiver);
        while (model.isPresent()) {
            Optional<ClassPool.Method> found =
                    declared(name(model.get()), name, descriptor).filter(method -> overrides(method, named));
            if (found.isPresent()) {
                return found;
            }
            model = ClassPool.superclass(model.get()).flatMap(classes::find);
        }
        return ofInterfaces(receiver, name, descriptor);
    }

    /** True if no other method can run in its place. */
    static boolean isFixed(ClassPool.Method method) {
        return method.model().flags().has(AccessFlag.PRIVATE)
                || method.model().flags().has(AccessFlag.STATIC);
    }

    private static boolean overrides(ClassPool.Method method, ClassPool.Method named) {
        boolean visible = named.model().flags().has(AccessFlag.PUBLIC)
                || named.model().flags().has(AccessFlag.PROTECTED)
                || folder(method.owner()).equals(folder(named.owner()));
        return !isFixed(method) && visible;
    }

    private static String folder(ClassModel model) {
        String name = name(model);
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static String name(ClassModel model) {
        return model.thisClass().asInternalName();
    }

    private Optional<ClassPool.Method> declared(String owner, String name, String descriptor) {
        return classes.find(owner)
                .flatMap(model -> model.methods().stream()
                        .filter(m -> m.methodName().equalsString(name)
                                && m.methodType().equalsString(descriptor))
                        .findFirst()
                        .map(m -> new ClassPool.Method(model, m)));
    }

    /** The default method that no other interface of the class overrides. */
    private Optional<ClassPool.Method> ofInterfaces(String className, String name, String descriptor) {
        List<ClassPool.Method> candidates = new ArrayList<>();
        for (String parent : interfaces(className)) {
            declared(parent, name, descriptor)
                    .filter(m -> !isFixed(m) && !m.model().flags().has(AccessFlag.ABSTRACT))
                    .ifPresent(candidates::add);
        }
        return candidates.stream()
                .filter(one -> candidates.stream()
                        .noneMatch(other -> other.owner() != one.owner()
                                && LocalObjects.isA(classes, name(other.owner()), name(one.owner()))))
                .findFirst();
    }

    /** All interfaces that a class implements, those of its superclasses and of other interfaces included. */
    private Set<String> interfaces(String className) {
        Set<String> all = new LinkedHashSet<>();
        collect(className, all);
        return all;
    }

    private void collect(String className, Set<String> all) {
        classes.find(className).ifPresent(model -> {
            for (var parent : model.interfaces()) {
                if (all.add(parent.asInternalName())) {
                    collect(parent.asInternalName(), all);
                }
            }
            ClassPool.superclass(model).ifPresent(parent -> collect(parent, all));
        });
    }
}
