package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.tree.Script;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attach points, whose rules are their own. */
class AttachPointTest {
    private static final List<String> ARGUMENTS = List.of("foo", "i:ms:1", "IN");

    private static Script.AttachPoint attachPoint(String text) {
        Script script = ScriptAssert.parsed(text + " { }");
        return ((Script.Probe) script.items().getFirst()).attachPoints().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "kprobe:f => kprobe|f",
                "kprobe : f => kprobe|f",
                "t:sched:sched_* => t|sched|sched_*",
                "uprobe:/bin/bash:\"a::b\" => uprobe|/bin/bash|a::b",
                "uprobe:/a/b-1.2.so:f => uprobe|/a/b-1.2.so|f",
                "uprobe:/with#hash:asdf => uprobe|/with#hash|asdf",
                "uprobe:./test:\"fn.abc\"+0x10 => uprobe|./test|fn.abc+0x10",
                "uprobe:/my/dir+/program:1234abc => uprobe|/my/dir+/program|1234abc",
                "k:[Ss]y[Ss]_read => k|[Ss]y[Ss]_read",
                "kprobe:$1\"here\" => kprobe|foohere",
                "kprobe:\"$1\" => kprobe|$1",
                "uprobe:/$1/bash:aa$1aa => uprobe|/foo/bash|aafooaa",
                "uprobe:$1:$9x => uprobe|foo|x",
                "$2 => i|ms|1",
                "BEG$3 => BEGIN",
                "k:f:: => k|f||",
                "usdt:/my/program:\"\\\"probe\\\"\" => usdt|/my/program|\"probe\"",
            })
    void parts_are_separated_by_colons(String text, String parts) {
        assertThat(String.join("|", attachPoint(text).texts(ARGUMENTS))).isEqualTo(parts);
    }

    @Test
    void an_attach_point_can_have_a_name() {
        Script.AttachPoint named = attachPoint("first=kprobe:f");
        assertThat(named.name()).contains("first");
        assertThat(named.provider()).isEqualTo("kprobe");
    }

    @Test
    void several_have_commas_between() {
        Script script = ScriptAssert.parsed("begin,kprobe:f , /* and */\n uprobe:/bin/sh:foo,t:a:b* /1/ { }");
        assertThat(((Script.Probe) script.items().getFirst()).attachPoints())
                .extracting(Script.AttachPoint::provider)
                .containsExactly("begin", "kprobe", "uprobe", "t");
    }
}
