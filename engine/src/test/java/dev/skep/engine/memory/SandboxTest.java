package dev.skep.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private final Sandbox sandbox = Sandbox.open();
    private final AccessCheck check = new AccessCheck(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void allocationsNeverOverlapAndAreZeroWhateverWasThereBefore() {
        Random random = new Random(7);
        List<long[]> live = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            if (!live.isEmpty() && random.nextInt(3) == 0) {
                sandbox.release(live.remove(random.nextInt(live.size()))[0]);
                continue;
            }
            long size = 1L << random.nextInt(19);
            long address = sandbox.allocateAligned(size, 1L << random.nextInt(13), true, "test");
            assertThat(address).isBetween(Sandbox.FIRST, Sandbox.LIMIT - size);
            for (long[] other : live) {
                assertThat(address + size <= other[0] || other[0] + other[1] <= address)
                        .isTrue();
            }
            assertThat(sandbox.getByte(address)).isZero();
            assertThat(sandbox.getByte(address + size - 1)).isZero();
            sandbox.fill(address, size, (byte) -1);
            live.add(new long[] {address, size});
        }
        live.forEach(region -> sandbox.release(region[0]));
        assertThat(sandbox.holeCount()).isEqualTo(1);
    }

    @Test
    void alignmentIsKept() {
        for (int shift = 3; shift < 20; shift++) {
            sandbox.allocate(1, true, "odd");
            assertThat(sandbox.allocateAligned(10, 1L << shift, true, "aligned") % (1L << shift))
                    .isZero();
        }
    }

    @Test
    void manyRegionsAreNoBurden() {
        Assertions.assertThatCode(() -> {
                    List<Long> regions = new ArrayList<>();
                    for (int i = 0; i < 50_000; i++) {
                        regions.add(sandbox.allocate(24, true, "small"));
                    }
                    for (int i = 0; i < regions.size(); i += 2) {
                        sandbox.release(regions.get(i));
                    }
                    for (int i = 0; i < 25_000; i++) {
                        long address = sandbox.allocate(40, true, "larger");
                        assertThat(check.allows(address, 40, true)).isTrue();
                    }
                })
                .doesNotThrowAnyException();
        assertThat(sandbox.holeCount()).isLessThanOrEqualTo(50_001);
    }

    @Test
    void tooMuchIsRefusedWithoutHarm() {
        assertThatThrownBy(() -> sandbox.allocate(1L << 32, true, "huge"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("ENOMEM")
                .hasMessageContaining("huge");
        assertThatThrownBy(() -> sandbox.allocate(1L << 40, 1L << 40, 1L << 40, true, "forged"))
                .isInstanceOf(HostException.class);
        assertThat(sandbox.allocate(3L << 30, true, "large")).isPositive();
    }

    @Test
    void anAccessMustStayInsideOneElement() {
        long values = sandbox.allocate(12, 16, 4, true, "value of map m");
        assertThat(check.allows(values + 16, 12, true)).isTrue();
        assertThat(check.allows(values + 48 + 8, 4, true)).isTrue();
        assertThat(check.allows(values + 8, 8, true)).isFalse();
        assertThat(check.allows(values + 12, 1, true)).isFalse();
        assertThat(check.allows(values + 60, 1, true)).isFalse();
        assertThat(check.explain(values + 24, 8, true))
                .contains("writes 8 bytes")
                .contains("byte 8 of element 1 of value of map m (4 elements of 12 bytes");
    }

    @Test
    void readOnlyRegionsMayOnlyBeRead() {
        long constants = sandbox.allocate(8, false, ".rodata");
        assertThat(check.allows(constants, 8, false)).isTrue();
        assertThat(check.allows(constants, 8, true)).isFalse();
        assertThat(check.explain(constants, 8, true)).contains("inside .rodata").endsWith("read-only");
    }

    @Test
    void aReleasedRegionIsNoLongerAccessible() {
        long region = sandbox.allocate(8, true, "gone");
        assertThat(check.allows(region, 8, true)).isTrue();
        sandbox.release(region);
        assertThat(check.allows(region, 8, true)).isFalse();
        assertThatThrownBy(() -> sandbox.release(region)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void largeRegionsComeBackZeroToo() {
        long region = sandbox.allocate(10 << 20, true, "large");
        sandbox.fill(region, 10 << 20, (byte) 1);
        sandbox.release(region);
        long again = sandbox.allocate(10 << 20, true, "large again");
        assertThat(sandbox.toArray(again, 10 << 20)).containsOnly(0);
    }

    @Test
    void everyAddressIsMasked() {
        long region = sandbox.allocate(16, true, "here");
        sandbox.putLong(0xabcd_0000_0000L + region, 42);
        assertThat(sandbox.getLong(region)).isEqualTo(42);
        assertThat(sandbox.getLong(-1)).isZero();
        assertThatThrownBy(() -> sandbox.fill(region, -1, (byte) 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sandbox.copy(region, region, Sandbox.SIZE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
