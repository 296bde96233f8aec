package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the language: which values go where, and what is said if they do not. */
class LanguageRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN { @a = exit(); } | Invalid expression for assignment: void",
                "BEGIN { $a = printf(\"x\"); } | Invalid expression for assignment: void",
                "BEGIN { @[time()] = 1; } | Invalid map key type: void",
                "BEGIN { if (exit()) { } } | Invalid condition: void",
                "BEGIN { $x = pid > 1 ? 3 : cat(\"x\"); } | have 'int8' and 'void'",
                "BEGIN { print(pid > 1 ? kstack(2) : kstack(perf, 2)); } | have 'kstack_bpftrace_2' and 'kstack_perf_2'",
                "BEGIN { $t = (1, exit()); } | A value of type void cannot exist inside a tuple.",
                "BEGIN { @h = hist(1); $t = (1, @h); } | Map type hist_t cannot exist inside a tuple.",
                "BEGIN { @h = hist(1); @[@h] = 1; } | hist_t cannot be part of a map key",
                "BEGIN { @h[1] = stats(1); print(@h[1]); } | cannot print the value of individual keys",
                "BEGIN { @h = hist(1); let $b = @h; } | Value 'hist_t' cannot be assigned to a scratch variable.",
                "BEGIN { @a = count(); @b = @a; } | The function that returns this type must be called directly e.g. `@b = count();`.",
                "BEGIN { @a = count(); @b = @a; } | HINT: Add a cast to integer if you want the value of the aggregate, e.g. `@b = (int64)@a;`.",
                "BEGIN { @a = count(); @a += 5; } | trying to assign value of type 'uint64' when map already has a type 'count_t'",
                "BEGIN { let $a: int64 = 0xffffffffffffffff; } | trying to assign value of type 'uint64' when variable already has a type 'int64'",
                "BEGIN { let $a: uint8 = 1; $a = 300; } | trying to assign value of type 'int16' when variable already has a type 'uint8'",
                "BEGIN { print(1 / 0); } | unable to fold literals due to overflow or underflow",
                "BEGIN { let $a: uint16; $a = -1; } | trying to assign value of type 'int8' when variable already has a type 'uint16'",
                "BEGIN { let $a: sum_t; } | Invalid variable declaration type: sum_t",
                "BEGIN { $a = true; $a = 1; } | trying to assign value of type 'int8' when variable already has a type 'bool'",
                "BEGIN { $a = 5; $a = true; } | trying to assign value of type 'bool' when variable already has a type 'int8'",
                "BEGIN { print(kstack(build_id)); } | 'build_id' stack mode can only be used for ustack",
                "BEGIN { print(ustack(nope)); } | valid values are bpftrace, raw, perf, and build_id",
                "BEGIN { print(~(1 > 0)); } | The ~ operator can not be used on expressions of type 'bool'",
                "BEGIN { @a[true] = 1; @a[1] = 1; } | trying to access with arguments: 'int8' when map expects arguments: 'bool'",
                "BEGIN { print(strstr(\"a\", 1)); } | strstr() only supports string arguments (int provided)",
                "BEGIN { @s[1] = kstack; print(len(@s[1])); } | how many frames a stack has is known only where it is taken",
                "BEGIN { $a = 1; let $a; } | Variable declarations need to occur before variable usage or assignment. Variable: $a",
                "BEGIN { let $a; let $a; } | Variable $a was already declared. Variable shadowing is not allowed.",
                "BEGIN { let $a; $b = &$a; } | No type available for variable $a",
                "BEGIN { $p = (int32 *)0; $p *= 2; } | The * operator can not be used",
                "BEGIN { $p = (int32 *)0; print(!$p); } | The ! operator can not be used on expressions of type 'int32 *'",
                "BEGIN { $p = (void *)0; print($p[1]); } | cannot be used on a pointer to an unsized type",
                "BEGIN { $i = -1; $a = (int8[4])1; print($a[$i]); } | only accepts positive (unsigned) integer indices. Got: int8",
                "BEGIN { $s = \"abc\"; print($s[4]); } | the index 4 is out of bounds for array of size 4",
                "BEGIN { $t = (a=1, b=2); $t = (a=1, b=\"x\"); } | 'record { .a = int8, .b = string[2] }'",
                "BEGIN { exit(\"x\"); } | exit() only supports int arguments (string provided)",
                "BEGIN { time(1); } | time() expects a string literal (int provided)",
                "BEGIN { strncmp(\"a\", \"b\", -1); } | need non-negative literal",
                "BEGIN { $n = 1; @ = hist(1, $n); } | hist() expects a int literal (int provided)",
                "BEGIN { @ = lhist(1, -1, 10, 1); } | lhist: invalid min value (must be non-negative literal)",
                "BEGIN { print(pid(xxx)); } | Invalid PID namespace mode: xxx (expects: curr_ns or init)",
                "BEGIN { print(strftime(\"%H\", nsecs(monotonic))); } | strftime() can not take a monotonic timestamp",
                "BEGIN { return \"tomato\"; } | Probe return values can only be integers. Found string",
                "BEGIN { print(path(1)); } | path can not be used with \"begin\" probes",
                "k:vfs_read { socket_cookie(arg0); } | socket_cookie can not be used with \"kprobe\" probes",
                "BEGIN { comptime (pid + 1); } | Unable to resolve comptime expression.",
                "BEGIN { print(sizeof({ @a = 1; 1 })); } | Map assignments are not allowed",
                "enum e { A = 1 } BEGIN { print((enum e)3); } | Enum: e doesn't contain a variant value of 3",
                "BEGIN { print((enum nope)1); } | Unknown enum: nope",
                "struct s { int a; } BEGIN { print((int32)*(struct s *)0); } | Cannot cast from struct type \"struct s\"",
                "BEGIN { $a = (string[2])\"hello\"; } | Cannot cast from \"string[6]\" to \"string[2]\"",
                "let @a = percpuhash(2); BEGIN { @a[1] = 1; } | Type from declaration: percpuhash. Type from value/key type: hash",
                "let @a = hash(2); BEGIN { @a[1] = count(); } | Type from declaration: hash. Type from value/key type: percpuhash",
                "BEGIN { @a = 1; delete(@a, 2); } | call to delete() with two arguments expects a map with explicit keys",
                "BEGIN { @a[1] = 1; $v = \"x\"; find(@a, 1, $v); } | Type mismatch for $v",
                "BEGIN { for ($i : \"a\"..5) { } } | Loop range requires an integer for the start value",
                "BEGIN { debugf(\"%d %d %d %d\", 1, 1, 1, 1); } | cannot use more than 3 conversion specifiers",
            })
    void whatDoesNotGoTogetherIsRefused(String script, String message) {
        assertThat(Scripts.errors(script)).contains("ERROR: ").contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BEGIN { @a = 1; @a; } | Return value discarded.",
                "BEGIN { @s = stats(1); print(@s, 2); } | print()'s top and div arguments are ignored when used on stats() maps.",
                "BEGIN { @a = 1; unroll(2) { print(@a); } } | using 'print()' in a loop",
                "BEGIN { $a = (int8 *)1; $b = (int16 *)2; print($a == $b); } | comparison of distinct pointer types: int8, int16",
                "BEGIN { @a = -1; @b = @a / 2; } | signed operands for '/'",
                "BEGIN { @a = (uint64)1; @a = -1; } | Expression of type: uint64 being cast to type: int64.",
                "BEGIN { $a = nsecs; $b = (int32)1; print($a < $b); } | Expression of type: uint64 being cast to type: int64.",
                "let @a = hash(2); BEGIN { print(1); } | Unused map: @a",
            })
    void whatIsProbablyNotMeantIsAWarning(String script, String message) {
        assertThat(Scripts.errors(script))
                .contains("WARNING: ")
                .contains(message)
                .doesNotContain("ERROR: ");
    }
}
