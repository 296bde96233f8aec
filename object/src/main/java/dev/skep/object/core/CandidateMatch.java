package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.Optional;

/**
 * Looks in a candidate type for what the program means: the same path of names and indices, through other offsets (libbpf,
 * {@code bpf_core_spec_match} and {@code bpf_core_match_member}).
 */
final class CandidateMatch {
    private final AccessSpec local;
    private final Candidate candidate;
    private final TypeSpace target;
    private final TypeCompatibility compatibility;
    private final ComparisonBudget budget = new ComparisonBudget();

    private CandidateMatch(AccessSpec local, Candidate candidate) {
        this.local = local;
        this.candidate = candidate;
        this.target = candidate.space();
        this.compatibility = new TypeCompatibility(local.space(), target);
    }

    /**
     * What {@code local} is in {@code candidate}; empty if the candidate does not have it.
     *
     * @throws CoreFailure if the candidate cannot be judged
     */
    static Optional<AccessSpec> of(AccessSpec local, Candidate candidate) {
        return new CandidateMatch(local, candidate).find();
    }

    private Optional<AccessSpec> find() {
        AccessPath path = new AccessPath(target, candidate.typeId());
        boolean found = switch (RelocationGroup.of(local.kind())) {
            case TYPE -> typeFits();
            case ENUMERATOR -> findEnumerator(path);
            case FIELD -> findField(path);
        };
        return found ? Optional.of(path.toSpec(local.kind())) : Optional.empty();
    }

    private boolean typeFits() {
        return local.kind() == CoreRelocationKind.TYPE_MATCHES
                ? new TypeMatch(local.space(), target).matches(local.rootId(), candidate.typeId())
                : compatibility.types(local.rootId(), candidate.typeId());
    }

    private boolean findEnumerator(AccessPath path) {
        int id = target.strip(candidate.typeId());
        if (!(target.type(id) instanceof BtfType.Enumeration enumeration)
                || !(local.last() instanceof AccessSpec.Named wanted)) {
            return false;
        }
        for (int i = 0; i < enumeration.enumerators().size(); i++) {
            String name = enumeration.enumerators().get(i).name();
            if (EssentialName.same(wanted.name(), name)) {
                path.enumerator(id, i, name);
                return true;
            }
        }
        return false;
    }

    private boolean findField(AccessPath path) {
        int id = candidate.typeId();
        for (int i = 0; i < local.steps().size(); i++) {
            id = target.strip(id);
            switch (local.steps().get(i)) {
                case AccessSpec.Named wanted -> {
                    Optional<Integer> member = findMember(path, id, wanted);
                    if (member.isEmpty()) {
                        return false;
                    }
                    id = member.get();
                }
                case AccessSpec.Element wanted -> {
                    // The first index is of the memory the pointer points to, which holds root types already.
                    if (i > 0) {
                        if (!(target.type(id) instanceof BtfType.Array array)
                                || !hasElement(path, array, wanted.index())) {
                            return false;
                        }
                        id = target.strip(array.element());
                    }
                    path.element(id, wanted.index());
                }
            }
        }
        return true;
    }

    private static boolean hasElement(AccessPath path, BtfType.Array array, int index) {
        return Integer.compareUnsigned(index, array.length()) < 0 || path.atFlexibleArray(array.length());
    }

    /** Enters the member named as {@code wanted}, if its type may stand for the local one's; the answer is that type. */
    private Optional<Integer> findMember(AccessPath path, int targetId, AccessSpec.Named wanted) {
        int id = target.strip(targetId);
        if (!(target.type(id) instanceof BtfType.Composite composite)) {
            return Optional.empty();
        }
        for (int i = 0; i < composite.members().size(); i++) {
            BtfType.Member member = composite.members().get(i);
            long offset = Integer.toUnsignedLong(member.bitOffset());
            path.enter(i, offset);
            budget.spend();
            if (member.name().isEmpty()) {
                Optional<Integer> inner = findMember(path, member.type(), wanted);
                if (inner.isPresent()) {
                    return inner;
                }
            } else if (member.name().equals(wanted.name())) {
                if (compatibility.fields(localType(wanted), member.type())) {
                    path.named(id, i, member.name());
                    return Optional.of(member.type());
                }
                path.leave(offset);
                return Optional.empty();
            }
            path.leave(offset);
        }
        return Optional.empty();
    }

    private int localType(AccessSpec.Named wanted) {
        BtfType.Composite composite = (BtfType.Composite) local.space().type(wanted.typeId());
        return composite.members().get(wanted.index()).type();
    }
}
