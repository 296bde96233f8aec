package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a script, and what is none. */
class ParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { exit() }",
                "begin,end{exit();}",
                "kprobe:vfs_read /pid == 1/ { @[comm] = count(); }",
                "BEGIN/1/{ }",
                "kprobe:f /100/25/ { 1; }",
                "uprobe:/bin/bash:readline, u:./test:\"A::f\"+0x10 { 1 }",
                "uprobe:libssl.so.3:SSL_write { }",
                "named=interval:s:1 { }",
                "k:[Ss]ys_* { @x = cpu*retval }",
                "t:xhci-hcd:* { }",
                "begin { let $x: uint8 = 1; let $y; let $z: struct foo * = 0; }",
                "begin { if pid { } else if (tid > 1) { } else { } }",
                "begin { while !$a { break; } for $i : 0..10 { continue } for ($kv : @m) { return } unroll(3) { return 1; } }",
                "begin { $x = { $a = 1; $a }; $y = if (1) { 2 } else { 3 }; }",
                "begin { @x[1, \"a\"] += 1; @x++; --$y; $z = @y[1][2].3->field; }",
                "begin { $t = (1, (2,), (), (a=1, b=(c=2))); $u = (struct a *)arg0; $v = (uint8[8])12; $w = (x)*2 }",
                "begin { { 1 } { exit() }; if (1) { 2 }; }",
                "begin { _ = has_key(@a, 1); $x = sizeof(int32) + sizeof($y) + offsetof(struct a, b.c); }",
                "begin { comptime if (1) { } if comptime (typeinfo($x).0 == \"int\") { } $a = comptime (1 + 2); }",
                "macro one() { 1 } macro add($a, @b, c) { $a += c; @b } begin { print(one) }",
                "import \"stdlib/foo\"; config = { a = 5; b = perf; c = \"x\"; d = true } let @a = hash(100); begin { }",
                "#!/usr/bin/env bpftrace\n#include <linux/fs.h>\n#define A 1\nstruct a { int b[4]; };\nenum e { X }\nbegin { }",
                "struct a { int b; } __attribute__((packed));\ntypedef struct { int x; } t;\nBEGIN { }",
                "fn f($a: uint8, $b: struct x): void { return; }",
                "begin { $x = true ? 1 : 0 ? 2 : 3; }",
                "begin { $x = (a::b *)1; $y = (struct a::b)2 }",
                "begin { &$x; &@y[1]; *$z; -~!1; }",
            })
    void scripts_are_accepted(String script) {
        assertThat(ScriptAssert.said(script)).as(script).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin { ; }",
                "begin { $x = 1;; }",
                "begin { exit() };",
                "begin { exit() print(1) }",
                "begin { print(1,) }",
                "begin { $x = (,) }",
                "begin { if (1) exit(); }",
                "begin { 5++ }",
                "begin { $x = ++5 }",
                "begin { x++ }",
                "begin { $x.1 = 2 }",
                "begin { (1, 2) = 3 }",
                "begin { x = 2 }",
                "begin { $x = { $y = 1; } }",
                "begin { for ($i : 1+1..10) { } }",
                "begin { for ($i : 0...10) { } }",
                "begin { for ($i : 0..) { } }",
                "begin { for (@k : @m) { } }",
                "begin { $x: int8; }",
                "begin { print(089) }",
                "begin { print(12e4) }",
                "begin { print(1e21) }",
                "begin { print(5e-9) }",
                "begin { print(1_) }",
                "begin { \"a\\q\" }",
                "begin { \"a }",
                "begin { $0 }",
                "begin { /* }",
                "begin {",
                "begin",
                "kprobe:$0 { }",
                "kprobe:f/pid==1/{ }",
                "begin { } struct a { int x; }",
                "begin { } config = { a = 1 }",
                "config = { a = 1 b = 2 } begin { }",
                "config { a = 1 } begin { }",
                "import foo; begin { }",
                "let @a = hash(); begin { }",
                "struct a { begin { }",
                "begin { offsetof(struct a, b->c) }",
                "fn f(): nonexistent { }",
                "begin { let @x = 1 }",
                "begin { ` }",
            })
    void others_are_errors(String script) {
        assertThat(ScriptAssert.errors(script)).as(script).isNotEmpty();
    }
}
