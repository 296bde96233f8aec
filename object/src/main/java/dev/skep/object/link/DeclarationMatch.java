package dev.skep.object.link;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.BtfMapDefinition;
import dev.skep.object.map.MapSpec;
import java.util.Optional;
import java.util.Set;

/** Checks that two objects mean the same thing by a name, as far as their BTF says (libbpf's {@code glob_syms_match}). */
final class DeclarationMatch {
    private static final String MAPS = ".maps";
    private static final Set<String> FROM_KERNEL = Set.of(".kconfig", ".ksyms");

    private final GlobalSymbol existing;
    private final LinkUnit unit;
    private final int type;

    /** @param type BTF id in {@code unit}, 0 if it has none */
    DeclarationMatch(GlobalSymbol existing, LinkUnit unit, int type) {
        this.existing = existing;
        this.unit = unit;
        this.type = type;
    }

    void require() {
        if (existing.type == 0 || type == 0) {
            return;
        }
        String here = unit.dataSectionOf(type);
        String there = existing.dataSection();
        if (!here.equals(there) && (FROM_KERNEL.contains(here) || FROM_KERNEL.contains(there))) {
            throw differs(
                    "one of them expects it from the kernel (" + (FROM_KERNEL.contains(here) ? here : there) + ")");
        }
        Optional<String> difference = here.equals(MAPS) && there.equals(MAPS)
                ? mapDifference()
                : new TypeMatch(existing.unit.btf, unit.btf).difference(existing.type, type);
        difference.ifPresent(reason -> {
            throw differs(reason);
        });
    }

    private RuntimeException differs(String reason) {
        return unit.wrong(
                "'" + existing.name + "' is not what it is in " + existing.unit.name() + ": " + reason,
                "declare it in one header that both include");
    }

    private Optional<String> mapDifference() {
        Optional<MapSpec> one = map(existing.unit, existing.type);
        Optional<MapSpec> other = map(unit, type);
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.of("it is no map");
        }
        return mapDifference(one.get(), other.get());
    }

    private Optional<MapSpec> map(LinkUnit of, int id) {
        Btf btf = of.btf;
        Location where = of.elf.where().section(MAPS);
        return btf.type(id) instanceof BtfType.Variable variable
                        && btf.type(btf.strip(variable.type())) instanceof BtfType.Composite definition
                ? Optional.of(BtfMapDefinition.parse(btf, definition, existing.name, where))
                : Optional.empty();
    }

    /** A declaration must be complete; libbpf wants so too. */
    private Optional<String> mapDifference(MapSpec a, MapSpec b) {
        TypeMatch types = new TypeMatch(existing.unit.btf, unit.btf);
        if (a.type() != b.type()) {
            return Optional.of("the map types are " + a.type() + " and " + b.type());
        } else if (a.keySize() != b.keySize() || (a.keyType() == 0) != (b.keyType() == 0)) {
            return Optional.of("the keys differ");
        } else if (a.valueSize() != b.valueSize() || (a.valueType() == 0) != (b.valueType() == 0)) {
            return Optional.of("the values differ");
        } else if (a.maxEntries() != b.maxEntries()) {
            return Optional.of("max_entries is " + a.maxEntries() + " and " + b.maxEntries());
        } else if (a.flags() != b.flags() || a.numaNode() != b.numaNode() || a.pinning() != b.pinning()) {
            return Optional.of("the maps' flags, NUMA node or pinning differ");
        } else if (a.inner().isPresent() != b.inner().isPresent()) {
            return Optional.of("one map has inner maps, the other has not");
        }
        return types.difference(a.keyType(), b.keyType())
                .or(() -> types.difference(a.valueType(), b.valueType()))
                .or(() -> a.inner()
                        .flatMap(inner -> mapDifference(inner, b.inner().orElseThrow())));
    }
}
