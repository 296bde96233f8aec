package dev.skep.object.core;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds the types of the targets that may be counterparts of one of the program's: those of the same kind and the same name
 * but for the flavour (libbpf, {@code bpf_core_find_cands}). Modules are asked only if the first target has none.
 */
final class CandidateSearch {
    private final List<TypeSpace> targets;
    private final Supplier<List<CoreTarget>> modules;
    private boolean askedModules;
    /** For what was searched so far: ids of types with a flavour, by name without it. */
    private final Map<TypeSpace, Map<String, List<Integer>>> flavours = new HashMap<>();

    /** @param modules further targets, asked for when the first has none for the first time */
    CandidateSearch(List<CoreTarget> targets, Supplier<List<CoreTarget>> modules) {
        this.targets = new ArrayList<>(targets.stream().map(TypeSpace::of).toList());
        this.modules = modules;
    }

    /** The targets asked so far, in order. */
    List<TypeSpace> targets() {
        return targets;
    }

    /** In the order of targets and ids. @throws CoreFailure if {@code type} has no name to search for */
    List<Candidate> find(BtfType type) {
        if (type.name().isEmpty()) {
            throw new CoreFailure(
                    "an anonymous " + TypeText.kind(type) + " cannot be relocated, since types are found by name",
                    "name the type, or give it a typedef");
        }
        List<Candidate> found = new ArrayList<>();
        if (!targets.isEmpty()) {
            addAll(found, targets.getFirst(), 0, type);
        }
        if (found.isEmpty()) {
            askModules();
            for (int i = 1; i < targets.size(); i++) {
                addAll(found, targets.get(i), i, type);
            }
        }
        return found;
    }

    private void askModules() {
        if (!askedModules && !targets.isEmpty()) {
            modules.get().stream().map(TypeSpace::of).forEach(targets::add);
            askedModules = true;
        }
    }

    private void addAll(List<Candidate> found, TypeSpace space, int position, BtfType type) {
        Btf btf = space.btf();
        int firstId = position == 0 ? 1 : btf.firstId();
        String wanted = EssentialName.of(type.name());
        // Of a___b___c the essential name is a___b, which as a whole name stands for a.
        List<Integer> ids = new ArrayList<>(EssentialName.isFlavoured(wanted) ? List.of() : btf.idsNamed(wanted));
        ids.addAll(flavours.computeIfAbsent(space, CandidateSearch::flavoursOf).getOrDefault(wanted, List.of()));
        ids.stream()
                .filter(id -> id >= firstId && TypeCompatibility.sameKind(btf.kind(id), BtfKind.of(type)))
                .sorted()
                .forEach(id -> found.add(new Candidate(space, id)));
    }

    private static Map<String, List<Integer>> flavoursOf(TypeSpace space) {
        Btf btf = space.btf();
        return btf.idsWithNameContaining(EssentialName.SEPARATOR).stream()
                .filter(id -> EssentialName.isFlavoured(btf.name(id)))
                .collect(Collectors.groupingBy(id -> EssentialName.of(btf.name(id))));
    }
}
