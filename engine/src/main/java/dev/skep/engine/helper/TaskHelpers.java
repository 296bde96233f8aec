package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.memory.Sandbox;
import java.nio.charset.StandardCharsets;

/** The task a program runs in, as the caller set it. */
final class TaskHelpers {
    private TaskHelpers() {}

    static long processAndThread(Execution run, long r1, long r2, long r3, long r4, long r5) {
        TaskContext task = run.task();
        return (long) task.processId() << 32 | (task.threadId() & 0xffff_ffffL);
    }

    static long userAndGroup(Execution run, long r1, long r2, long r3, long r4, long r5) {
        TaskContext task = run.task();
        return (long) task.groupId() << 32 | (task.userId() & 0xffff_ffffL);
    }

    /** Cut to fit with its NUL; the rest of the buffer is zero ({@code strscpy_pad}). */
    static long command(Execution run, long buffer, long size, long r3, long r4, long r5) {
        Sandbox memory = run.sandbox();
        long room = size & 0xffff_ffffL;
        if (room == 0) {
            return 0;
        }
        byte[] name = run.task().command().getBytes(StandardCharsets.UTF_8);
        memory.fill(buffer, room, (byte) 0);
        memory.write(name, 0, buffer, (int) Math.min(name.length, room - 1));
        return 0;
    }

    static long cgroupId(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.task().cgroupId();
    }

    static long task(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.task().task();
    }
}
