package dev.skep.cli.startup;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.Optional;

/**
 * Changes a class so that Java starts faster with it, and nothing else:
 *
 * <ul>
 *   <li>A {@code switch} over patterns and the {@code equals} and {@code hashCode} of a record are {@code invokedynamic} instructions, for each
 *       of which Java makes a class when it first gets there; that takes half a millisecond, and an AOT cache cannot keep it (JDK 25 keeps
 *       those of lambda expressions and of string concatenation only). They become plain code.
 *   <li>A class of a format before Java 6, as all of picocli's are, cannot be in an AOT cache at all. It gets the newest format.
 * </ul>
 */
final class ClassTuning {
    /** The class files of Java 6, the first with stack maps. */
    private static final int FIRST_WITH_STACK_MAPS = 50;

    private final ClassFile format;

    /** @param classes knows the classes that are tuned; those of Java it need not know */
    ClassTuning(ClassHierarchyResolver classes) {
        this.format = ClassFile.of(
                ClassFile.StackMapsOption.STACK_MAPS_WHEN_REQUIRED,
                ClassFile.ClassHierarchyResolverOption.of(classes.orElse(ClassHierarchyResolver.defaultResolver())));
    }

    /**
     * The class as it should be; empty if it is so.
     *
     * @param classFile stays as it is
     */
    Optional<byte[]> tune(byte[] classFile) {
        ClassModel model = format.parse(classFile);
        if (model.isModuleInfo()) {
            return Optional.empty();
        }
        boolean isOld = model.majorVersion() < FIRST_WITH_STACK_MAPS;
        PlainSwitches switches = new PlainSwitches(model);
        PlainRecord methods = new PlainRecord(model);
        ClassTransform tuned = ClassTransform.transformingMethodBodies((code, element) -> {
                    if (!(element instanceof InvokeDynamicInstruction call)
                            || !(switches.replace(code, call) || methods.replace(code, call))) {
                        code.with(element);
                    }
                })
                .andThen(ClassTransform.endHandler(switches::addMethods));
        byte[] rewritten = format.transformClass(model, isOld ? tuned.andThen(newestVersion()) : tuned);
        return isOld || switches.areAny() || methods.areAny() ? Optional.of(rewritten) : Optional.empty();
    }

    private static ClassTransform newestVersion() {
        return (to, element) -> to.with(
                element instanceof ClassFileVersion
                        ? ClassFileVersion.of(ClassFile.latestMajorVersion(), ClassFile.latestMinorVersion())
                        : element);
    }
}
