package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.trace.check.Structures;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Members of the kernel's structures in scripts that are to run elsewhere: where they are is found out there (CO-RE). */
final class KernelPaths {
    private static final CType CHARACTER = new CType.Scalar("char", 1, CType.Scalar.Encoding.CHARACTER);

    private final Program program;
    private final Emit emit;

    KernelPaths(Program program) {
        this.program = program;
        this.emit = program.emit();
    }

    /**
     * A member, by way of others that lie within each other.
     *
     * @param object what the first is a member of, or points to it
     * @param offset of the last from the start of {@code object} here
     */
    record Path(Expression object, FieldPath path, int offset, Structures.Member member) {}

    /** The path of a member; empty if it is none of the kernel's. */
    Optional<Path> of(Expression.FieldAccess access) {
        if (!program.unit().isPortable()) {
            return Optional.empty();
        }
        Deque<String> names = new ArrayDeque<>();
        Expression.FieldAccess first = access;
        names.push(access.field());
        while (first.object() instanceof Expression.FieldAccess within
                && program.type(within) instanceof TraceType.Structure) {
            first = within;
            names.push(first.field());
        }
        TraceType of = program.type(first.object());
        while (of instanceof TraceType.Pointer pointer) {
            of = pointer.target();
        }
        boolean isOfKernel =
                of instanceof TraceType.Structure root && structures().isOfKernel(root) && !isContext(first.object());
        if (!isOfKernel) {
            return Optional.empty();
        }
        TraceType.Structure root = (TraceType.Structure) of;
        if (isAnonymous(root)) {
            throw new Unsupported(
                    access.span(),
                    "this structure has no name by which another kernel could find it: scripts for other machines get at its members"
                            + " by those of the structure around it");
        }
        return Optional.of(path(first.object(), root, List.copyOf(names)));
    }

    private boolean isContext(Expression object) {
        return object instanceof Expression.Identifier name
                && (name.name().equals("ctx") || name.name().equals("args"));
    }

    private Structures structures() {
        return program.unit().script().structures();
    }

    private static boolean isAnonymous(TraceType.Structure structure) {
        return structure.name().contains("(anonymous");
    }

    private Path path(Expression object, TraceType.Structure root, List<String> names) {
        List<Structures.Member> members = new ArrayList<>();
        List<TraceType.Structure> owners = new ArrayList<>();
        TraceType.Structure owner = root;
        for (String name : names) {
            Structures.Member member = structures().member(owner, name).orElseThrow();
            members.add(member);
            owners.add(owner);
            if (member.type() instanceof TraceType.Structure inner) {
                owner = inner;
            }
        }
        CType type = type(members.getLast().type());
        for (int i = members.size() - 1; i >= 0; i--) {
            Structures.Member member = members.get(i);
            type = composite(owners.get(i), List.of(new CType.Member(member.name(), type, member.offset())));
        }
        int offset = members.stream().mapToInt(Structures.Member::offset).sum();
        return new Path(object, new FieldPath(type, "0" + ":0".repeat(members.size())), offset, members.getLast());
    }

    /** As the kernel's BTF has it, as far as finding it again needs. */
    private CType type(TraceType type) {
        return switch (type) {
            case TraceType.Number(int size, boolean signed, int _) -> number(size, signed);
            case TraceType.Truth truth -> new CType.Scalar("bool", 1, CType.Scalar.Encoding.BOOLEAN);
            case TraceType.Text text -> new CType.Array(CHARACTER, text.size());
            case TraceType.Array array -> new CType.Array(type(array.element()), array.count());
            case TraceType.Structure structure -> composite(structure, List.of());
            case TraceType.Enumeration enumeration ->
                new CType.Enumeration(
                        plainName(enumeration.name()),
                        enumeration.size(),
                        enumeration.signed(),
                        structures().enumerators(enumeration.name()).entrySet().stream()
                                .map(each -> new CType.Enumerator(each.getValue(), each.getKey()))
                                .toList());
            default -> new CType.Pointer(CType.VOID);
        };
    }

    private static CType.Scalar number(int size, boolean signed) {
        String name = (signed ? "" : "unsigned ")
                + switch (size) {
                    case 1 -> "char";
                    case 2 -> "short";
                    case 4 -> "int";
                    default -> "long";
                };
        return new CType.Scalar(name, size, signed ? CType.Scalar.Encoding.SIGNED : CType.Scalar.Encoding.UNSIGNED);
    }

    private static CType.Composite composite(TraceType.Structure structure, List<CType.Member> members) {
        return new CType.Composite(
                isAnonymous(structure) ? "" : plainName(structure.name()),
                structure.name().startsWith("union "),
                structure.size(),
                structure.alignment(),
                members);
    }

    private static String plainName(String name) {
        return name.substring(name.indexOf(' ') + 1);
    }

    /** Reads a member. @param object where the structure is that the path starts from */
    Operand read(Path path, Operand.Memory object) {
        Value distance = emit.add(
                new Operation.Relocated(CoreRelocationKind.FIELD_BYTE_OFFSET, path.path(), path.offset(), Int.I64));
        Value address = emit.offset(emit.offset(object.address(), object.offset()), distance);
        Operand.Memory place = new Operand.Memory(address, 0, object.reach());
        TraceType type = path.member().type();
        if (path.member().bits().isEmpty()) {
            return program.storage().read(type, place);
        }
        Value word = program.storage().number(place, type.size(), false);
        // Here it is declared as a whole number, which libbpf wants the local values to be those of.
        long local = 64L - 8L * type.size();
        Value above = shift(CoreRelocationKind.FIELD_LSHIFT_U64, path, local);
        Value top = emit.binary(BinaryOperator.SHIFT_LEFT, word, above);
        BinaryOperator down = Shape.isSigned(type) ? BinaryOperator.ARITHMETIC_SHIFT_RIGHT : BinaryOperator.SHIFT_RIGHT;
        return new Operand.Scalar(emit.binary(down, top, shift(CoreRelocationKind.FIELD_RSHIFT_U64, path, local)));
    }

    private Value shift(CoreRelocationKind kind, Path path, long local) {
        return emit.add(new Operation.Relocated(kind, path.path(), local, Int.I64));
    }
}
