package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.BtfLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfImage;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.FunctionSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/** An object's types in the kernel, and the strings of its source lines with them. */
final class ObjectTypes implements AutoCloseable {
    private static final int LOG_BYTES = 64 * 1024;

    private final BtfImage image;
    private final Optional<FileDescriptor> descriptor;
    private final Optional<String> whyNot;

    private ObjectTypes(BtfImage image, Optional<FileDescriptor> descriptor, Optional<String> whyNot) {
        this.image = image;
        this.descriptor = descriptor;
        this.whyNot = whyNot;
    }

    /**
     * Loads them. An object without types, or a kernel that does not take them, is no failure here: maps and programs that cannot
     * do without say so themselves.
     */
    static ObjectTypes load(BpfObject object, Optional<BpfToken> token) {
        Btf types = TypeSanitizer.forKernel(ExternSections.rewritten(withStaticHidden(object)), KernelFeatures::has);
        BtfImage image = new BtfImage(types);
        if (types.typeCount() <= 1) {
            return new ObjectTypes(image, Optional.empty(), Optional.of("the object has no BTF: compile it with -g"));
        }
        if (!KernelFeatures.has(Feature.BTF)) {
            return new ObjectTypes(image, Optional.empty(), Optional.of("this kernel takes no BTF (4.18)"));
        }
        for (FunctionSpec function : object.functions()) {
            for (FunctionSpec.Line line : function.lines()) {
                image.stringOffset(line.file());
                image.stringOffset(line.text());
            }
        }
        return load(image, token);
    }

    /** To the verifier hidden functions are static ones: verified along each path that calls them. */
    private static Btf withStaticHidden(BpfObject object) {
        List<FunctionSpec> hidden = object.functions().stream()
                .filter(f -> f.linkage() == FunctionSpec.Linkage.HIDDEN && f.typeId() != 0)
                .toList();
        if (hidden.isEmpty()) {
            return object.btf();
        }
        BtfBuilder types = new BtfBuilder();
        types.append(object.btf());
        for (FunctionSpec function : hidden) {
            if (types.type(function.typeId()) instanceof BtfType.Function type) {
                types.set(
                        function.typeId(), new BtfType.Function(type.name(), BtfType.Linkage.STATIC, type.prototype()));
            }
        }
        return types.build();
    }

    private static ObjectTypes load(BtfImage image, Optional<BpfToken> token) {
        byte[] bytes = image.bytes();
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(BtfLoad.BTF, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes))
                    .set(BtfLoad.BTF_SIZE, bytes.length);
            token.ifPresent(rights -> rights.allowTypes(attr));
            long result = attr.call(BpfCommand.BTF_LOAD);
            if (result >= 0) {
                return new ObjectTypes(image, Optional.of(FileDescriptor.owning(result)), Optional.empty());
            }
            MemorySegment log = arena.allocate(LOG_BYTES);
            attr.set(BtfLoad.BTF_LOG_BUF, log)
                    .set(BtfLoad.BTF_LOG_SIZE, LOG_BYTES)
                    .set(BtfLoad.BTF_LOG_LEVEL, 1);
            long again = attr.call(BpfCommand.BTF_LOAD);
            if (again >= 0) {
                return new ObjectTypes(image, Optional.of(FileDescriptor.owning(again)), Optional.empty());
            }
            return new ObjectTypes(image, Optional.empty(), Optional.of(refusal(result, log.getString(0))));
        }
    }

    private static String refusal(long result, String log) {
        String last = log.lines()
                .filter(line -> !line.isBlank())
                .reduce((before, after) -> after)
                .orElse("");
        return "the kernel refuses the object's BTF: " + SystemFailure.errno(result)
                + (last.isEmpty() ? "" : ", " + last.strip());
    }

    /** The types' descriptor; empty if they are not in the kernel. */
    Optional<FileDescriptor> descriptor() {
        return descriptor;
    }

    /** Why they are not in the kernel; empty if they are. */
    Optional<String> whyNot() {
        return whyNot;
    }

    /** Where a string of a source line is. */
    int stringOffset(String text) {
        return image.stringOffset(text);
    }

    @Override
    public void close() {
        descriptor.ifPresent(FileDescriptor::close);
    }
}
