package dev.skep.object.core;

import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides relocations one after the other (libbpf, {@code bpf_core_calc_relo_insn}).
 *
 * <p>Candidates that a relocation rules out stay ruled out for later ones of the same root type, as in libbpf: of two types
 * called {@code foo}, of which one has the field {@code b}, an access to {@code b} says which {@code foo} is meant.
 */
final class Resolver {
    private final TypeSpace program;
    private final CandidateSearch search;
    private final Map<Integer, List<Candidate>> candidatesByRoot = new HashMap<>();

    Resolver(TypeSpace program, CandidateSearch search) {
        this.program = program;
        this.search = search;
    }

    Resolution resolve(CoreRelocation relocation) {
        AccessSpec local;
        try {
            local = LocalAccess.of(program, relocation);
        } catch (CoreFailure failure) {
            return new Resolution.Refused(Optional.empty(), failure);
        }
        try {
            return resolve(relocation, local);
        } catch (CoreFailure failure) {
            return new Resolution.Refused(Optional.of(local), failure);
        }
    }

    private Resolution resolve(CoreRelocation relocation, AccessSpec local) {
        if (relocation.kind() == CoreRelocationKind.TYPE_ID_LOCAL) {
            Patch patch = Patch.of(local.rootId(), local.rootId(), false);
            return new Resolution.Decided(local, List.of(local), patch);
        }
        List<Candidate> candidates =
                candidatesByRoot.computeIfAbsent(relocation.typeId(), root -> search.find(program.type(root)));
        return choose(local, candidates);
    }

    private Resolution choose(AccessSpec local, List<Candidate> candidates) {
        List<Candidate> fitting = new ArrayList<>();
        List<AccessSpec> matches = new ArrayList<>();
        List<Patch> patches = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Optional<AccessSpec> match = CandidateMatch.of(local, candidate);
            if (match.isEmpty()) {
                continue;
            }
            fitting.add(candidate);
            matches.add(match.get());
            patches.add(PatchComputation.of(local, match));
            Optional<String> difference =
                    difference(matches.getFirst(), patches.getFirst(), match.get(), patches.getLast());
            if (difference.isPresent()) {
                return new Resolution.Ambiguous(
                        local, matches.getFirst(), match.get(), ambiguity(fitting, difference.get()));
            }
        }
        if (matches.isEmpty()) {
            return new Resolution.Decided(local, List.of(), PatchComputation.of(local, Optional.empty()));
        }
        candidatesByRoot.put(local.rootId(), List.copyOf(fitting));
        return new Resolution.Decided(local, matches, patches.getFirst());
    }

    private static Optional<String> difference(AccessSpec one, Patch first, AccessSpec other, Patch second) {
        if (one.bitOffset() != other.bitOffset()) {
            return Optional.of("bit offset " + one.bitOffset() + " != " + other.bitOffset());
        }
        if (first.newValue() != second.newValue()) {
            return Optional.of("value " + Long.toUnsignedString(first.newValue()) + " != "
                    + Long.toUnsignedString(second.newValue()));
        }
        return Optional.empty();
    }

    private static CoreFailure ambiguity(List<Candidate> candidates, String difference) {
        return new CoreFailure(
                "ambiguous: " + candidates.getFirst().text() + " and "
                        + candidates.getLast().text() + " both fit and differ: " + difference,
                "access before it a field that only the type you mean has, or ask for the type's id");
    }
}
