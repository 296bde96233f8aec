package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.plan.TracePlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of scripts are such that the verifier takes them. */
class TraceCompilerTest {
    private static final String FOO =
            "enum kind { SMALL, LARGE = 7 }; struct foo { int a; char name[12]; struct foo *next;"
                    + " unsigned bits : 3; int many[4]; };\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { printf(\"hello\\n\"); exit(); }",
                "BEGIN { @a = 1; @b[1] = 2; @c[1, \"x\"] = 3; print(@a); clear(@b); zero(@c); }",
                "interval:s:1 { @ = count(); @a[1] = 1; }",
                "interval:s:1 { @s[pid, comm] = sum(cpu); @m = min(nsecs); @x[tid] = max(cpu); }",
                "interval:s:1 { @a = avg(nsecs); @b[comm] = stats(rand); }",
                "interval:s:1 { @h = hist(nsecs); @g[pid] = hist(nsecs, 3); @l = lhist(rand % 10, 0, 10, 1); }",
                "profile:hz:99 { @[kstack] = count(); @u[ustack(5)] = count(); }",
                "t:syscalls:sys_enter_openat /comm == \"bash\"/ { printf(\"%d %s %s\\n\", pid, comm, str(args.filename)); }",
                "t:syscalls:sys_enter_openat { @[str(args.filename)] = count(); }",
                "t:syscalls:sys_enter_openat /str(args.filename) == \"/etc/passwd\"/ { @opened++; }",
                "t:sched:sched_switch { @[args.prev_comm, args.prev_pid]++; }",
                "rt:sys_enter { @[arg1] = count(); }",
                "k:vfs_read { @start[tid] = nsecs; } kr:vfs_read /@start[tid]/ {"
                        + " @ns = hist(nsecs - @start[tid]); delete(@start, tid); }",
                "BEGIN { $i = 0; while ($i < 10) { if ($i == 5) { break; } $i++; } print($i); }",
                "BEGIN { for ($i : 0..10) { if ($i % 2 == 0) { continue; } @sum += $i; } }",
                "BEGIN { unroll(3) { @n++; } }",
                "BEGIN { $a = (1, \"two\", 3); print($a.1); print($a); @t = $a; @k[$a] = 1; }",
                "BEGIN { $s = \"abc\"; if ($s == \"abc\" && $s != comm) { print(\"same\"); } }",
                "BEGIN { $x = rand; $y = $x > 5 ? $x : 1; print($y); @[$x > 2] = $x << 3; }",
                "BEGIN { @a[1] = \"one\"; @a[2] = \"three\"; $s = @a[1]; print($s); print(@a[2]); }",
                "BEGIN { @ = count(); if (@ > 5) { printf(\"%d\", (int64)@); } }",
                "BEGIN { printf(\"%s %s\", strftime(\"%H\", nsecs), ksym(0)); time(); print((1, nsecs)); }",
                "BEGIN { @x = (int8)300; @y = (uint64)-1; print(@x); print(!@y); }",
                "BEGIN { let $a; if (rand > 1) { $a = \"yes\" } print($a); }",
                FOO
                        + "k:vfs_read { $f = (struct foo *)arg0; printf(\"%d %s %d\", $f->a, $f->name, $f.next->next.bits); }",
                FOO + "k:vfs_read { $f = *(struct foo *)arg0; @[$f.a] = $f.many[2]; @k = ((struct foo *)arg1)->next; }",
                FOO
                        + "k:vfs_read { print(*(struct foo *)arg0); print(sizeof(struct foo)); print(offsetof(struct foo, next)); }",
                FOO
                        + "k:vfs_read { $k = (enum kind)7; if ($k == LARGE) { printf(\"%s %d\", $k, SMALL); } @[$k] = count(); }",
                "t:syscalls:sys_enter_openat { print(args); $p = (uint64 *)args.filename; print($p[3]); print(*$p); }",
                "k:vfs_read { print(buf(arg0, 8)); print(str(arg0, 4)); @b[buf(arg0, 8)] = 1; }",
                "BEGIN { $a = (uint8[8])12345; print($a[0]); print((uint64)$a); $r = (x=1, y=\"b\"); print($r.y); }",
                "macro add_one(x) { x + 1 } macro twice($v, @m) { $v += 1; @m += $v; }"
                        + " BEGIN { $v = 5; @m = 0; print(add_one($v)); twice($v, @m); print(add_one(add_one(1))); }",
                "config = { max_strlen = 64; stack_mode = perf } let @a = lruhash(10); BEGIN { @a[1] = str(0); @[kstack] = 1; }",
                "BEGIN { printf(\"%s %d\", str($1), $#); print(getopt(\"x\", 5, \"how many\")); if (getopt(\"y\")) { exit(1); } }",
                "BEGIN { if (is_str(1)) { $x = nothing.at.all; } else { print(sizeof(uint32)); } }",
                "BEGIN { @a[1] = 2; @sum = 0; for ($kv : @a) { @sum += $kv.1; if ($kv.0 == 3) { break; } print($kv); } }",
                "BEGIN { $n = 0; $s = \"a\"; @a[1, \"x\"] = \"yes\"; for ($kv : @a) { $n++; print(($kv.0.1, $kv.1, $s)); } print($n); }",
                "k:vfs_read { @c[pid] = count(); for ($kv : @c) { if ($kv.1 > arg0) { return; } continue; } print(1); }",
                "BEGIN { @a[1] = 1; @b[2] = 2; for ($x : @a) { for ($y : @b) { print(($x.0, $y.1)); exit(); } } }",
                "BEGIN { print(strlen(comm)); print(strncmp(comm, \"java\", 4)); print(strcontains(comm, \"ja\")); }",
                "k:vfs_read { $s = str(arg1, 64); print(strstr($s, \"etc\")); print(strlen($s)); }",
                "k:vfs_read { print(ntop(arg0)); print(ntop(pton(\"::1\"))); print(macaddr(arg1)); print(len(@m)); @m[1] = 1; }",
                "t:syscalls:sys_enter_openat { join(args.filename); @[AF_INET6] = EINVAL; }",
                "BEGIN { $a = (x=1, y=\"one\"); $a = (y=\"three\", x=300); print($a); @k[(b=2, a=1)] = 1; @k[(a=5, b=700)] = 2; }",
                "BEGIN { @x = 1; @x = -1; @y = (uint8)200; @y = 70000; print(@x); print(@y); }",
                "config = { unstable_typeinfo = enable } BEGIN { $x = 1; if comptime (typeinfo($x) == typeinfo(\"abc\")) { $x = \"foo\"; } else { $x = 2; } print($x); }",
                "BEGIN { @a[1] = 1; if (comptime is_scalar(@a)) { @a = 1; } print(@a); }",
                "BEGIN { @a = tseries(rand, 1s, 5); @b[pid] = tseries(rand, 100ms, 3, \"max\"); }",
                "BEGIN { @a = tseries(-1, 1s, 5, \"avg\"); @b = tseries(1, 1s, 5, \"sum\"); @c = tseries(1, 1s, 5, \"min\"); }",
                "BEGIN { @a[1] = 7; let $v; if (find(@a, 1, $v)) { print($v); } @s[1] = \"x\"; let $t; print(find(@s, 2, $t)); print($t); }",
                "BEGIN { @c[pid] = count(); $n = (uint64)0; if (find(@c, pid, $n)) { print($n); } }",
                "BEGIN { debugf(\"%d %s\", pid, comm); debugf(\"hi\"); }",
                "BEGIN { assert(pid > 0, \"no process\"); static_assert(sizeof(uint32) == 4, \"size\"); print(__builtin_cpu); }",
                "macro m($x, y) { 1 } macro m(x, $y) { 2 } macro m(x, y) { 3 } BEGIN { $a = 1; print((m($a, 1), m(1, $a), m(1, 1))); }",
                "macro m() { $x } BEGIN { $x = 1; print(m()); }",
                "struct a { int b; int c; } macro m(t, f) { (t *)offsetof(t, f) } BEGIN { print(1); }",
                "BEGIN { let $p: int32 *; $p = (int64 *)8; let $q: void *; $q = $p; print(($p, $q)); }",
                "BEGIN { let $a: uint64 = 0xffffffffffffffff; print($a); }",
                "let @m = hash(10) Begin { @m[1] = 1; }",
                "BEGIN { $x = 1 ? 2 : \"a\"; print($x); }",
                "BEGIN { print(\"a\" + \"bc\"); print(\"a\" < \"b\"); }",
                "BEGIN { if (@nope) { print(1); } @a = @b + 1; @c[1] = 2; print(@c[@d]); _ = @e; }",
                "enum e { A } enum f { B } BEGIN { $x = A; $x = B; @x = A; @x = B; print($x); }",
                "config = { max_strlen = \"100\"; cpp_demangle = 2; str_trunc_trailer = x } BEGIN { print(str(comm)); }",
                "config = { unstable_typeinfo = enable } BEGIN { print(typeinfo(pid)); $t = typeinfo(\"abc\"); print($t.full_type); }",
                "BEGIN { @a = 1; @b[1] = 2; $x = &@a; $y = &@b; print($x == $y); }",
                "BEGIN { let $x: typeof(@k) = 5; @k[(uint32)1] = 1; print($x); }",
                "fn f($a: int64, $b: typeof($a)): int64 { @n += $a; return $b; } BEGIN { print(1); }",
                "BEGIN { $s = (string[10])\"hello\"; $b = (int8[6])\"hello\"; print($s); print($b[0]); printf(\"%s %s\", 1, (1, 2)); }",
                "usdt:/bin/app:tick { printf(\"%d %s\", arg0, str(arg1)); }",
            })
    void aScriptsProgramsAreVerified(String script) {
        TracePlan plan = Scripts.verified(script);
        assertThat(plan.probes()).isNotEmpty();
    }
}
