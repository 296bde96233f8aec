package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerfMapTest {
    @Test
    void codeIsFoundByItsStartAndSize() {
        PerfMap map = PerfMap.read("7f0010 20 void Main.run(int)\n0x7f0100 0x10 stub\nbroken\n7f02zz 10 bad\n");
        assertThat(map.find(0x7f0010)).contains(new AddressedName("void Main.run(int)", 0, "perf map"));
        assertThat(map.find(0x7f002f)).contains(new AddressedName("void Main.run(int)", 0x1f, "perf map"));
        assertThat(map.find(0x7f0030)).isEmpty();
        assertThat(map.find(0x7f0108)).contains(new AddressedName("stub", 8, "perf map"));
        assertThat(map.find(0x10)).isEmpty();
    }
}
