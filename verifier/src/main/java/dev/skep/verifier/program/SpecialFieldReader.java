package dev.skep.verifier.program;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.verifier.program.SpecialField.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the kernel's fields in a map's value type ({@code btf_parse_fields}). */
final class SpecialFieldReader {
    private static final Map<String, Kind> BY_TYPE = Map.of(
            "bpf_spin_lock", Kind.SPIN_LOCK,
            "bpf_res_spin_lock", Kind.RES_SPIN_LOCK,
            "bpf_timer", Kind.TIMER,
            "bpf_wq", Kind.WORKQUEUE,
            "bpf_task_work", Kind.TASK_WORK,
            "bpf_list_head", Kind.LIST_HEAD,
            "bpf_list_node", Kind.LIST_NODE,
            "bpf_rb_root", Kind.RB_ROOT,
            "bpf_rb_node", Kind.RB_NODE,
            "bpf_refcount", Kind.REFCOUNT);

    private SpecialFieldReader() {}

    static List<SpecialField> read(Btf btf, MapSpec map) {
        int type = map.valueType() == 0 ? 0 : btf.strip(map.valueType());
        if (type == 0 || !(btf.type(type) instanceof BtfType.Composite composite) || composite.union()) {
            return List.of();
        }
        List<SpecialField> fields = new ArrayList<>();
        for (BtfType.Member member : composite.members()) {
            if (btf.type(btf.strip(member.type())) instanceof BtfType.Composite inner && BY_TYPE.containsKey(inner.name())) {
                Kind kind = BY_TYPE.get(inner.name());
                fields.add(new SpecialField(kind, member.bitOffset() / 8, kind.size(), Optional.empty(), 0));
            }
        }
        fields.sort(Comparator.comparingInt(SpecialField::offset));
        return fields;
    }
}
