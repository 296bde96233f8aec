package dev.skep.verifier.explain;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to tell about registers, calls, things to give back, and the code as such. */
final class CodeAdvice {
    private static final Pattern CONTEXT_ACCESS = Pattern.compile("context access off=(\\d{1,9}) size=(\\d{1,2})");

    private final Evidence evidence;
    private final Place place;

    CodeAdvice(Evidence evidence) {
        this.evidence = evidence;
        this.place = evidence.place();
    }

    Advice uninitializedRegister() {
        String register = evidence.refused().culprit().text();
        if (evidence.loss().isPresent()) {
            Chain.Link loss = evidence.loss().get();
            return Advice.of(
                    register + " is read, but it " + loss.text() + " (" + MemoryAdvice.where(loss.place()) + ")",
                    "keep the value in a variable of its own before the call (the compiler then uses R6 to R9 or the stack), and in "
                            + "assembly copy it to one of R6 to R9");
        }
        if (register.equals("R0") && evidence.failing().orElse(new Operation.Other(-1)) instanceof Operation.Exit) {
            return Advice.of(
                    "the function ends without a return value on this path",
                    "return a value on every path: `return 0;` at the end");
        }
        Optional<Integer> argument = missingArgument();
        if (argument.isPresent()) {
            String callee = evidence.callee().orElse("the function");
            return Advice.of(
                    "argument " + argument.get() + " of " + callee + " is missing: nothing was written to " + register
                            + " on this path",
                    "give " + callee + " all of its arguments, by a declaration that has them (bpf/bpf_helper_defs.h)");
        }
        return Advice.of(
                register + " is read, but nothing was written to it on this path",
                Naming.assigned(place).isPresent()
                        ? "give the variable a value where it is declared, so that every path has one"
                        : "give every variable used here a value where it is declared; a function takes its arguments in R1 to R5 only if its type says so");
    }

    private Optional<Integer> missingArgument() {
        return evidence.failing().orElse(new Operation.Other(-1)) instanceof Operation.Call
                        && evidence.refused().culprit() instanceof Culprit.Register(int _, int number)
                        && number >= 1
                        && number <= 5
                ? Optional.of(number)
                : Optional.empty();
    }

    Advice helperArgument(boolean kernelFunction) {
        String callee = evidence.callee().orElse("the function");
        String argument = evidence.refused().culprit().text();
        String source = evidence.refused().culprit() instanceof Culprit.Register(int _, int number)
                ? Naming.argument(place, callee, number)
                        .map(text -> " ('" + text + "')")
                        .orElse("")
                : "";
        String expected = expected();
        String is = evidence.value().isKnown() ? " is " + evidence.value().words() : " is of the wrong kind";
        String number =
                evidence.refused().culprit() instanceof Culprit.Register(int _, int n) ? "argument " + n : argument;
        return Advice.of(
                number + source + " of " + callee + is + (expected.isEmpty() ? "" : ", but it must be " + expected),
                kernelFunction
                        ? "pass what the kernel function's type asks for: a trusted pointer as the context or an acquiring function gave it, not one read from memory"
                        : "pass what the helper takes: memory that the verifier knows (a variable on the stack, a map's value, checked "
                                + "packet bytes), of the right type" + from());
    }

    private String from() {
        return evidence.chain()
                .origin()
                .filter(link -> link.event() == Event.SET || link.event() == Event.LOST)
                .map(link -> "; this one " + link.text() + " (" + MemoryAdvice.where(link.place()) + ")")
                .orElse("");
    }

    private String expected() {
        String message = evidence.refused().kernelMessage();
        int at = message.indexOf("expected=");
        if (at < 0) {
            return "";
        }
        return message.substring(at + "expected=".length())
                .replace("map_value", "a map's value")
                .replace("map_key", "a map's key")
                .replace("map_ptr", "a map")
                .replace("fp", "on the stack")
                .replace("pkt_meta", "packet metadata")
                .replace("pkt", "packet bytes")
                .replace("ctx", "the context")
                .replace("scalar", "a number")
                .replaceAll(", (?=[^,]*$)", " or ");
    }

    Advice pointerArithmetic() {
        KnownValue number = evidence.number();
        String name = Naming.ofNumber(evidence.chain(), place).orElse("the number");
        if (number.isScalar() && !number.isConstant()) {
            return Advice.inserting(
                    "'" + name + "', which is added to a pointer, may be " + number.range64(),
                    new MemoryAdvice(evidence).because()
                            + "bound it from both sides before the addition, or make it unsigned and mask it",
                    place,
                    "");
        }
        return Advice.of(
                "this arithmetic on " + evidence.value().words() + " is not allowed: "
                        + evidence.refused().kernelMessage(),
                "only add and subtract bounded numbers, with 64 bits, and only on pointers into the packet, map values, the stack or other "
                        + "memory; check a pointer for null before moving it; other arithmetic has to be done on numbers");
    }

    Advice reference() {
        Optional<Place> acquired = evidence.refused().culprit() instanceof Culprit.Acquired(String _, int slot)
                ? Optional.of(evidence.source().at(slot)).filter(Place::hasLine)
                : Optional.empty();
        String what = acquired.map(at -> "what is acquired " + MemoryAdvice.where(at) + " ('"
                        + at.text().strip() + "')")
                .orElse("something acquired");
        if (evidence.refused().kernelMessage().contains("must have zero offset")) {
            return Advice.of(
                    "what is given back to " + evidence.callee().orElse("the function") + " points "
                            + evidence.value().fixedOffset() + " bytes behind what was acquired"
                            + evidence.chain()
                                    .origin()
                                    .map(link -> " " + MemoryAdvice.where(link.place()))
                                    .orElse(""),
                    "give back the very pointer that was acquired, not the address of something inside: keep it in a variable of its own");
        }
        return Advice.of(
                what + " is not given back on this path",
                "release it on every way out, early returns included (bpf_sk_release(), bpf_ringbuf_submit() or bpf_ringbuf_discard(), "
                        + "the kernel function's counterpart)");
    }

    Advice contextAccess() {
        String field = evidence.refused().culprit() instanceof Culprit.ContextField(int offset, int size, boolean write)
                ? field(offset, size, write)
                : fieldOfMessage().orElse("this access to the context is not allowed");
        return Advice.of(
                field + " by this type of program",
                "access whole fields, by their names and at constant offsets, that this program type may read or write; pass the context pointer on unchanged");
    }

    private static String field(int offset, int size, boolean write) {
        return "bytes " + offset + ".." + (offset + size - 1) + " of the context cannot be "
                + (write ? "written" : "read");
    }

    private Optional<String> fieldOfMessage() {
        Matcher access = CONTEXT_ACCESS.matcher(evidence.refused().kernelMessage());
        return access.find()
                ? Optional.of(
                        field(Integer.parseInt(access.group(1)), Integer.parseInt(access.group(2)), evidence.writes()))
                : Optional.empty();
    }

    Advice returnValue() {
        String value = evidence.value().isKnown() ? evidence.value().words() : "a value";
        String message = evidence.refused().kernelMessage();
        int range = message.indexOf("should have been in ");
        return Advice.of(
                "the program returns " + value
                        + (range < 0
                                ? ": " + message
                                : ", which " + message.substring(range).replace("been in", "been in the range")),
                "return only what this program type allows, as a constant on each path, or bound the value before the return");
    }

    /** A cause for which the advice does not depend on the program. */
    Advice standard() {
        Cause cause = evidence.refused().cause();
        return Advice.of(
                StandardAdvice.message(cause) + ": " + evidence.refused().kernelMessage(),
                StandardAdvice.suggestion(cause));
    }
}
