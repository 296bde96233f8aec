package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.feature.Feature;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.Linkage;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of types on their way into kernels that take less than a compiler writes. */
class TypesForKernelsTest {
    private static final BtfType.Int INT = new BtfType.Int("int", 4, true, false, false, 0, 32);
    private static final BtfType.FunctionPrototype PROTOTYPE =
            new BtfType.FunctionPrototype(1, List.of(new BtfType.Parameter("", 1)), false);

    private static Btf without(Btf types, Feature... missing) {
        Set<Feature> lacking = EnumSet.of(missing[0], missing);
        return TypeSanitizer.forKernel(types, feature -> !lacking.contains(feature));
    }

    @Test
    void typesThatTheKernelKnowsStayTheSameInstance() {
        Btf types = Btf.of(List.of(INT, new BtfType.Float("double", 8)));
        assertThat(TypeSanitizer.forKernel(types, feature -> true)).isSameAs(types);
    }

    @Test
    void whatAnOlderKernelDoesNotKnowBecomesSomethingOfTheSameSize() {
        Btf types = Btf.of(List.of(
                INT,
                new BtfType.Float("double", 8),
                new BtfType.TypeTag("user", 1, false),
                new BtfType.DeclarationTag("tag", 1, -1, false),
                new BtfType.Enumeration("wide", 8, true, false, List.of())));
        Btf sane = without(types, Feature.BTF_FLOAT, Feature.BTF_TYPE_TAG, Feature.BTF_DECL_TAG, Feature.BTF_ENUM64);
        assertThat(sane.typeCount()).isEqualTo(types.typeCount());
        assertThat(sane.type(2)).isEqualTo(new BtfType.Composite("", false, 8, List.of()));
        assertThat(sane.type(3)).isEqualTo(new BtfType.Qualified(BtfType.Qualifier.CONST, 1));
        assertThat(sane.type(4)).isInstanceOf(BtfType.Int.class);
        assertThat(sane.type(5)).isEqualTo(new BtfType.Composite("wide", true, 8, List.of()));
    }

    @Test
    void signedEnumerationsLoseTheirSignBeforeLinux60() {
        BtfType.Enumerator minusOne = new BtfType.Enumerator("MINUS_ONE", -1);
        Btf types = Btf.of(List.of(new BtfType.Enumeration("e", 4, false, true, List.of(minusOne))));
        assertThat(without(types, Feature.BTF_ENUM64).type(1))
                .isEqualTo(new BtfType.Enumeration(
                        "e", 4, false, false, List.of(new BtfType.Enumerator("MINUS_ONE", 0xffff_ffffL))));
    }

    @Test
    void globalFunctionsBecomeStaticAndFunctionsTypedefs() {
        Btf types = Btf.of(List.of(INT, PROTOTYPE, new BtfType.Function("f", Linkage.GLOBAL, 2)));
        assertThat(without(types, Feature.BTF_GLOBAL_FUNC).type(3))
                .isEqualTo(new BtfType.Function("f", Linkage.STATIC, 2));
        assertThat(without(types, Feature.BTF_FUNC).type(3)).isEqualTo(new BtfType.Typedef("f", 2));
    }

    @Test
    void dataSectionsBecomeStructs() {
        Btf types = Btf.of(List.of(
                INT,
                new BtfType.Variable("counter", 1, Linkage.GLOBAL),
                new BtfType.DataSection(".data.x", 4, List.of(new BtfType.SectionVariable(2, 0, 4)))));
        assertThat(without(types, Feature.BTF_DATASEC).type(3))
                .isEqualTo(new BtfType.Composite("_data_x", false, 4, List.of(new BtfType.Member("counter", 2, 0, 0))));
    }

    @Test
    void kernelSymbolsBecomeIntegersWithAPlace() {
        Btf types = Btf.of(List.of(
                INT,
                PROTOTYPE,
                new BtfType.Function("bpf_kfunc", Linkage.EXTERN, 2),
                new BtfType.Variable("init_task", 0, Linkage.EXTERN),
                new BtfType.DataSection(
                        ".ksyms",
                        0,
                        List.of(new BtfType.SectionVariable(3, 0, 0), new BtfType.SectionVariable(4, 0, 0)))));
        Btf rewritten = ExternSections.rewritten(types);
        assertThat(rewritten.type(3)).isEqualTo(new BtfType.Function("bpf_kfunc", Linkage.GLOBAL, 2));
        assertThat(rewritten.type(4)).isEqualTo(new BtfType.Variable("init_task", 1, Linkage.GLOBAL));
        BtfType.DataSection section = (BtfType.DataSection) rewritten.type(5);
        assertThat(section.size()).isEqualTo(8);
        assertThat(section.variables())
                .extracting(BtfType.SectionVariable::offset)
                .containsExactly(0, 4);
        assertThat(((BtfType.FunctionPrototype) rewritten.type(2))
                        .parameters()
                        .getFirst()
                        .name())
                .isNotEmpty();
    }

    @Test
    void configurationExternsBecomeGlobalVariablesOfTheirType() {
        Btf types = Btf.of(List.of(
                INT,
                new BtfType.Variable("CONFIG_HZ", 1, Linkage.EXTERN),
                new BtfType.DataSection(".kconfig", 4, List.of(new BtfType.SectionVariable(2, 0, 4)))));
        assertThat(ExternSections.rewritten(types).type(2))
                .isEqualTo(new BtfType.Variable("CONFIG_HZ", 1, Linkage.GLOBAL));
    }

    @Test
    void mapsOfGlobalsAreNamedAsLibbpfNamesThem() {
        assertThat(MapNames.inKernel(globals(".rodata", MapSpec.Role.RODATA), "firewall"))
                .isEqualTo("firewall.rodata");
        assertThat(MapNames.inKernel(globals(".bss", MapSpec.Role.BSS), "a-very-long-object"))
                .isEqualTo("a_very_l.bss");
        assertThat(MapNames.inKernel(globals(".data.mine", MapSpec.Role.DATA), "firewall"))
                .isEqualTo(".data.mine");
        assertThat(MapNames.inKernel(MapSpec.of("a_map_with_a_long_name", MapType.HASH, 4, 4, 1), "x"))
                .isEqualTo("a_map_with_a_lo");
    }

    private static MapSpec globals(String name, MapSpec.Role role) {
        MapSpec map = MapSpec.of(name, MapType.ARRAY, 4, 4, 1);
        return new MapSpec(
                name,
                role,
                map.type(),
                4,
                4,
                1,
                0,
                0,
                -1,
                map.pinning(),
                map.inner(),
                0,
                0,
                map.contents(),
                List.of(),
                0);
    }
}
