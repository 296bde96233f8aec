package dev.skep.linux.usdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.usdt.ArgumentPlace.Constant;
import dev.skep.linux.usdt.ArgumentPlace.IndexedMemory;
import dev.skep.linux.usdt.ArgumentPlace.Memory;
import dev.skep.linux.usdt.ArgumentPlace.Register;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where notes say that arguments are. */
class ArgumentSyntaxTest {
    private static final Location HERE = Location.in("a.out (probe p:n)");

    @Provide
    static Arbitrary<List<UsdtArgument>> x86() {
        Arbitrary<Registers.Part> register = register(true);
        Arbitrary<ArgumentPlace> indexed = Combinators.combine(
                        register, register, Arbitraries.of(1, 2, 4, 8), Arbitraries.longs())
                .as(IndexedMemory::new);
        return arguments(Arbitraries.oneOf(simple(register), indexed));
    }

    @Provide
    static Arbitrary<List<UsdtArgument>> aarch64() {
        return arguments(simple(register(false)));
    }

    private static Arbitrary<Registers.Part> register(boolean x86) {
        List<Registers.Part> all = new ArrayList<>(Registers.all(x86).values());
        all.sort(Comparator.comparing(Registers.Part::name));
        return Arbitraries.of(all);
    }

    private static Arbitrary<ArgumentPlace> simple(Arbitrary<Registers.Part> register) {
        return Arbitraries.oneOf(
                Arbitraries.longs().map(Constant::new),
                register.map(Register::new),
                Combinators.combine(register, Arbitraries.longs()).as(Memory::new));
    }

    private static Arbitrary<List<UsdtArgument>> arguments(Arbitrary<ArgumentPlace> place) {
        return Combinators.combine(Arbitraries.of(1, 2, 4, 8), Arbitraries.of(true, false), place)
                .as(UsdtArgument::new)
                .list()
                .ofMaxSize(12);
    }

    @Property
    void whatIsPrintedForX86IsReadBackTheSame(@ForAll("x86") List<UsdtArgument> arguments) {
        assertThat(ArgumentSyntax.X86_64.parse(ArgumentSyntax.X86_64.print(arguments), HERE))
                .isEqualTo(arguments);
    }

    @Property
    void whatIsPrintedForAarch64IsReadBackTheSame(@ForAll("aarch64") List<UsdtArgument> arguments) {
        assertThat(ArgumentSyntax.AARCH64.parse(ArgumentSyntax.AARCH64.print(arguments), HERE))
                .isEqualTo(arguments);
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        for (ArgumentSyntax syntax : List.of(ArgumentSyntax.X86_64, ArgumentSyntax.AARCH64)) {
            try {
                assertThat(syntax.parse(text, HERE)).isNotNull();
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("probe p:n");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            8@%rdi                     => 8@%rdi
            -4@%eax 1@%dil 2@%r14w     => -4@%eax 1@%dil 2@%r14w
            -4@$-1 4@$0x10             => -4@$-1 4@$16
            8@-64(%rbp)                => 8@-64(%rbp)
            8@(%rsp)                   => 8@0(%rsp)
            1@-96(%rbp,%rax,8)         => 1@-96(%rbp,%rax,8)
            1@( %rbp, %rax )           => 1@0(%rbp,%rax,1)
            1@%ah                      => 1@%ah
            """)
    void x86OperandsAreRead(String text, String same) {
        assertThat(ArgumentSyntax.X86_64.print(ArgumentSyntax.X86_64.parse(text, HERE)))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
            8@x0 -4@w3                 => 8@x0 -4@w3
            -4@-1 4@5                  => -4@-1 4@5
            8@[sp, 12] 8@[x29,-8]      => 8@[sp, 12] 8@[x29, -8]
            4@[sp]                     => 4@[sp, 0]
            8@[x1, #16]                => 8@[x1, 16]
            """)
    void aarch64OperandsAreRead(String text, String same) {
        assertThat(ArgumentSyntax.AARCH64.print(ArgumentSyntax.AARCH64.parse(text, HERE)))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8@%xmm0",
                "8f@%rax",
                "4@counter(%rip)",
                "8@%eflags",
                "3@%rax",
                "8@",
                "8@$x",
                "8@1(%rax,%rbx,3)",
                "%rax",
                "8@%rax,8@%rbx",
                "8@$99999999999999999999",
                "8@(%rax"
            })
    void whatNoProgramCanFetchIsRefusedByName(String operand) {
        assertThatThrownBy(() -> ArgumentSyntax.X86_64.parse("4@%eax " + operand, HERE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("argument 1");
    }

    @Test
    void aByteInTheMiddleOfARegisterLiesOneFurther() {
        assertThat(Registers.x86("ah").orElseThrow().offset())
                .isEqualTo(Registers.x86("rax").orElseThrow().offset() + 1);
    }
}
