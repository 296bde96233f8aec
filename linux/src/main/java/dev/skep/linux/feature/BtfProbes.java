package dev.skep.linux.feature;

import static dev.skep.linux.feature.ProbeBtf.INT;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Info;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.Linkage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Which kinds of types the kernel takes: a few types with the one in question, loaded. */
final class BtfProbes {
    private static final int NAME_SIZE = 16;
    private static final int NAMED_INFO_SIZE = 32;
    private static final int NAME = 16;
    private static final int NAME_LENGTH = 24;

    private BtfProbes() {}

    static Support btf() {
        return ProbeBtf.of(INT).tryToLoad().support();
    }

    static Support function() {
        return function(Linkage.STATIC);
    }

    static Support globalFunction() {
        return function(Linkage.GLOBAL);
    }

    private static Support function(Linkage linkage) {
        BtfType prototype = new BtfType.FunctionPrototype(0, List.of(new BtfType.Parameter("a", 1)), false);
        return ProbeBtf.of(INT, prototype, new BtfType.Function("f", linkage, 2))
                .tryToLoad()
                .support();
    }

    static Support dataSection() {
        return dataSection(".data");
    }

    static Support dataSectionWithQuestionMark() {
        return dataSection("?.data");
    }

    private static Support dataSection(String name) {
        BtfType variable = new BtfType.Variable("x", 1, Linkage.STATIC);
        BtfType section = new BtfType.DataSection(name, 4, List.of(new BtfType.SectionVariable(2, 0, 4)));
        return ProbeBtf.of(INT, variable, section).tryToLoad().support();
    }

    static Support floatingPoint() {
        return ProbeBtf.of(new BtfType.Float("float", 4)).tryToLoad().support();
    }

    static Support declarationTag() {
        BtfType variable = new BtfType.Variable("x", 1, Linkage.STATIC);
        return ProbeBtf.of(INT, variable, new BtfType.DeclarationTag("tag", 2, -1, false))
                .tryToLoad()
                .support();
    }

    static Support typeTag() {
        return ProbeBtf.of(INT, new BtfType.TypeTag("tag", 1, false), new BtfType.Pointer(2))
                .tryToLoad()
                .support();
    }

    static Support wideEnumeration() {
        List<BtfType.Enumerator> values = List.of(new BtfType.Enumerator("a", 0));
        return ProbeBtf.of(new BtfType.Enumeration("e", 8, true, true, values))
                .tryToLoad()
                .support();
    }

    /** Module BTF came with names in {@code struct bpf_btf_info} (linux/bpf.h); a kernel without them refuses to be asked. */
    static Support moduleBtf() {
        try (FileDescriptor btf = ProbeBtf.of(INT).load();
                Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment info = arena.allocate(NAMED_INFO_SIZE, 8);
            info.set(ValueLayout.JAVA_LONG, NAME, arena.allocate(NAME_SIZE).address());
            info.set(ValueLayout.JAVA_INT, NAME_LENGTH, NAME_SIZE);
            attr.set(Info.BPF_FD, btf.number())
                    .set(Info.INFO_LEN, NAMED_INFO_SIZE)
                    .set(Info.INFO, info);
            return new Answer(attr.call(BpfCommand.OBJ_GET_INFO_BY_FD)).support();
        }
    }
}
