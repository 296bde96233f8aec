package dev.skep.verifier.explain;

import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import java.util.Optional;
import java.util.OptionalInt;

/** What to tell about accesses to memory: packets, map values, the stack, pointers that may be null or are none. */
final class MemoryAdvice {
    /** {@code MAX_PACKET_OFF}: a comparison tells nothing about a packet pointer that may be farther from the start. */
    private static final int LARGEST_PACKET_OFFSET = 0xffff;

    private final Evidence evidence;
    private final Place place;

    MemoryAdvice(Evidence evidence) {
        this.evidence = evidence;
        this.place = evidence.place();
    }

    Advice packetBounds() {
        Optional<Chain.Link> moved = evidence.chain()
                .last(Event.COMPUTED)
                .filter(link -> link.value().isPacket());
        if (moved.isPresent()
                && evidence.number().isScalar()
                && evidence.number().umax() > LARGEST_PACKET_OFFSET) {
            return offsetTooLarge(moved.get());
        }
        KnownValue pointer = evidence.value();
        if (pointer.isPacket() && pointer.range() == 0 && evidence.vainCheck().isPresent()) {
            return vainCheck(evidence.vainCheck().get());
        }
        Optional<Place> distance = evidence.distanceCompared();
        if (distance.isPresent()) {
            return distanceCompared(distance.get());
        }
        SourceTypes variables = evidence.source().variables();
        Optional<String> structure = variables
                .declaredBehindPointer(place)
                .map(SourceTypes.Field::variable)
                .or(() -> PacketHeaders.access(place.text(), place.column()).map(PacketHeaders.Access::variable))
                .or(() -> variables.field(place).map(SourceTypes.Field::variable));
        String name = structure
                .or(() -> Naming.ofPointer(evidence.chain(), place, evidence.writes()))
                .orElse("the pointer");
        long end = pointer.fixedOffset() + evidence.accessOffset() + evidence.accessSize();
        String checked = pointer.range() == 0
                ? "no comparison with the packet's end on this path covers it"
                : "the comparison with the packet's end covers " + pointer.range() + " bytes only";
        String variable = name.equals("the pointer") ? "p" : name;
        String limit = evidence.source().variables().packetEnd().orElse("data_end");
        String condition = structure.isPresent()
                ? "(void *)(" + variable + " + 1) > " + limit
                : "(void *)" + variable + " + " + Math.max(1, evidence.accessOffset() + evidence.accessSize()) + " > "
                        + limit;
        String check = "if (" + condition + ") " + returning();
        return Advice.inserting(
                "'" + name + "' is used for bytes up to " + end + " of the packet, but " + checked,
                "compare before the access: `" + check + "`",
                place,
                check);
    }

    private Advice distanceCompared(Place distance) {
        return Advice.of(
                "the distance to the packet's end is computed " + where(distance)
                        + " and compared as a number: that tells the verifier nothing about the pointer",
                "compare pointers, not their distance: `if ((void *)(p + 1) > data_end) " + returning()
                        + "`; compilers turn one into the other in loops: keep the pointer that is compared in a variable that is also used for the access");
    }

    /** The verifier forgets such a comparison: the sum might wrap around. */
    private Advice vainCheck(Place check) {
        String number = Naming.assignedNumber(evidence.chain()).orElse("the number added to the packet pointer");
        return Advice.of(
                "the comparison with the packet's end " + where(check)
                        + " tells nothing: the pointer may have been moved by more than 65535 bytes, or back",
                "limit " + number
                        + " from both sides before it is added, to less than 65535 together with what the pointer is moved by "
                        + "already; then compare the sum with data_end");
    }

    private Advice offsetTooLarge(Chain.Link moved) {
        String number = Naming.assignedNumber(evidence.chain()).orElse("the number added");
        String check = number.startsWith("the ") ? "" : "if (" + number + " > 1500) " + returning();
        return Advice.inserting(
                number + " may be " + evidence.number().range64()
                        + " here: a comparison with the packet's end tells nothing about a pointer moved so far",
                "limit it before it is added to the packet pointer, to less than 65535"
                        + (check.isEmpty() ? "" : ": `" + check + "`")
                        + ", and compare the sum with data_end after that",
                moved.place(),
                check);
    }

    /** The statement that leaves the program without doing harm. */
    String returning() {
        if (evidence.source().isInCalledFunction(place)) {
            return "return 0;";
        }
        ProgramType type = evidence.source().type();
        return switch (type) {
            case XDP -> "return XDP_PASS;";
            case SCHED_CLS, SCHED_ACT -> "return TC_ACT_OK;";
            case CGROUP_SKB,
                    CGROUP_SOCK,
                    CGROUP_SOCK_ADDR,
                    CGROUP_DEVICE,
                    CGROUP_SYSCTL,
                    CGROUP_SOCKOPT,
                    SK_SKB,
                    SK_MSG -> "return 1;";
            default -> "return 0;";
        };
    }

    Advice bounds(String memory) {
        KnownValue number = evidence.number();
        KnownValue pointer = evidence.value();
        if (!number.isScalar()) {
            return constantBounds(memory);
        }
        Optional<String> known = Naming.ofNumber(evidence.chain(), place);
        String name = known.orElse("the offset");
        long limit = limit(pointer);
        String what = (known.isPresent() ? "'" + name + "'" : name) + " may be " + number.range64() + " here";
        if (number.mayBeNegative() && number.smax() >= 0 && number.smax() < 0xffff_ffffL) {
            return negative(what, name, memory);
        }
        String size = pointer.size() > 0 ? " of " + pointer.size() + " bytes" : "";
        String check = limit >= 0 && known.isPresent() ? "if (" + name + " > " + limit + ") " + returning() : "";
        String bound = !check.isEmpty()
                ? "bound it with `" + check + "`"
                : "bound it by a comparison with a constant before the access";
        return Advice.inserting(what + ", and it is an offset into " + memory + size, because() + bound, place, check);
    }

    /** The largest number that leads to no access outside, -1 if not known. */
    private long limit(KnownValue pointer) {
        OptionalInt length = evidence.source().variables().arrayLength(place);
        if (length.isPresent() && evidence.accessSize() == 1) {
            return length.getAsInt() - 1L;
        }
        long bytes = pointer.size() - pointer.fixedOffset() - evidence.accessOffset() - evidence.accessSize();
        return pointer.size() > 0 ? Math.max(0, bytes) / evidence.scale(evidence.end()) : -1;
    }

    private Advice negative(String what, String name, String memory) {
        return Advice.inserting(
                what + ": as an offset into " + memory + " it must not be negative",
                because() + "compare it with 0 too (`if (" + name + " < 0) " + returning() + "`) or make it unsigned",
                place,
                "if (" + name + " < 0) " + returning());
    }

    private Advice constantBounds(String memory) {
        KnownValue pointer = evidence.value();
        long offset = pointer.fixedOffset() + evidence.accessOffset();
        String size = pointer.size() > 0 ? ", which has " + pointer.size() + " bytes" : "";
        String range = pointer.umax() == 0
                ? String.valueOf(offset)
                : offset + pointer.umin() + ".." + (offset + pointer.umax());
        return Advice.of(
                "bytes " + range + " and the " + evidence.accessSize() + " from there are accessed in " + memory + size,
                pointer.umax() == 0
                        ? "access within the size, or declare the memory larger"
                        : because() + "bound the index so that the last byte accessed is inside");
    }

    /** A sentence about what got lost or what another check bounds, to precede advice. */
    String because() {
        Optional<Chain.Link> loss = evidence.loss();
        if (loss.isPresent()) {
            return "its bounds are lost " + where(loss.get().place()) + ": it "
                    + loss.get().text()
                    + "; do the comparison after that, on the very value that is used, or keep it in a 64-bit variable; ";
        }
        Optional<Chain.Link> copy =
                evidence.copies().stream().filter(evidence::isOwnCheck).findFirst();
        if (copy.isPresent()) {
            Chain.Link check = copy.get();
            return "the check " + where(check.place()) + " " + check.text()
                    + "; read it once into a variable, check that, and use that; ";
        }
        Optional<Chain.Link> own = evidence.chain().last(Event.CHECKED).filter(evidence::isOwnCheck);
        if (own.isPresent()) {
            return "the check " + where(own.get().place()) + " leaves that; ";
        }
        return evidence.another()
                .flatMap(check -> Naming.compared(check.place())
                        .map(name -> "the check " + where(check.place()) + " bounds `" + name + "`, not this; "))
                .orElse("");
    }

    static String where(Place place) {
        return place.hasLine() ? "on line " + place.line() : "at instruction " + place.instruction();
    }

    Advice length() {
        KnownValue number = evidence.number();
        int argument = evidence.refused().culprit() instanceof Culprit.Register(int _, int n) ? n : 2;
        String callee = evidence.callee().orElse("the helper");
        String name = Naming.argument(place, callee, argument)
                .or(() -> Naming.ofNumber(evidence.chain(), place))
                .orElse("the length");
        String what = "'" + name + "', the length given to " + callee + ", may be " + number.range64();
        String simple = name.matches("[\\w.>-]+") ? name : "len";
        if (evidence.refused().kernelMessage().contains("zero-sized")) {
            String check = "if (" + simple + " == 0) " + returning();
            return Advice.inserting(
                    what + ": zero is not allowed", because() + "exclude it: `" + check + "`", place, check);
        }
        if (number.mayBeNegative()) {
            String check = "if (" + simple + " < 0) " + returning();
            return Advice.inserting(
                    what + ": as a negative number it would be a huge length",
                    because() + "make it unsigned, or add `" + check + "`, or mask it: `" + simple + " &= 0xff`",
                    place,
                    check);
        }
        if (evidence.refused().kernelMessage().contains("not a known constant")) {
            return Advice.of(
                    what + ", but it must be one constant",
                    "give the largest size that is needed, as a constant, or use what takes a variable size "
                            + "(bpf_ringbuf_output(), bpf_ringbuf_reserve_dynptr())");
        }
        String check = "if (" + simple + " > sizeof(buffer)) " + returning();
        return Advice.of(
                what + ": more than there is room for",
                because() + "limit it to the size of the buffer: `" + check + "`");
    }

    Advice nullable() {
        Optional<String> argument = evidence.callee()
                .flatMap(callee -> evidence.refused().culprit() instanceof Culprit.Register(int _, int n)
                        ? Naming.argument(place, callee, n).filter(text -> text.matches("\\w+"))
                        : Optional.empty());
        String name = argument.or(() -> Naming.ofPointer(evidence.chain(), place, evidence.writes()))
                .orElse("the pointer");
        String origin = evidence.chain()
                .origin()
                .filter(link -> link.event() == Event.SET)
                .map(link -> " (it " + link.text() + ", " + where(link.place()) + ")")
                .orElse("");
        String variable = name.equals("the pointer") ? "p" : name;
        String check = "if (!" + variable + ") " + returning();
        return Advice.inserting(
                "'" + name + "' may be null here" + origin,
                "check it before it is used: `" + check + "`",
                place,
                check);
    }

    Advice scalarAsPointer() {
        String name =
                Naming.ofPointer(evidence.chain(), place, evidence.writes()).orElse("the value");
        KnownValue value = evidence.value();
        if (evidence.loss().isPresent()) {
            return lostPointer(name, evidence.loss().get());
        }
        if (value.isConstant() && value.umin() == 0) {
            return Advice.of(
                    "'" + name + "' is null on this path",
                    evidence.chain()
                            .last(Event.CHECKED)
                            .map(link -> "the comparison " + where(link.place())
                                    + " leads here when it is null: leave there, or turn the condition round")
                            .orElse("give it a value before it is used"));
        }
        String origin = evidence.chain().origin().map(Chain.Link::text).orElse("");
        String from = origin.isEmpty() ? "" : ": it " + origin;
        if (origin.contains("context") || origin.contains("memory") || origin.contains("map")) {
            return Advice.of(
                    "'" + name + "' is a number to the verifier, not a pointer" + from,
                    "an address read from memory cannot be followed directly: copy what it points to with bpf_probe_read_kernel() or "
                            + "bpf_probe_read_user() (BPF_CORE_READ for kernel structures), or take a typed pointer from the context (tp_btf, fentry)");
        }
        return Advice.of(
                "'" + name + "' is a number to the verifier, not a pointer" + from,
                "use the pointer itself: one that was cast to an integer, or read from where the verifier does not follow it, is only a number");
    }

    private Advice lostPointer(String name, Chain.Link loss) {
        if (loss.text().contains("read back from the stack")) {
            return Advice.of(
                    "'" + name + "' is only a number: it " + loss.text() + " (" + where(loss.place()) + ")",
                    "read the pointer again where it is used: pointers into the packet are lost by helpers that may move it (take data and "
                            + "data_end from the context again after them, and compare), others when only a part of them is written over");
        }
        if (loss.text().contains("packet")) {
            return Advice.of(
                    "'" + name + "' points into the packet as it was before " + where(loss.place()) + ": it "
                            + loss.text(),
                    "read data and data_end from the context again after that call, and compare again");
        }
        return Advice.of(
                "'" + name + "' " + loss.text() + " (" + where(loss.place()) + ")",
                "keep the pointer in a pointer variable of its own, and change it only by adding or subtracting bounded numbers");
    }

    Advice uninitializedStack() {
        String bytes = evidence.refused().culprit().text();
        String callee = evidence.callee().map(c -> " by " + c).orElse("");
        return Advice.of(
                bytes + " are read" + callee + ", but not all of them were written",
                "clear the whole variable where it is declared, padding included: `= {}` may leave padding out, so use "
                        + "`__builtin_memset(&v, 0, sizeof(v))`");
    }

    Advice stackAccess() {
        KnownValue number = evidence.number();
        if (number.isScalar() && !number.isConstant()) {
            String name = Naming.ofNumber(evidence.chain(), place).orElse("the index");
            return Advice.inserting(
                    "'" + name + "' may be " + number.range64()
                            + " here, and it is an offset into a variable on the stack",
                    because()
                            + "bound it to the array's size before the access; an array that is indexed by a variable is better kept in a map",
                    place,
                    "");
        }
        return Advice.of(
                "the access is outside of the stack or not on a whole slot",
                "access within the variable's size and at a multiple of the access's size; a pointer kept on the stack must be written and read with 8 bytes");
    }
}
