package dev.skep.linux.symbol.demangle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.linux.symbol.FunctionSymbol;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CppNamesTest {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/libstdc++.so.6");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            _Z3addii                              | add(int, int)
            _Z4mainv                              | main()
            _ZN2ns5Klass6methodEi                 | ns::Klass::method(int)
            _ZNK3Foo3getEv                        | Foo::get() const
            _ZN3FooC2ERKS_                        | Foo::Foo(Foo const&)
            _ZN3FooD1Ev                           | Foo::~Foo()
            _ZNSt6vectorIiSaIiEE9push_backEOi     | std::vector<int, std::allocator<int> >::push_back(int&&)
            _Z3maxIiET_S0_S0_                     | int max<int>(int, int)
            _Z4callPFviE                          | call(void (*)(int))
            _Z5arrayRA3_Ki                        | array(int const (&) [3])
            _Z6memberM3FooFviE                    | member(void (Foo::*)(int))
            _ZplRK3FooS1_                         | operator+(Foo const&, Foo const&)
            _ZN3FoocvbEv                          | Foo::operator bool()
            _ZTV3Foo                              | vtable for Foo
            _ZThn16_N3Foo3barEv                   | non-virtual thunk to Foo::bar()
            _ZN12_GLOBAL__N_13barEv               | (anonymous namespace)::bar()
            _ZZ4mainENKUliE_clEi                  | main::{lambda(int)#1}::operator()(int) const
            _Z3varIJicEEvDpT_                     | void var<int, char>(int, char)
            _Z3fooi.part.0                        | foo(int) [clone .part.0]
            """)
    void areWhatTheSourceHas(String symbol, String name) {
        assertThat(CppNames.demangle(symbol)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"main", "_Z", "_Z3ad", "_ZN", "_Zzzz", "_Z9999999999a", "_ZSS_", "_Z1fT9_", "_Z1fIXadL_Z1gEEEvv"
            })
    void othersAreLeftAlone(String symbol) {
        assertThat(CppNames.demangle(symbol)).isEmpty();
    }

    /** A differential test over a library that has most of what C++ has. */
    @Test
    @NeedsTool("c++filt")
    void areThoseOfBinutils() {
        assumeTrue(Files.exists(LIBRARY), () -> "there is no " + LIBRARY);
        List<String> symbols = FunctionIndex.read(LIBRARY).functions().stream()
                .map(FunctionSymbol::name)
                .filter(CppNames::isMangled)
                .distinct()
                .toList();
        byte[] input = (String.join("\n", symbols) + "\n").getBytes(StandardCharsets.UTF_8);
        List<String> wanted = Tools.run(List.of("c++filt"), input, null, Duration.ofSeconds(30))
                .stdout()
                .lines()
                .toList();
        List<String> different = new ArrayList<>();
        int unknown = 0;
        for (int i = 0; i < symbols.size(); i++) {
            String found = CppNames.demangle(symbols.get(i)).orElse("");
            if (found.isEmpty()) {
                unknown++;
            } else if (!found.equals(wanted.get(i))) {
                different.add(symbols.get(i) + ": " + found + ", not " + wanted.get(i));
            }
        }
        assertThat(symbols).hasSizeGreaterThan(3000);
        assertThat(different).isEmpty();
        assertThat(unknown).isLessThanOrEqualTo(symbols.size() / 50);
    }
}
