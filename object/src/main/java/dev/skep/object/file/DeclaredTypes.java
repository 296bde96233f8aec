package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.SectionVariable;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes BTF say what a loader must learn from it: how each map is declared, what each extern is, what lies in {@code .struct_ops}. What
 * the object's own BTF says rightly stays as it is, so that an object that was read is written with the same BTF.
 */
final class DeclaredTypes {
    private final BpfObject object;
    private final BtfBuilder types = new BtfBuilder();
    private final MapDeclarationTypes declarations = new MapDeclarationTypes(types);
    private final Map<String, Integer> dataSections = new HashMap<>();

    DeclaredTypes(BpfObject object) {
        this.object = object;
    }

    /** The object's BTF, with what is missing added behind it. */
    Btf complete() {
        types.append(object.btf());
        for (int id = 1; id < types.typeCount(); id++) {
            if (types.type(id) instanceof BtfType.DataSection section) {
                dataSections.putIfAbsent(section.name(), id);
            }
        }
        object.maps().stream().filter(m -> m.role() == MapSpec.Role.DECLARED).forEach(this::declare);
        object.externs().forEach(this::declare);
        object.structOps().forEach(this::declare);
        Btf completed = types.build();
        return completed.equals(object.btf()) ? object.btf() : completed;
    }

    private void declare(MapSpec map) {
        Optional<SectionVariable> place = variable(SectionName.MAPS, map.name());
        if (place.isPresent() && isDeclaredSo(place.get(), map)) {
            return;
        }
        int struct = declarations.declare(map);
        BtfType.Variable variable = new BtfType.Variable(map.name(), struct, BtfType.Linkage.GLOBAL);
        int size = ((BtfType.Composite) types.type(struct)).size() + 8 * slots(map);
        if (place.isPresent()) {
            // A new place behind the others: the declaration may have grown.
            remove(SectionName.MAPS, place.get());
            types.set(place.get().type(), variable);
            append(SectionName.MAPS, place.get().type(), size);
        } else {
            append(SectionName.MAPS, types.add(variable), size);
        }
    }

    private static int slots(MapSpec map) {
        return map.values().stream().mapToInt(slot -> slot.index() + 1).max().orElse(0);
    }

    private boolean isDeclaredSo(SectionVariable place, MapSpec map) {
        Btf btf = object.btf();
        if (!(types.type(place.type()) instanceof BtfType.Variable variable)
                || !(btf.type(btf.strip(variable.type())) instanceof BtfType.Composite definition)) {
            return false;
        }
        try {
            MapSpec declared = BtfMapDefinition.parse(
                    btf, definition, map.name(), Location.in(object.name()).section(SectionName.MAPS));
            return declared.withValues(map.values()).equals(map) && place.size() >= definition.size() + 8 * slots(map);
        } catch (InputException declaresSomethingElse) {
            return false;
        }
    }

    private void declare(ExternSpec extern) {
        switch (extern) {
            case ExternSpec.Kconfig k -> declareVariable(SectionName.KCONFIG, k.name(), k.typeId(), k.size());
            case ExternSpec.KernelVariable v -> declareVariable(SectionName.KSYMS, v.name(), v.typeId(), 0);
            case ExternSpec.KernelFunction f -> {
                if (variable(SectionName.KSYMS, f.name()).isEmpty()) {
                    append(SectionName.KSYMS, f.typeId(), 0);
                }
            }
        }
    }

    private void declareVariable(String section, String name, int type, int size) {
        if (variable(section, name).isEmpty()) {
            append(section, types.add(new BtfType.Variable(name, type, BtfType.Linkage.EXTERN)), size);
        }
    }

    private void declare(StructOpsSpec ops) {
        if (variable(ops.section(), ops.name()).isEmpty()) {
            int id = types.add(new BtfType.Variable(ops.name(), ops.typeId(), BtfType.Linkage.GLOBAL));
            append(ops.section(), id, ops.data().length());
        }
    }

    private Optional<SectionVariable> variable(String section, String name) {
        return dataSection(section)
                .flatMap(s -> s.variables().stream()
                        .filter(v -> types.type(v.type()).name().equals(name))
                        .findFirst());
    }

    private Optional<BtfType.DataSection> dataSection(String name) {
        return Optional.ofNullable(dataSections.get(name)).map(id -> (BtfType.DataSection) types.type(id));
    }

    private void append(String section, int type, int size) {
        BtfType.DataSection before = dataSection(section).orElse(new BtfType.DataSection(section, 0, List.of()));
        int end = before.variables().stream()
                .mapToInt(v -> v.offset() + v.size())
                .max()
                .orElse(0);
        int start = Math.ceilDiv(end, 8) * 8;
        List<SectionVariable> variables = new ArrayList<>(before.variables());
        variables.add(new SectionVariable(type, start, size));
        put(new BtfType.DataSection(section, start + size, variables));
    }

    private void remove(String section, SectionVariable variable) {
        BtfType.DataSection before = dataSection(section).orElseThrow();
        List<SectionVariable> variables = new ArrayList<>(before.variables());
        variables.remove(variable);
        put(new BtfType.DataSection(section, before.size(), variables));
    }

    private void put(BtfType.DataSection section) {
        Integer id = dataSections.get(section.name());
        if (id == null) {
            dataSections.put(section.name(), types.add(section));
        } else {
            types.set(id, section);
        }
    }
}
