package dev.skep.verifier.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField.Kind;
import dev.skep.verifier.value.KernelType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecialFieldReaderTest {
    private final BtfBuilder types = new BtfBuilder();
    private final int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
    private final int lock = structure("bpf_spin_lock", 4, member("val", number, 0));
    private final int timer = structure("bpf_timer", 16, member("opaque", number, 0));
    private final int head = structure("bpf_list_head", 16, member("opaque", number, 0));
    private final int node = structure("bpf_list_node", 24, member("opaque", number, 0));
    private final int task = structure("task_struct", 64, member("pid", number, 0));
    private final int own = structure("own", 8, member("n", number, 0));

    private int structure(String name, int size, BtfType.Member... members) {
        return types.add(new BtfType.Composite(name, false, size, List.of(members)));
    }

    private static BtfType.Member member(String name, int type, int offset) {
        return new BtfType.Member(name, type, offset * 8, 0);
    }

    private int tagged(String tag, int type) {
        return types.add(new BtfType.Pointer(types.add(new BtfType.TypeTag(tag, type, false))));
    }

    private List<SpecialField> read(MapType type, int valueType, int size, Optional<Btf> kernel) {
        MapSpec plain = MapSpec.of("values", type, 4, size, 1);
        MapSpec map = new MapSpec(
                plain.name(),
                plain.role(),
                plain.type(),
                plain.keySize(),
                plain.valueSize(),
                plain.maxEntries(),
                plain.flags(),
                plain.mapExtra(),
                plain.numaNode(),
                plain.pinning(),
                plain.inner(),
                number,
                valueType,
                Bytes.EMPTY,
                plain.values(),
                0);
        return SpecialFieldReader.read(types.build(), kernel, map);
    }

    private List<SpecialField> read(MapType type, int valueType, int size) {
        return read(type, valueType, size, Optional.empty());
    }

    private static SpecialField plain(Kind kind, int offset) {
        return new SpecialField(kind, offset, kind.size(), Optional.empty(), 0);
    }

    @Test
    void fieldsAreFoundInNestedStructs() {
        int nested = structure("nested", 24, member("n", number, 0), member("t", timer, 8));
        int value = structure("value", 32, member("l", lock, 0), member("in", nested, 8));
        assertThat(read(MapType.HASH, value, 32)).containsExactly(plain(Kind.SPIN_LOCK, 0), plain(Kind.TIMER, 16));
    }

    @Test
    void aFieldThatIsMisalignedIsNone() {
        int value = structure("value", 24, member("n", number, 0), member("t", timer, 4));
        assertThat(read(MapType.HASH, value, 24)).isEmpty();
    }

    @Test
    void thereIsOneLockAtMost() {
        int value = structure("value", 8, member("one", lock, 0), member("two", lock, 4));
        assertThatThrownBy(() -> read(MapType.HASH, value, 8))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("more than one struct bpf_spin_lock");
    }

    @Test
    void someMapsHaveNoFields() {
        int value = structure("value", 8, member("l", lock, 0));
        assertThat(read(MapType.ARRAY, value, 8)).containsExactly(plain(Kind.SPIN_LOCK, 0));
        assertThatThrownBy(() -> read(MapType.PERCPU_ARRAY, value, 8))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("bpf_spin_lock in a map of type");
    }

    @Test
    void pointersInArraysAreFieldsEach() {
        int array = types.add(new BtfType.Array(tagged("kptr", own), number, 2));
        int value = structure("value", 16, member("all", array, 0));
        List<SpecialField> fields = read(MapType.ARRAY, value, 16);
        assertThat(fields).extracting(SpecialField::kind).containsExactly(Kind.KPTR_REF, Kind.KPTR_REF);
        assertThat(fields).extracting(SpecialField::offset).containsExactly(0, 8);
    }

    @Test
    void pointersAreToTheKernelsTypeIfItHasOneOfThatName() {
        int value = structure("value", 16, member("t", tagged("kptr", task), 0), member("o", tagged("kptr", own), 8));
        BtfBuilder kernelTypes = new BtfBuilder();
        int kernelTask = kernelTypes.add(new BtfType.Composite("task_struct", false, 64, List.of()));
        Btf kernel = kernelTypes.build();
        List<SpecialField> fields = read(MapType.HASH, value, 16, Optional.of(kernel));
        assertThat(fields.getFirst().target()).contains(new KernelType(kernel, kernelTask));
        assertThat(fields.getLast().target().map(KernelType::name)).contains("own");
    }

    @Test
    void mapsOwnOnlyWhatTheKernelCanDestroy() {
        int value = structure("value", 8, member("o", tagged("kptr", own), 0));
        BtfBuilder kernelTypes = new BtfBuilder();
        kernelTypes.add(new BtfType.Composite("own", false, 8, List.of()));
        assertThatThrownBy(() -> read(MapType.HASH, value, 8, Optional.of(kernelTypes.build())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("maps cannot own objects of struct own");
    }

    @Test
    void aTagNobodyKnowsIsRefused() {
        int value = structure("value", 8, member("o", tagged("strange", own), 0));
        assertThatThrownBy(() -> read(MapType.HASH, value, 8)).hasMessageContaining("tagged 'strange'");
    }

    @Test
    void listsSayWhatTheyContainAndHaveALock() {
        structure("element", 32, member("n", number, 0), member("links", node, 8));
        int value = structure("value", 24, member("l", lock, 0), member("h", head, 8));
        types.add(new BtfType.DeclarationTag("contains:element:links", value, 1, false));
        SpecialField list = read(MapType.ARRAY, value, 24).getLast();
        assertThat(list.kind()).isEqualTo(Kind.LIST_HEAD);
        assertThat(list.targetOffset()).isEqualTo(8);
        assertThat(list.target().map(KernelType::name)).contains("element");
    }

    @Test
    void aListWithoutALockOrWithoutATagIsRefused() {
        structure("element", 32, member("n", number, 0), member("links", node, 8));
        int unlocked = structure("unlocked", 16, member("h", head, 0));
        types.add(new BtfType.DeclarationTag("contains:element:links", unlocked, 0, false));
        int untagged = structure("untagged", 24, member("l", lock, 0), member("h", head, 8));
        assertThatThrownBy(() -> read(MapType.ARRAY, unlocked, 16))
                .hasMessageContaining("without a struct bpf_spin_lock");
        assertThatThrownBy(() -> read(MapType.ARRAY, untagged, 24))
                .hasMessageContaining("does not say what it contains");
    }
}
