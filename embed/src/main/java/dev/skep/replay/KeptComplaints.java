package dev.skep.replay;

import dev.skep.trace.plan.Action;
import dev.skep.trace.run.Complaints;
import dev.skep.trace.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is said while a script runs. */
final class KeptComplaints implements Complaints {
    private final List<String> messages = new ArrayList<>();

    List<String> messages() {
        return messages;
    }

    @Override
    public void note(String message) {
        // nothing is wrong
    }

    @Override
    public void warn(String message) {
        messages.add(message);
    }

    @Override
    public void error(String message) {
        messages.add(message);
    }

    @Override
    public void at(Span place, Action.Complaint kind, String message) {
        messages.add(place + ": " + message);
    }

    @Override
    public void helperFailed(Span place, String helper, int errno, long times) {
        messages.add(
                place + ": " + helper + " failed with error " + errno + (times == 1 ? "" : ", " + times + " times"));
    }
}
