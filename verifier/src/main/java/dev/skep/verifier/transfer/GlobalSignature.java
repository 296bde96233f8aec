package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.value.KernelType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a global function takes, as its BTF prototype and the tags on its arguments say. */
record GlobalSignature(List<Argument> arguments) {
    private static final String TAG_PREFIX = "arg:";
    private static final int MOST_ARGUMENTS = 5;

    GlobalSignature {
        arguments = List.copyOf(arguments);
    }

    /** What an argument is. */
    sealed interface Argument {
        record Number() implements Argument {}

        record Context() implements Argument {}

        record Dynptr() implements Argument {}

        record Arena() implements Argument {}

        /** Memory of the size of the type pointed to. */
        record Memory(int size, boolean orNull) implements Argument {}

        /** {@code __arg_trusted}. */
        record Object(KernelType type, boolean orNull) implements Argument {}
    }

    /** @throws Refusal if the function's types cannot be those of a global function */
    static GlobalSignature of(Environment environment, Subprogram function) {
        Btf btf = environment.code().object().btf();
        if (!(btf.type(function.typeId()) instanceof BtfType.Function type)
                || !(btf.type(type.prototype()) instanceof BtfType.FunctionPrototype prototype)) {
            throw new Refusal(Cause.TYPE_INFORMATION, "Global functions need valid BTF");
        }
        if (prototype.parameters().size() > MOST_ARGUMENTS) {
            throw refused("Global function %s() with %d > %d args. Buggy compiler."
                    .formatted(function.name(), prototype.parameters().size(), MOST_ARGUMENTS));
        }
        if (!isNumber(btf, prototype.returnType())) {
            throw refused("Global function %s() doesn't return scalar. Only those are supported."
                    .formatted(function.name()));
        }
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < prototype.parameters().size(); i++) {
            Set<String> tags = tags(btf, function.typeId(), i);
            arguments.add(argument(environment, function, prototype.parameters().get(i).type(), i, tags));
        }
        return new GlobalSignature(arguments);
    }

    private static Refusal refused(String message) {
        return new Refusal(Cause.GLOBAL_FUNCTION_ARGUMENT, message);
    }

    private static boolean isNumber(Btf btf, int id) {
        BtfType type = btf.type(btf.strip(id));
        return type instanceof BtfType.Int || type instanceof BtfType.Enumeration;
    }

    private static Set<String> tags(Btf btf, int function, int parameter) {
        Set<String> tags = new HashSet<>();
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.DECL_TAG
                    && btf.type(id) instanceof BtfType.DeclarationTag tag
                    && tag.target() == function
                    && tag.component() == parameter
                    && tag.name().startsWith(TAG_PREFIX)) {
                tags.add(tag.name().substring(TAG_PREFIX.length()));
            }
        }
        return tags;
    }

    private static Argument argument(
            Environment environment, Subprogram function, int typeId, int index, Set<String> tags) {
        Btf btf = environment.code().object().btf();
        checkKnown(tags, index);
        if (!(btf.type(btf.strip(typeId)) instanceof BtfType.Pointer pointer)) {
            return number(btf, function, typeId, index, tags);
        }
        int target = btf.strip(pointer.target());
        if (tags.contains("ctx") || ContextTypes.isContextOf(environment.kind(), btf, target)) {
            only(tags, index, "ctx");
            return new Argument.Context();
        }
        if (btf.type(target) instanceof BtfType.Composite && btf.name(target).equals("bpf_dynptr")) {
            only(tags, index);
            return new Argument.Dynptr();
        }
        if (tags.contains("trusted")) {
            only(tags, index, "trusted", "nullable");
            return new Argument.Object(trusted(environment, btf, target, index), tags.contains("nullable"));
        }
        if (tags.contains("arena")) {
            only(tags, index, "arena");
            return new Argument.Arena();
        }
        only(tags, index, "nonnull");
        return new Argument.Memory(sizeOf(btf, target, index), !tags.contains("nonnull"));
    }

    private static void checkKnown(Set<String> tags, int index) {
        if (!Set.of("ctx", "trusted", "nonnull", "nullable", "arena", "untrusted").containsAll(tags)) {
            throw refused("arg#" + index + " has unsupported set of tags");
        }
    }

    private static void only(Set<String> tags, int index, String... allowed) {
        if (!Set.of(allowed).containsAll(tags)) {
            throw refused("arg#" + index + " has invalid combination of tags");
        }
    }

    private static Argument number(Btf btf, Subprogram function, int typeId, int index, Set<String> tags) {
        if (!tags.isEmpty()) {
            throw refused("arg#" + index + " has pointer tag, but is not a pointer type");
        }
        if (!isNumber(btf, typeId)) {
            throw refused("Arg#%d type %s in %s() is not supported yet."
                    .formatted(index, btf.kind(btf.strip(typeId)), function.name()));
        }
        return new Argument.Number();
    }

    private static KernelType trusted(Environment environment, Btf btf, int target, int index) {
        String name = btf.name(target);
        int flavour = name.indexOf("___");
        String plain = flavour > 0 ? name.substring(0, flavour) : name;
        Optional<KernelType> type = KernelTypes.named(environment, plain);
        return type.orElseThrow(() -> refused("arg#" + index + " type '" + plain + "' has no matching kernel type"));
    }

    private static int sizeOf(Btf btf, int target, int index) {
        OptionalInt size = new BtfLayout(btf).knownSize(target);
        boolean known = size.isPresent() && target != 0 && !(btf.type(target) instanceof BtfType.Forward);
        if (!known) {
            throw refused("arg#%d reference type('%s %s') size cannot be determined: -22"
                    .formatted(index, btf.kind(target), btf.name(target)));
        }
        return size.getAsInt();
    }
}
