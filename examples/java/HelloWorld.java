import dev.skep.lang.Log;
import dev.skep.lang.context.TracepointRecord;
import dev.skep.lang.program.Tracepoint;

/** Says hello whenever a program is started. */
public final class HelloWorld {
    private HelloWorld() {}

    @Tracepoint("syscalls/sys_enter_execve")
    static int hello(TracepointRecord record) {
        Log.printf("Hello, world!");
        return 0;
    }
}
