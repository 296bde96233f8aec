package dev.skep.verifier.kernel;

import dev.skep.object.program.HelperId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A prototype in the making: {@code helper(SKB_LOAD_BYTES).takes(CTX, ANYTHING, ...).returns(INTEGER)}. */
final class Signature {
    private final HelperId id;
    private List<ArgumentType> arguments = List.of();
    private ReturnType result = ReturnType.of(ReturnType.Kind.INTEGER);
    private final Set<HelperTrait> traits = EnumSet.noneOf(HelperTrait.class);

    private Signature(HelperId id) {
        this.id = id;
    }

    static Signature helper(HelperId id) {
        return new Signature(id);
    }

    Signature takes(ArgumentType... types) {
        arguments = List.of(types);
        return this;
    }

    Signature returns(ReturnType type) {
        result = type;
        return this;
    }

    Signature with(HelperTrait... more) {
        traits.addAll(List.of(more));
        return this;
    }

    /** The rule that these programs call it so. */
    HelperRule by(Callers... callers) {
        return new HelperRule(new HelperPrototype(id, arguments, result, traits), List.of(callers));
    }
}
