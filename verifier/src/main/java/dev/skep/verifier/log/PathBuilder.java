package dev.skep.verifier.log;

import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.UnshownValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the path together that a log tells of. The verifier follows one branch to its end and then takes up the last one it left
 * aside ({@code from 5 to 9: ...}): the path to there is that of the jump at 5.
 */
final class PathBuilder {
    /** Only the last steps are kept in a rejection. */
    private static final int STEPS_KEPT = 4096;

    private static final Pattern CONDITION = Pattern.compile("if .* goto pc([+-]\\d+)$");

    /** Helpers after which pointers into the packet are no longer valid (bpf_helper_changes_pkt_data in net/core/filter.c). */
    private static final Pattern MOVES_PACKET = Pattern.compile(
            "call bpf_(?:skb_(?:vlan_push|vlan_pop|store_bytes|change_\\w+|adjust_room|pull_data)|clone_redirect|l[34]_csum_replace"
                    + "|xdp_adjust_\\w+|msg_(?:pull|push|pop)_data|lwt_(?:push_encap|seg6_\\w+)|store_hdr_opt|sk_skb_\\w+)#");

    private final List<Entry> entries = new ArrayList<>();
    private final Map<Integer, SequencedMap<String, String>> frames = new HashMap<>();
    private Place place = Place.PROGRAM;
    private int frame;

    /** An instruction followed, and what was known before. */
    private static final class Entry {
        final int slot;
        final int frame;
        final String instruction;
        final Place place;
        final Map<Integer, SequencedMap<String, String>> before;
        boolean shown;

        Entry(int slot, int frame, String instruction, Place place, Map<Integer, SequencedMap<String, String>> before) {
            this.slot = slot;
            this.frame = frame;
            this.instruction = instruction;
            this.place = place;
            this.before = before;
        }
    }

    /** The source line of the instructions that follow. */
    void source(String text, String file, int line) {
        place = new Place(-1, "", file, line, 0, text);
    }

    /** Nothing followed so far counts: another function is verified on its own. */
    void restart() {
        entries.clear();
        frames.clear();
        frame = 0;
    }

    /** An instruction is followed. */
    void instruction(int slot, String text) {
        forgetUnshown();
        Place at = new Place(slot, "", place.file(), place.line(), 0, place.text());
        Map<Integer, SequencedMap<String, String>> before = new HashMap<>();
        frames.forEach((number, state) -> before.put(number, new LinkedHashMap<>(state)));
        entries.add(new Entry(slot, frame, text, at, before));
        if (MOVES_PACKET.matcher(text).find()) {
            frames.values().forEach(state -> state.values().removeIf(value -> value.startsWith("pkt")));
        }
        if (text.contains("call pc")) {
            frame++;
        } else if (text.endsWith(" exit") && frame > 0) {
            frames.remove(frame);
            frame--;
        }
    }

    /** What an instruction wrote is not what was known of the register before, unless the log shows the new value. */
    private void forgetUnshown() {
        if (entries.isEmpty() || entries.getLast().shown) {
            return;
        }
        Entry last = entries.getLast();
        UnshownValues.apply(last.instruction, frames.computeIfAbsent(last.frame, _ -> new LinkedHashMap<>()));
    }

    /** The log shows some values, after the last instruction. */
    void values(int inFrame, SequencedMap<String, String> values) {
        frame = inFrame;
        if (!entries.isEmpty()) {
            forgetUnshown();
            entries.getLast().shown = true;
        }
        frames.computeIfAbsent(inFrame, _ -> new LinkedHashMap<>()).putAll(values);
    }

    /** The verifier takes up the branch of the jump at {@code from} that it left aside, with all the values it has there. */
    void branch(int from, int to, int inFrame, SequencedMap<String, String> values) {
        int at = entries.size() - 1;
        while (at >= 0 && (entries.get(at).slot != from || nextSlot(at) == to)) {
            at--;
        }
        if (at >= 0) {
            entries.subList(at + 1, entries.size()).clear();
            Map<Integer, SequencedMap<String, String>> then = entries.get(at).before;
            frames.clear();
            then.forEach((number, state) -> frames.put(number, new LinkedHashMap<>(state)));
        }
        frame = inFrame;
        frames.keySet().removeIf(number -> number > inFrame);
        if (!values.isEmpty()) {
            frames.put(inFrame, new LinkedHashMap<>(values));
        }
        if (!entries.isEmpty()) {
            entries.getLast().shown = true;
        }
    }

    private int nextSlot(int index) {
        return index + 1 < entries.size() ? entries.get(index + 1).slot : -1;
    }

    /** The slot of the last instruction, -1 if there is none. */
    int lastSlot() {
        return entries.isEmpty() ? -1 : entries.getLast().slot;
    }

    /** The path to the last instruction. */
    Rejection.Path path() {
        int omitted = Math.max(0, entries.size() - STEPS_KEPT);
        List<Step> steps = new ArrayList<>();
        for (int i = omitted; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            SequencedMap<String, String> state = entry.before.getOrDefault(entry.frame, new LinkedHashMap<>());
            steps.add(new Step(entry.place, entry.frame, entry.instruction, branchOf(i), sorted(state)));
        }
        return new Rejection.Path(omitted, steps);
    }

    private Step.Branch branchOf(int index) {
        Matcher condition = CONDITION.matcher(entries.get(index).instruction);
        if (!condition.find()) {
            return Step.Branch.NONE;
        }
        int target = entries.get(index).slot
                + 1
                + Integer.parseInt(condition.group(1).replace("+", ""));
        int next = nextSlot(index);
        return next == target ? Step.Branch.TAKEN : Step.Branch.NOT_TAKEN;
    }

    /** Registers first, then the stack from high to low. */
    private static SequencedMap<String, String> sorted(SequencedMap<String, String> state) {
        List<String> names = new ArrayList<>(state.keySet());
        names.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        SequencedMap<String, String> sorted = new LinkedHashMap<>();
        names.forEach(name -> sorted.put(name, state.get(name)));
        return Collections.unmodifiableSequencedMap(sorted);
    }

    private static int rank(String name) {
        return name.startsWith("R")
                ? Integer.parseInt(name.substring(1))
                : 100 - Integer.parseInt(name.substring("fp".length()));
    }
}
