package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import java.util.List;
import java.util.Optional;

/** Says what keeps a type of the target from matching the program's, as far as it shows at the surface of the two. */
final class MatchDifference {
    private final TypeSpace local;
    private final TypeSpace target;

    private MatchDifference(TypeSpace local, TypeSpace target) {
        this.local = local;
        this.target = target;
    }

    /** For example {@code has no member width; it has depth, left, name}. */
    static String of(AccessSpec spec, Candidate candidate) {
        MatchDifference difference = new MatchDifference(spec.space(), candidate.space());
        BtfType one = spec.space().stripped(spec.rootId());
        BtfType other = candidate.space().stripped(candidate.typeId());
        Optional<String> found = Optional.empty();
        if (one instanceof BtfType.Composite a && other instanceof BtfType.Composite b) {
            found = a.members().stream()
                    .flatMap(member -> difference.of(member, b).stream())
                    .findFirst();
        }
        if (one instanceof BtfType.Enumeration a && other instanceof BtfType.Enumeration b) {
            found = of(a, b);
        }
        return found.orElse("does not have all that the program declares, in the same types");
    }

    private Optional<String> of(BtfType.Member member, BtfType.Composite other) {
        List<BtfType.Member> namesakes = other.members().stream()
                .filter(each -> EssentialName.same(each.name(), member.name()))
                .toList();
        if (namesakes.isEmpty()) {
            List<String> names =
                    other.members().stream().map(BtfType.Member::name).toList();
            return Optional.of("has no member " + member.name() + "; " + NearestNames.instead(member.name(), names));
        }
        TypeMatch match = new TypeMatch(local, target);
        return namesakes.stream().anyMatch(each -> match.matches(member.type(), each.type()))
                ? Optional.empty()
                : Optional.of("has the member " + member.name() + " as "
                        + TypeText.field(target, namesakes.getFirst().type()) + ", the program as "
                        + TypeText.field(local, member.type()));
    }

    private static Optional<String> of(BtfType.Enumeration one, BtfType.Enumeration other) {
        List<String> names =
                other.enumerators().stream().map(BtfType.Enumerator::name).toList();
        return one.enumerators().stream()
                .map(BtfType.Enumerator::name)
                .filter(wanted -> names.stream().noneMatch(name -> EssentialName.same(name, wanted)))
                .map(wanted -> "has no enumerator " + wanted + "; " + NearestNames.instead(wanted, names))
                .findFirst();
    }
}
