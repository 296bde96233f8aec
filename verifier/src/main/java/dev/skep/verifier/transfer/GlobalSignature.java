package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.value.KernelType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

        /**
         * {@code __arg_trusted}, or if not {@code trusted} {@code __arg_untrusted}: an object that may be gone, which may only be
         * read.
         */
        record Object(KernelType type, boolean orNull, boolean trusted) implements Argument {}

        /** {@code __arg_untrusted} on a pointer to what is no struct: memory that may only be read, faults caught. */
        record UntrustedMemory() implements Argument {}
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
            throw refused(
                    "Global function %s() doesn't return scalar. Only those are supported.".formatted(function.name()));
        }
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < prototype.parameters().size(); i++) {
            Set<String> tags = tags(btf, function.typeId(), i);
            if (!environment.kernel().has(KernelFeature.ARGUMENT_TAGS)) {
                tags = Set.of();
            } else if (!tags.isEmpty()) {
                environment.require(KernelFeature.ARGUMENT_TAGS, Requirement.WHOLE_PROGRAM);
            }
            arguments.add(argument(
                    environment, function, prototype.parameters().get(i).type(), i, tags));
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
        checkKnown(environment, tags, index);
        if (!(btf.type(btf.strip(typeId)) instanceof BtfType.Pointer pointer)) {
            return number(btf, function, typeId, index, tags);
        }
        if (tags.contains("ctx") || ContextTypes.isContextOf(environment.kind(), btf, pointer.target())) {
            only(tags, index, "ctx");
            if (tags.contains("ctx")) {
                ContextTypes.checkTagged(environment.kind(), btf, pointer.target(), index);
            }
            return new Argument.Context();
        }
        int target = btf.strip(pointer.target());
        if (isDynptr(btf, target)) {
            only(tags, index);
            return new Argument.Dynptr();
        }
        if (tags.contains("trusted")) {
            only(tags, index, "trusted", "nullable");
            return new Argument.Object(kernelType(environment, btf, target, index), tags.contains("nullable"), true);
        }
        if (tags.contains("untrusted")) {
            return untrusted(environment, btf, target, index, tags);
        }
        if (tags.contains("arena")) {
            if (tags.size() > 1) {
                throw refused("arg#" + index + " arena cannot be combined with any other tags");
            }
            return new Argument.Arena();
        }
        only(tags, index, "nonnull");
        environment.demand(
                KernelFeature.POINTERS_TO_GLOBAL_FUNCTIONS,
                Requirement.WHOLE_PROGRAM,
                "Arg#%d type PTR in %s() is not supported yet.".formatted(index, function.name()));
        return new Argument.Memory(sizeOf(btf, target, index), !tags.contains("nonnull"));
    }

    private static boolean isDynptr(Btf btf, int target) {
        return switch (btf.type(target)) {
            case BtfType.Composite composite -> composite.name().equals("bpf_dynptr");
            case BtfType.Forward forward -> !forward.union() && forward.name().equals("bpf_dynptr");
            default -> false;
        };
    }

    /** Programs may read through such a pointer whatever it is: an object of the kernel's field by field, numbers of any size. */
    private static Argument untrusted(Environment environment, Btf btf, int target, int index, Set<String> tags) {
        if (tags.size() > 1) {
            throw refused("arg#" + index + " untrusted cannot be combined with any other tags");
        }
        return switch (btf.type(target)) {
            case BtfType.Void none -> new Argument.UntrustedMemory();
            case BtfType.Int number -> new Argument.UntrustedMemory();
            case BtfType.Enumeration number -> new Argument.UntrustedMemory();
            case BtfType.Composite composite ->
                new Argument.Object(kernelType(environment, btf, target, index), true, false);
            default ->
                throw refused("arg#%d reference type('%s %s') cannot be untrusted"
                        .formatted(index, btf.kind(target), btf.name(target)));
        };
    }

    private static void checkKnown(Environment environment, Set<String> tags, int index) {
        boolean tooNew = tags.contains("untrusted") && !environment.kernel().has(KernelFeature.UNTRUSTED_MEMORY);
        if (tooNew
                || !Set.of("ctx", "trusted", "nonnull", "nullable", "arena", "untrusted")
                        .containsAll(tags)) {
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

    /** The kernel's type that a type of the program's is a view of ({@code btf_get_ptr_to_btf_id}). */
    private static KernelType kernelType(Environment environment, Btf btf, int target, int index) {
        return KernelTypes.named(environment, KernelTypes.withoutFlavour(btf.name(target)))
                .orElseThrow(() -> refused("arg#%d reference type('%s %s') has no matches"
                        .formatted(index, btf.kind(target), btf.name(target))));
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
