package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a script is said with its place, and what was probably meant. */
class ErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN { print(pidd); } | stdin:1:15-19: ERROR: Unknown identifier: 'pidd'",
                "BEGIN { print(pidd); } | HINT: Did you mean 'pid'?",
                "BEGIN { pritnf(\"\"); } | HINT: Did you mean 'printf'?",
                "BEGIN { @x = 1; @x = \"a\"; } | Type mismatch for @x: trying to assign value of type 'string[2]'",
                "BEGIN { $x = 1; $x = \"a\"; } | Type mismatch for $x",
                "BEGIN { print($x); } | Undefined or undeclared variable: $x",
                "BEGIN { print(@x); } | Undefined map: @x",
                "BEGIN { @x = 1; @x[1] = 2; } | used as a map with an explicit key",
                "BEGIN { printf(\"%d\"); } | Not enough arguments for format string (1 expected, 0 found)",
                "BEGIN { printf(\"%d\", comm); } | %d specifier expects a value of type integer (string[16] supplied)",
                "BEGIN { system(\"ls\"); } | system() is an unsafe function being used in safe mode",
                "BEGIN { count(); } | count() must be assigned directly to a map",
                "BEGIN { @ = hist(1, 6); } | hist: bits 6 must be 0..5",
                "BEGIN { @ = lhist(1, 0, 10, 0); } | step must be >= 1",
                "BEGIN { break; } | 'break' statement is not allowed in a probe",
                "BEGIN { $a = (1, 2); print($a.2); } | Invalid tuple index: 2. Found 2 elements in tuple.",
                "BEGIN { print(arg0); } | The arg0 builtin can only be used with",
                "BEGIN { print(1 + comm); } | Type mismatch for '+': comparing int8 with string[16]",
                "BEGIN { $f = (struct nope *)1; } | Cannot resolve unknown type \"struct nope\"",
                "t:sched:sched_swich { } | HINT: Did you mean 'sched_switch'?",
                "bgin { } | HINT: Did you mean 'begin'?",
                "interval:x:1 { } | x is not an accepted unit",
                "macro m(x) { @a += x; 1 } BEGIN { print(m(2)); } | Unhygienic access to map: @a",
                "macro m(x) { x } BEGIN { print(m(1, 2)); } | Expected: 1 but got 2",
                "macro m(x) { x } BEGIN { m(1, 2); } | The closest definition of m() has a different number of arguments. Expected: 1 but got 2",
                "macro m($x) { $x } BEGIN { @a = 1; print(m(@a)); } | Mismatched arg. m() expects a variable for arg $x but got a map.",
                "macro m(x, x) { x } BEGIN { print(1); } | Ident for macro argument has already been used: x",
                "macro m() { return; } BEGIN { m(); } | 'return' statement is not allowed in a macro",
                "macro m() { break; } BEGIN { while (1) { m(); } } | 'break' statement is not allowed in a macro",
                "BEGIN { unroll (2) { continue; } } | 'continue' statement is not allowed",
                "BEGIN { typeinfo(1); } | typeinfo feature is not enabled by default.",
                "config = { unstable_tseries = error } BEGIN { @ = tseries(1, 1s, 2); } | tseries feature is not enabled by default.",
                "config = { max_strlen = 4 } BEGIN { print(\"abcd\"); } | String is too long (over 4 bytes): abcd",
                "config = { log_size = 1 } config = { log_size = 1 } BEGIN { } | duplicate config block",
                "config = { nope = 1 } BEGIN { } | nope: not a known configuration option",
                "config = { stack_mode = nope } BEGIN { } | Invalid value for stack_mode: valid values are bpftrace, raw, perf, and build_id.",
                "BEGIN { $i = 1; for ($i : 0..3) { } } | Loop declaration shadows existing variable: $i",
                "BEGIN { print(getopt(\"a\", 1, \"b\", 2)); } | The 'getopt' function can take a maximum of three arguments",
                "BEGIN { print(getopt(5)); } | First argument to 'getopt' must be a string literal.",
                "BEGIN { print(getopt(\"a\", 1)); print(getopt(\"a\", 2)); } | Command line option 'a' needs to have the same default value in all places it is used. Previous default value: 1",
                "BEGIN { print(strlen(1)); } | string-like values must be either strings, arrays or pointers",
                "BEGIN { print(ustack(-1)); } | ustack: invalid limit value",
                "BEGIN { @a = 1; print(len(@a)); } | call to len() expects a map with explicit keys (non-scalar map)",
                "BEGIN { print(len(1)); } | call to len() expects a map, ustack, or kstack",
                "BEGIN { @a = count(); @a++; } | trying to assign value of type 'uint64' when map already has a type 'count_t'",
                "BEGIN { print(@nope); } | Undefined map: @nope",
                "watchpoint:0x0:8:w { } | watchpoint must be attached to a non-zero address",
                "watchpoint:0x1000:8:rx { } | invalid watchpoint mode: rx",
                "macro m(x) { m(x) } BEGIN { print(m(1)); } | Recursive macro call detected",
                "config = { max_strln = 1 } BEGIN { } | HINT: Did you mean 'max_strlen'?",
                "BEGIN { if (1 > 0) { fail(\"%d is more than %s\", 1, \"0\"); } } | stdin:1:22-56: ERROR: 1 is more than 0",
                "BEGIN { static_assert(1 == 2, \"no\"); } | ERROR: no",
                "BEGIN { static_assert(pid == 2, \"no\"); } | Unable to resolve comptime expression.",
                "BEGIN { fail(\"%d\", pid); } | fail() arguments need to be literals",
                "BEGIN { if (false) { fail(\"%d %s\", false, false); } } | ERROR: 0 false",
                "BEGIN { pton(\"127.0.1\"); } | pton() expects a string argument of an IPv4 or IPv6 address, got 127.0.1",
                "BEGIN { percpu_kaddr(\"nonsense\"); } | Could not resolve variable \"nonsense\" from BTF",
                "fn f(): void { return 1; } BEGIN { } | Function f is of type void, cannot return int8",
                "fn f(): int64 { return; } BEGIN { } | Function f is of type int64, cannot return void",
                "fn f(): int64 { return 5; } BEGIN { } | WARNING: Functions can not be called yet; write a macro",
                "test:a { } bench:a { } bench:a { } | \"a\" was used as the name for more than one BENCH probe",
                "test:a,test:b,test:a { } | stdin:1:1-7: ERROR: this is the other instance",
                "profile:10 { } | Minimum is 1000 or 1us. Found: 10 nanoseconds",
                "w:+arg0:8:rw { } | Invalid function/address argument: invalid integer: +arg0",
                "import \"none.bt\"; BEGIN { } | Unable to find suitable path for import",
                "BEGIN { import \"stdlib\"; } | Import statements that are not at the top level are for the standard library",
                "BEGIN { @ = tseries(1, 1s, 0); } | tseries() num_intervals must be >= 1 (0 provided)",
                "BEGIN { tseries(1, 1s, 5); } | tseries() must be assigned directly to a map",
                "let @a = hsh(5); BEGIN { @a[1] = 1; } | Invalid bpf map type: hsh",
            })
    void anErrorNamesThePlaceAndTheCause(String script, String message) {
        assertThat(Scripts.errors(script)).contains(message);
    }
}
