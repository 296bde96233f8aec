package dev.skep.linux.usdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that programs compiled with usdt.bpf.h expect: by hand from its structs. */
class UsdtSpecLayoutTest {
    private static final Location HERE = Location.in("probe");

    private static String hex(UsdtSpecLayout layout, String arguments, int from, int to) {
        byte[] spec = layout.encode(ArgumentSyntax.X86_64.parse(arguments, HERE), 0x1122, HERE);
        return HexFormat.of().formatHex(Arrays.copyOfRange(spec, from, to));
    }

    @Test
    void theLayoutUpToVersion16() {
        UsdtSpecLayout old = UsdtSpecLayout.WITHOUT_INDEX;
        assertThat(old.size()).isEqualTo(208);
        // val_off, arg_type, reg_off, arg_signed, arg_bitshift
        assertThat(hex(old, "-4@$-5", 0, 16)).isEqualTo("fbffffffffffffff" + "00000000" + "0000" + "01" + "20");
        assertThat(hex(old, "1@%dil", 0, 16)).isEqualTo("0000000000000000" + "01000000" + "7000" + "00" + "38");
        assertThat(hex(old, "8@-8(%rbp)", 0, 16)).isEqualTo("f8ffffffffffffff" + "02000000" + "2000" + "00" + "00");
        assertThat(hex(old, "8@%rax 8@%rax", 192, 208)).isEqualTo("2211000000000000" + "0200" + "000000000000");
    }

    @Test
    void theLayoutSinceVersion17() {
        UsdtSpecLayout recent = UsdtSpecLayout.WITH_INDEX;
        assertThat(recent.size()).isEqualTo(304);
        // val_off, arg_type, -, idx_reg_off and scale_bitshift, -, reg_off, arg_signed, arg_bitshift, padding
        assertThat(hex(recent, "-2@16(%rbx,%rax,8)", 0, 24))
                .isEqualTo("1000000000000000" + "03" + "00" + "5030" + "0000" + "2800" + "01" + "30" + "000000000000");
        assertThat(hex(recent, "4@%eax", 288, 304)).isEqualTo("2211000000000000" + "0100" + "000000000000");
    }

    @Test
    void theTwoAreToldApartByTheirSize() {
        assertThat(UsdtSpecLayout.ofSize(208)).contains(UsdtSpecLayout.WITHOUT_INDEX);
        assertThat(UsdtSpecLayout.ofSize(304)).contains(UsdtSpecLayout.WITH_INDEX);
        assertThat(UsdtSpecLayout.ofSize(8)).isEmpty();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> hex(UsdtSpecLayout.WITHOUT_INDEX, "4@(%rbx,%rax,4)", 0, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("libbpf 1.7");
        List<String> thirteen = Collections.nCopies(13, "8@%rax");
        assertThatThrownBy(() -> hex(UsdtSpecLayout.WITH_INDEX, String.join(" ", thirteen), 0, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("13 arguments");
    }
}
