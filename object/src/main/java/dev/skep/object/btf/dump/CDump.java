package dev.skep.object.btf.dump;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * BTF as C declarations that a compiler lays out as the types were: the text of
 * {@code bpftool btf dump file FILE format c} (libbpf 1.1), with its order, forward declarations, padding and renaming.
 *
 * <p>Functions, variables and sections are left out: they declare no types.
 */
public final class CDump {
    private static final String HEADER = """
            #ifndef __VMLINUX_H__
            #define __VMLINUX_H__

            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
            #endif

            """;

    private static final String FOOTER = """
            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #pragma clang attribute pop
            #endif

            #endif /* __VMLINUX_H__ */
            """;

    /** Types that GCC knows by itself on Arm, and that other compilers need a declaration of. */
    private static final Map<String, String> BASE_TYPE_ALIASES = Map.of(
            "__Poly8_t", "unsigned char",
            "__Poly16_t", "unsigned short",
            "__Poly64_t", "unsigned long long",
            "__Poly128_t", "unsigned __int128");

    private enum State {
        NOT_WRITTEN,
        BEING_WRITTEN,
        WRITTEN
    }

    private final Btf btf;
    private final WorkLimit limit;
    private final DefinitionOrder order;
    private final CNames names;
    private final Declarations declarations;
    private final Consumer<String> out;
    private final State[] states;
    private final BitSet forwardWritten = new BitSet();

    private CDump(Btf btf, Consumer<String> out) {
        this.btf = btf;
        this.out = out;
        this.limit = new WorkLimit(btf);
        this.order = new DefinitionOrder(btf, limit);
        this.names = new CNames(btf);
        this.declarations = new Declarations(btf, names, limit);
        this.states = new State[btf.typeCount()];
        Arrays.fill(states, State.NOT_WRITTEN);
        states[0] = State.WRITTEN;
    }

    /**
     * Writes every type, as a header file with an include guard.
     *
     * @param out takes the text piece by piece: one declaration with the empty line after it at a time
     * @throws InputException if types need each other in a circle, or the text would be out of all proportion
     */
    public static void header(Btf btf, Consumer<String> out) {
        out.accept(HEADER);
        CDump dump = new CDump(btf, out);
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            dump.write(id);
        }
        out.accept(FOOTER);
    }

    /**
     * Writes the types with the given ids and whatever they need, without the include guard.
     *
     * @throws InputException as {@link #header}
     * @throws IndexOutOfBoundsException if an id does not exist
     */
    public static void types(Btf btf, List<Integer> ids, Consumer<String> out) {
        CDump dump = new CDump(btf, out);
        ids.forEach(dump::write);
    }

    private void write(int root) {
        for (int id : order.upTo(root)) {
            emit(id, 0, 0);
        }
    }

    /**
     * Writes what {@code id} needs and then, at the top level, its definition; elsewhere a forward declaration where needed.
     *
     * @param container the definition that this is for: 0 at the top level
     */
    private void emit(int id, int container, int depth) {
        limit.step(id, depth);
        if (states[id] == State.WRITTEN) {
            return;
        }
        BtfType type = btf.type(id);
        if (states[id] == State.BEING_WRITTEN) {
            emitWeak(id, type, container);
            return;
        }
        switch (type) {
            case BtfType.Int t -> {
                aliasOf(id, t.name());
                states[id] = State.WRITTEN;
            }
            case BtfType.Enumeration t -> {
                if (container == 0) {
                    put(id, declarations.enumeration(id, t, 0));
                }
                states[id] = State.WRITTEN;
            }
            case BtfType.Forward t -> {
                put(id, declarations.forward(id, t));
                states[id] = State.WRITTEN;
            }
            case BtfType.Typedef t -> {
                states[id] = State.BEING_WRITTEN;
                emit(t.target(), id, depth + 1);
                if (!forwardWritten.get(id) && !isBuiltIn(t)) {
                    put(id, declarations.typedef(id, t));
                }
                states[id] = State.WRITTEN;
            }
            case BtfType.Composite t -> emitComposite(id, t, container, depth);
            case BtfType.Pointer t -> emit(t.target(), container, depth + 1);
            case BtfType.Qualified t -> emit(t.target(), container, depth + 1);
            case BtfType.TypeTag t -> emit(t.target(), container, depth + 1);
            case BtfType.Array t -> emit(t.element(), container, depth + 1);
            case BtfType.FunctionPrototype t -> {
                emit(t.returnType(), container, depth + 1);
                t.parameters().forEach(parameter -> emit(parameter.type(), container, depth + 1));
            }
            default -> {}
        }
    }

    /** A type that is needed while it is being written: something before its end must do, or nothing at all. */
    private void emitWeak(int id, BtfType type, int container) {
        if (forwardWritten.get(id)) {
            return;
        }
        switch (type) {
            case BtfType.Composite t
            when id != container && !t.name().isEmpty() -> {
                put(id, declarations.compositeName(id, t));
                forwardWritten.set(id);
            }
            case BtfType.Typedef t -> {
                if (!isBuiltIn(t)) {
                    put(id, declarations.typedef(id, t));
                }
                forwardWritten.set(id);
            }
            default -> {}
        }
    }

    private void emitComposite(int id, BtfType.Composite type, int container, int depth) {
        states[id] = State.BEING_WRITTEN;
        boolean anonymous = type.name().isEmpty();
        if (container == 0 || anonymous) {
            int inside = anonymous ? container : id;
            type.members().forEach(member -> emit(member.type(), inside, depth + 1));
        } else if (id != container && !forwardWritten.get(id)) {
            put(id, declarations.compositeName(id, type));
            forwardWritten.set(id);
        }
        if (container == 0) {
            put(id, declarations.composite(id, type, 0));
            states[id] = State.WRITTEN;
        } else {
            states[id] = State.NOT_WRITTEN;
        }
    }

    private void aliasOf(int id, String name) {
        String base = BASE_TYPE_ALIASES.get(name);
        if (base != null) {
            put(id, "typedef " + base + " " + name);
        }
    }

    private static boolean isBuiltIn(BtfType.Typedef type) {
        return type.name().equals("__builtin_va_list");
    }

    private void put(int id, String declaration) {
        limit.written(id, declaration.length());
        out.accept(declaration + ";\n\n");
    }
}
