package dev.skep.verifier.repair;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.AccessText;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.Naming;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What C calls packet pointers and the packet's end. */
final class PacketText {
    private static final Pattern END = Pattern.compile(
            "(?<![\\w.>])([A-Za-z_]\\w*)\\s*=(?!=)[^=]*->\\s*data_end\\b|(?<!-)[<>]=?\\s*(?:\\([^()]*\\)\\s*)*([A-Za-z_]\\w*(?:->|\\.)?\\w*end)\\b"
                    + "|(?<![\\w.>])([A-Za-z_]\\w*(?:(?:->|\\.)\\w+)*end)\\s*[<>]");

    private final Situation situation;
    private final Place place;
    private final int bytes;
    private final boolean isMetadata;

    /** @param bytes that are accessed, from the pointer on @param isMetadata the pointer is one to what precedes the packet */
    PacketText(Situation situation, int bytes, boolean isMetadata) {
        this.situation = situation;
        this.place = situation.place();
        this.bytes = bytes;
        this.isMetadata = isMetadata;
    }

    /** When the access would go beyond the end; empty if the line does not tell how. */
    Optional<String> condition() {
        return end().flatMap(end -> behind().map(address -> "(void *)(" + address + ") > " + end));
    }

    private Optional<String> behind() {
        Instruction failing = situation.failing().orElseThrow();
        if (failing.opcode() == Opcode.CALL) {
            return situation
                    .evidence()
                    .callee()
                    .flatMap(callee -> Naming.argument(place, callee, packetArgument()))
                    .map(argument -> "(void *)(" + argument + ") + " + bytes);
        }
        return access().map(AccessText::afterLast)
                .or(() -> Naming.ofPointer(situation.evidence().chain(), place, false)
                        .map(name -> "(void *)" + name + " + " + bytes));
    }

    private int packetArgument() {
        return IntStream.rangeClosed(1, 5)
                .filter(number -> situation.register(number).isPacket())
                .findFirst()
                .orElse(1);
    }

    private Optional<AccessText> access() {
        return AccessText.in(place.text(), place.column(), situation.evidence().writes());
    }

    /**
     * What the pointer may go up to: the variable that is used for the packet's end nearest to the place, else the context's field;
     * for metadata the packet's start.
     */
    private Optional<String> end() {
        SourceScope scope = new SourceScope(situation.source(), place);
        boolean hasContext = scope.isOwn() && !situation.source().isInCalledFunction(place);
        String field = "(void *)(long)" + context() + "->" + (isMetadata ? "data" : "data_end");
        Optional<String> variable = isMetadata ? Optional.empty() : endVariable(scope.lines());
        return variable.or(() -> hasContext ? Optional.of(field) : elsewhere());
    }

    /** What to say where the names of an inlined function's parameters are not known; "" if nothing. */
    String reservation() {
        SourceScope scope = new SourceScope(situation.source(), place);
        boolean guessed = !scope.isOwn() && endVariable(scope.lines()).isEmpty();
        return guessed
                ? elsewhere()
                        .map(end -> "; pass '" + end + "' to this function if it does not have it")
                        .orElse("")
                : "";
    }

    /** The name that the program has for the packet's end in another function. */
    private Optional<String> elsewhere() {
        return endVariable(situation.source().lines()).filter(name -> !isMetadata && name.matches("\\w+"));
    }

    private static Optional<String> endVariable(List<FunctionSpec.Line> lines) {
        return lines.stream()
                .map(FunctionSpec.Line::text)
                .map(END::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3))
                .findFirst();
    }

    /** What the program calls its context. */
    String context() {
        return prototype()
                .filter(prototype -> !prototype.parameters().isEmpty())
                .map(prototype -> prototype.parameters().getFirst().name())
                .filter(name -> !name.isEmpty())
                .orElse("ctx");
    }

    /** How the program's entry function is declared. */
    Optional<BtfType.FunctionPrototype> prototype() {
        Btf types = situation.code().object().btf();
        int function = situation.code().functions().getFirst().typeId();
        return function > 0
                        && types.type(function) instanceof BtfType.Function named
                        && types.type(named.prototype()) instanceof BtfType.FunctionPrototype prototype
                ? Optional.of(prototype)
                : Optional.empty();
    }

    /** The pointer read again and compared again, before it is used. */
    Fix reloaded(Chain.Link lost, SafeReturn leaving) {
        String description =
                "read packet pointers from the context again after the call that may move the packet, and compare again";
        Optional<AccessText> access = access().filter(text -> !text.base().isEmpty());
        boolean hasContext = new SourceScope(situation.source(), place).isOwn()
                && !situation.source().isInCalledFunction(place);
        if (access.isEmpty() || !hasContext) {
            return new Fix(place, description, "", false, false);
        }
        long offset = situation.trace().value(lost.index(), lost.home()).fixedOffset();
        String base = access.get().base();
        String start = "(void *)(long)" + context() + "->data" + (offset == 0 ? "" : " + " + offset);
        String check = "if ((void *)(" + access.get().afterLast() + ") > (void *)(long)" + context() + "->data_end)";
        return situation.edits().before(place, description, base + " = " + start + ";", check, "\t" + leaving.text());
    }
}
