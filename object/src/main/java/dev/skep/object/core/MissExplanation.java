package dev.skep.object.core;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Says why no candidate fits, and what the target has instead. Takes its time: it runs only when somebody asks. */
final class MissExplanation {
    private static final int NAMES_SHOWN = 5;

    private final CandidateSearch search;

    MissExplanation(CandidateSearch search) {
        this.search = search;
    }

    /** Why {@code local} was not found. */
    String explain(AccessSpec local) {
        if (search.targets().isEmpty()) {
            return "there are no types to look in: no kernel's BTF was given";
        }
        BtfType root = local.space().type(local.rootId());
        List<Candidate> candidates = search.find(root);
        if (candidates.isEmpty()) {
            return noCandidate(root);
        }
        Candidate candidate = candidates.getFirst();
        String others = candidates.size() > 1 ? " (and " + (candidates.size() - 1) + " more of that name)" : "";
        return candidate.text() + others + " " + difference(local, candidate);
    }

    /** Why a load of {@code local} cannot be made one of {@code target}. */
    String unsafeSize(AccessSpec local, AccessSpec target) {
        return "the field is " + fieldType(local) + " in the program and " + fieldType(target) + " in "
                + target.space().name()
                + ", and only pointers and unsigned integers may change their size; declare it as in the target, "
                + "or read it with bpf_core_read and bpf_core_field_size";
    }

    private static String fieldType(AccessSpec spec) {
        return TypeText.field(spec.space(), lastType(spec));
    }

    private String noCandidate(BtfType wanted) {
        String name = EssentialName.of(wanted.name());
        TypeSpace first = search.targets().getFirst();
        String where = first.name() + (search.targets().size() > 1 ? " and the modules have no " : " has no ");
        String missing = where + TypeText.kind(wanted) + " " + name;
        List<String> otherKinds = first.btf().idsNamed(name).stream()
                .map(id -> TypeText.of(first.type(id)))
                .toList();
        if (!otherKinds.isEmpty()) {
            return missing + "; it has " + String.join(", ", otherKinds);
        }
        List<String> near = NearestNames.of(name, namesOfKind(first.btf(), wanted), NAMES_SHOWN);
        return near.isEmpty() ? missing : missing + "; did you mean " + String.join(", ", near) + "?";
    }

    private static List<String> namesOfKind(Btf btf, BtfType wanted) {
        return IntStream.range(1, btf.typeCount())
                .filter(id -> btf.kind(id) == BtfKind.of(wanted))
                .mapToObj(btf::name)
                .toList();
    }

    private static String difference(AccessSpec local, Candidate candidate) {
        return switch (RelocationGroup.of(local.kind())) {
            case TYPE ->
                local.kind() == CoreRelocationKind.TYPE_MATCHES
                        ? MatchDifference.of(local, candidate)
                        : "is of another kind";
            case ENUMERATOR -> enumeratorDifference(local, candidate);
            case FIELD -> fieldDifference(local, candidate);
        };
    }

    private static String enumeratorDifference(AccessSpec local, Candidate candidate) {
        String wanted = local.last() instanceof AccessSpec.Named named ? named.name() : "";
        List<String> names = candidate.space().stripped(candidate.typeId()) instanceof BtfType.Enumeration enumeration
                ? enumeration.enumerators().stream()
                        .map(BtfType.Enumerator::name)
                        .toList()
                : List.of();
        return "has no enumerator " + wanted + "; " + NearestNames.instead(wanted, names);
    }

    /** Follows the access as far as the candidate goes. */
    private static String fieldDifference(AccessSpec local, Candidate candidate) {
        int reachedType = candidate.typeId();
        for (int length = 1; length <= local.steps().size(); length++) {
            AccessSpec prefix = new AccessSpec(
                    local.space(), local.rootId(), local.kind(), local.steps().subList(0, length), local.indices(), 0);
            Optional<AccessSpec> match = CandidateMatch.of(prefix, candidate);
            if (match.isEmpty()) {
                return stepDifference(prefix, candidate.space(), reachedType);
            }
            reachedType = lastType(match.get());
        }
        return "fits";
    }

    private static int lastType(AccessSpec spec) {
        return switch (spec.last()) {
            case AccessSpec.Element element -> element.typeId();
            case AccessSpec.Named named ->
                spec.space().type(named.typeId()) instanceof BtfType.Composite composite
                        ? composite.members().get(named.index()).type()
                        : named.typeId();
        };
    }

    private static String stepDifference(AccessSpec local, TypeSpace target, int reachedType) {
        BtfType reached = target.stripped(reachedType);
        return switch (local.last()) {
            case AccessSpec.Element element
            when reached instanceof BtfType.Array array ->
                "has no element " + element.index() + " of " + local.subject() + "; the array has "
                        + Integer.toUnsignedString(array.length());
            case AccessSpec.Element element ->
                "has " + TypeText.of(reached) + " where " + local.subject() + " takes an element";
            case AccessSpec.Named named
            when reached instanceof BtfType.Composite composite -> memberDifference(local, named, target, composite);
            case AccessSpec.Named named ->
                "has " + TypeText.of(reached) + " where " + local.subject() + " takes a member";
        };
    }

    private static String memberDifference(
            AccessSpec local, AccessSpec.Named wanted, TypeSpace target, BtfType.Composite reached) {
        List<BtfType.Member> members = MemberList.of(target, reached);
        Optional<BtfType.Member> homonym = members.stream()
                .filter(member -> member.name().equals(wanted.name()))
                .findFirst();
        if (homonym.isPresent()) {
            return "has the member " + wanted.name() + " as "
                    + TypeText.field(target, homonym.get().type()) + ", the program as " + fieldType(local);
        }
        String owner = local.steps().size() <= 2 || reached.name().isEmpty() ? "" : " in " + TypeText.of(reached);
        List<String> names = members.stream().map(BtfType.Member::name).toList();
        return "has no member " + wanted.name() + owner + "; " + NearestNames.instead(wanted.name(), names);
    }
}
