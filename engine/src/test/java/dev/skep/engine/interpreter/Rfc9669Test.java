package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineOptions;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9669, group by group: what every instruction does, at the edges where implementations go wrong. Each program's r0 must be as
 * said, from both backends, in checked mode and in the fast one.
 */
class Rfc9669Test {
    /** What the programs get in r1: sixteen bytes. */
    private static final byte[] MEMORY = HexFormat.of().parseHex("8182838485868788f1f2f3f4f5f6f7f8");

    private static void check(String code, String expected) {
        long wanted = Long.parseUnsignedLong(expected.substring(2), 16);
        for (EngineOptions options : RawPrograms.WAYS_TO_RUN) {
            assertThat(Long.toHexString(RawPrograms.run(options, code + "; exit", MEMORY)))
                    .as("%s (%s, checked: %s)", code, options.backend(), options.checked())
                    .isEqualTo(Long.toHexString(wanted));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 1; r0 += -2                                  => 0xffffffffffffffff
            r0 = 1; r2 = 2; r0 -= r2                          => 0xffffffffffffffff
            r0 = 0x7fffffffffffffff ll; r0 += 1               => 0x8000000000000000
            r0 = 0x0f0f; r0 |= -0x10000                       => 0xffffffffffff0f0f
            r0 = -1; r0 &= 0x7fffffff                         => 0x7fffffff
            r0 = -1; r0 &= -2                                 => 0xfffffffffffffffe
            r0 = 0x1111222233334444 ll; r0 ^= -1              => 0xeeeeddddccccbbbb
            r0 = 1; r0 <<= 63                                 => 0x8000000000000000
            r0 = 1; r2 = 64; r0 <<= r2                        => 0x1
            r0 = 1; r2 = 65; r0 <<= r2                        => 0x2
            r0 = -1; r0 >>= 63                                => 0x1
            r0 = -1; r2 = 127; r0 >>= r2                      => 0x1
            r0 = -8; r0 s>>= 2                                => 0xfffffffffffffffe
            r0 = -8; r2 = 66; r0 s>>= r2                      => 0xfffffffffffffffe
            r0 = 5; r0 = -r0                                  => 0xfffffffffffffffb
            r0 = 0x8000000000000000 ll; r0 = -r0              => 0x8000000000000000
            r0 = -1                                           => 0xffffffffffffffff
            r2 = -2; r0 = r2                                  => 0xfffffffffffffffe
            r0 = 0x123456789abcdef0 ll                        => 0x123456789abcdef0
            r0 = 0xffffffff ll                                => 0xffffffff
            r2 = 0x80; r0 = (s8)r2                            => 0xffffffffffffff80
            r2 = 0x17f; r0 = (s8)r2                           => 0x7f
            r2 = 0x8000; r0 = (s16)r2                         => 0xffffffffffff8000
            r2 = 0x180000000 ll; r0 = (s32)r2                 => 0xffffffff80000000
            """)
    void base64Arithmetic(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = -1; w0 += 1                                  => 0x0
            r0 = -1; w0 += 0                                  => 0xffffffff
            r0 = 0; w0 -= 1                                   => 0xffffffff
            r0 = 0; r2 = 1; w0 -= w2                          => 0xffffffff
            r0 = -1; w0 |= 0                                  => 0xffffffff
            r0 = -1; w0 &= -1                                 => 0xffffffff
            r0 = -1; w0 ^= 1                                  => 0xfffffffe
            r0 = 1; w0 <<= 31                                 => 0x80000000
            r0 = 1; r2 = 32; w0 <<= w2                        => 0x1
            r0 = 1; r2 = 33; w0 <<= w2                        => 0x2
            r0 = -1; w0 >>= 31                                => 0x1
            r0 = 0x1ffffffff ll; r2 = 63; w0 >>= w2           => 0x1
            r0 = 0x80000000 ll; w0 s>>= 31                    => 0xffffffff
            r0 = 0x80000000 ll; r2 = 32; w0 s>>= w2           => 0x80000000
            r0 = 5; w0 = -w0                                  => 0xfffffffb
            r0 = 0x80000000 ll; w0 = -w0                      => 0x80000000
            w0 = -1                                           => 0xffffffff
            r2 = -2; w0 = w2                                  => 0xfffffffe
            r2 = 0x80; w0 = (s8)w2                            => 0xffffff80
            r2 = 0x8000; w0 = (s16)w2                         => 0xffff8000
            """)
    void base32Arithmetic(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 0x1122334455667788 ll; r0 = be16 r0          => 0x8877
            r0 = 0x1122334455667788 ll; r0 = be32 r0          => 0x88776655
            r0 = 0x1122334455667788 ll; r0 = be64 r0          => 0x8877665544332211
            r0 = 0x1122334455667788 ll; r0 = le16 r0          => 0x7788
            r0 = 0x1122334455667788 ll; r0 = le32 r0          => 0x55667788
            r0 = 0x1122334455667788 ll; r0 = le64 r0          => 0x1122334455667788
            r0 = 0x1122334455667788 ll; r0 = bswap16 r0       => 0x8877
            r0 = 0x1122334455667788 ll; r0 = bswap32 r0       => 0x88776655
            r0 = 0x1122334455667788 ll; r0 = bswap64 r0       => 0x8877665544332211
            """)
    void byteSwaps(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 0x100000000 ll; r0 *= -1                     => 0xffffffff00000000
            r0 = 7; r2 = 6; r0 *= r2                          => 0x2a
            r0 = -1; r0 /= 2                                  => 0x7fffffffffffffff
            r0 = 10; r0 /= -1                                 => 0x0
            r0 = -1; r0 /= -1                                 => 0x1
            r0 = 10; r2 = 0; r0 /= r2                         => 0x0
            r0 = -1; r0 %= 10                                 => 0x5
            r0 = 10; r0 %= -1                                 => 0xa
            r0 = -5; r2 = 0; r0 %= r2                         => 0xfffffffffffffffb
            r0 = -13; r0 s/= 4                                => 0xfffffffffffffffd
            r0 = -13; r0 s%= 4                                => 0xffffffffffffffff
            r0 = 13; r2 = -4; r0 s%= r2                       => 0x1
            r0 = 13; r2 = 0; r0 s/= r2                        => 0x0
            r0 = -13; r2 = 0; r0 s%= r2                       => 0xfffffffffffffff3
            r0 = 0x8000000000000000 ll; r0 s/= -1             => 0x8000000000000000
            r0 = 0x8000000000000000 ll; r0 s%= -1             => 0x0
            """)
    void divmul64(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 0x80000001 ll; w0 *= 2                       => 0x2
            r0 = -1; r2 = -1; w0 *= w2                        => 0x1
            r0 = -1; w0 /= 2                                  => 0x7fffffff
            r0 = 0x100000004 ll; w0 /= 2                      => 0x2
            r0 = -1; r2 = 0x100000000 ll; w0 /= w2            => 0x0
            r0 = 0x100000007 ll; w0 %= 4                      => 0x3
            r0 = -1; r2 = 0x100000000 ll; w0 %= w2            => 0xffffffff
            r0 = -13; w0 s/= 4                                => 0xfffffffd
            r0 = -13; w0 s%= 4                                => 0xffffffff
            r0 = 0x80000000 ll; w0 s/= -1                     => 0x80000000
            r0 = 0x80000000 ll; w0 s%= -1                     => 0x0
            r0 = -13; r2 = 0x100000000 ll; w0 s/= w2          => 0x0
            r0 = -13; r2 = 0x100000000 ll; w0 s%= w2          => 0xfffffff3
            """)
    void divmul32(String code, String expected) {
        check(code, expected);
    }

    /** Programs that give 1 if the jump is taken and 0 if not. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r2 = -1; if r2 == -1 goto +1                      => 0x1
            r2 = 0xffffffff ll; if r2 == -1 goto +1           => 0x0
            r2 = 0xffffffff ll; if w2 == -1 goto +1           => 0x1
            r2 = 1; if r2 != 1 goto +1                        => 0x0
            r2 = 0x100000001 ll; if w2 != 1 goto +1           => 0x0
            r2 = 0x100000001 ll; if r2 != 1 goto +1           => 0x1
            r2 = -1; if r2 > 5 goto +1                        => 0x1
            r2 = 5; if r2 > -1 goto +1                        => 0x0
            r2 = 5; if r2 > 5 goto +1                         => 0x0
            r2 = 5; if r2 >= 5 goto +1                        => 0x1
            r2 = 5; if r2 < -1 goto +1                        => 0x1
            r2 = 5; if r2 < 5 goto +1                         => 0x0
            r2 = 5; if r2 <= 5 goto +1                        => 0x1
            r2 = -1; if r2 s> 5 goto +1                       => 0x0
            r2 = 5; if r2 s> -1 goto +1                       => 0x1
            r2 = -1; if r2 s>= -1 goto +1                     => 0x1
            r2 = -2; if r2 s< -1 goto +1                      => 0x1
            r2 = -1; if r2 s<= -2 goto +1                     => 0x0
            r2 = 6; if r2 & 2 goto +1                         => 0x1
            r2 = 6; if r2 & 1 goto +1                         => 0x0
            r2 = 0x8000000000000000 ll; if r2 & -0x80000000 goto +1 => 0x1
            r2 = 0x8000000000000000 ll; if w2 & -0x80000000 goto +1 => 0x0
            r2 = 0x80000000 ll; if w2 s< 0 goto +1            => 0x1
            r2 = 0x80000000 ll; if r2 s< 0 goto +1            => 0x0
            r2 = 0x80000000 ll; if w2 > 1 goto +1             => 0x1
            r2 = 1; r3 = 0x100000001 ll; if w2 == w3 goto +1  => 0x1
            r2 = 1; r3 = 0x100000001 ll; if r2 == r3 goto +1  => 0x0
            r2 = 1; r3 = 2; if r2 < r3 goto +1                => 0x1
            r2 = 1; r3 = -2; if r2 s< r3 goto +1              => 0x0
            r2 = 1; r3 = -2; if w2 < w3 goto +1               => 0x1
            r2 = 3; r3 = 4; if r2 & r3 goto +1                => 0x0
            goto +1                                           => 0x1
            gotol +1                                          => 0x1
            """)
    void jumps(String code, String expected) {
        check("r0 = 1; " + code + "; r0 = 0", expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = *(u8 *)(r1 + 0)                              => 0x81
            r0 = *(u16 *)(r1 + 0)                             => 0x8281
            r0 = *(u32 *)(r1 + 0)                             => 0x84838281
            r0 = *(u64 *)(r1 + 0)                             => 0x8887868584838281
            r0 = *(u32 *)(r1 + 3)                             => 0x87868584
            r1 += 8; r0 = *(u16 *)(r1 - 1)                    => 0xf188
            r0 = *(s8 *)(r1 + 0)                              => 0xffffffffffffff81
            r0 = *(s16 *)(r1 + 0)                             => 0xffffffffffff8281
            r0 = *(s32 *)(r1 + 0)                             => 0xffffffff84838281
            *(u8 *)(r1 + 0) = -1; r0 = *(u16 *)(r1 + 0)       => 0x82ff
            *(u16 *)(r1 + 1) = 0; r0 = *(u32 *)(r1 + 0)       => 0x84000081
            *(u32 *)(r1 + 0) = -1; r0 = *(u64 *)(r1 + 0)      => 0x88878685ffffffff
            *(u64 *)(r1 + 0) = -2; r0 = *(u64 *)(r1 + 0)      => 0xfffffffffffffffe
            r2 = 0x1122334455667788 ll; *(u8 *)(r1 + 0) = r2; r0 = *(u16 *)(r1 + 0)  => 0x8288
            r2 = 0x1122334455667788 ll; *(u16 *)(r1 + 0) = r2; r0 = *(u32 *)(r1 + 0) => 0x84837788
            r2 = 0x1122334455667788 ll; *(u32 *)(r1 + 0) = r2; r0 = *(u64 *)(r1 + 0) => 0x8887868555667788
            r2 = 0x1122334455667788 ll; *(u64 *)(r1 + 8) = r2; r0 = *(u64 *)(r1 + 8) => 0x1122334455667788
            r2 = 7; *(u64 *)(r10 - 512) = r2; r0 = *(u64 *)(r10 - 512)               => 0x7
            """)
    void loadsAndStores(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r2 = 1; lock *(u64 *)(r1 + 0) += r2; r0 = *(u64 *)(r1 + 0)        => 0x8887868584838282
            r2 = 0xff; lock *(u64 *)(r1 + 0) |= r2; r0 = *(u64 *)(r1 + 0)     => 0x88878685848382ff
            r2 = 0xff; lock *(u64 *)(r1 + 0) &= r2; r0 = *(u64 *)(r1 + 0)     => 0x81
            r2 = -1; lock *(u64 *)(r1 + 0) ^= r2; r0 = *(u64 *)(r1 + 0)       => 0x7778797a7b7c7d7e
            r0 = 1; r0 = atomic_fetch_add((u64 *)(r1 + 0), r0)                => 0x8887868584838281
            r0 = 0; r0 = atomic_fetch_or((u64 *)(r1 + 0), r0)                 => 0x8887868584838281
            r0 = 0; r0 = atomic_fetch_and((u64 *)(r1 + 0), r0)                => 0x8887868584838281
            r0 = 0; r0 = atomic_fetch_xor((u64 *)(r1 + 0), r0)                => 0x8887868584838281
            r0 = 5; r0 = xchg_64(r1 + 0, r0)                                  => 0x8887868584838281
            r2 = 5; r2 = xchg_64(r1 + 0, r2); r0 = *(u64 *)(r1 + 0)           => 0x5
            r0 = 5; r2 = 9; r0 = cmpxchg_64(r1 + 0, r0, r2)                   => 0x8887868584838281
            r0 = 5; r2 = 9; r0 = cmpxchg_64(r1 + 0, r0, r2); r0 = *(u64 *)(r1 + 0) => 0x8887868584838281
            r0 = *(u64 *)(r1 + 0); r2 = 9; r0 = cmpxchg_64(r1 + 0, r0, r2); r0 = *(u64 *)(r1 + 0) => 0x9
            r0 = load_acquire((u64 *)(r1 + 8))                                => 0xf8f7f6f5f4f3f2f1
            r2 = 3; store_release((u64 *)(r1 + 8), r2); r0 = *(u64 *)(r1 + 8) => 0x3
            """)
    void atomic64(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r2 = -1; lock *(u32 *)(r1 + 0) += r2; r0 = *(u64 *)(r1 + 0)       => 0x8887868584838280
            r2 = 0xff; lock *(u32 *)(r1 + 4) |= r2; r0 = *(u64 *)(r1 + 0)     => 0x888786ff84838281
            r2 = 0xff; lock *(u32 *)(r1 + 0) &= r2; r0 = *(u64 *)(r1 + 0)     => 0x8887868500000081
            r2 = -1; lock *(u32 *)(r1 + 0) ^= r2; r0 = *(u64 *)(r1 + 0)       => 0x888786857b7c7d7e
            r0 = -1; w0 = atomic_fetch_add((u32 *)(r1 + 0), w0)               => 0x84838281
            r0 = -1; w0 = atomic_fetch_or((u32 *)(r1 + 0), w0)                => 0x84838281
            r0 = -1; w0 = atomic_fetch_and((u32 *)(r1 + 0), w0)               => 0x84838281
            r0 = -1; w0 = atomic_fetch_xor((u32 *)(r1 + 0), w0)               => 0x84838281
            r0 = -1; w0 = xchg32_32(r1 + 0, w0)                               => 0x84838281
            r0 = -1; r2 = 9; w0 = cmpxchg32_32(r1 + 0, w0, w2)                => 0x84838281
            r0 = 0x184838281 ll; r2 = 9; w0 = cmpxchg32_32(r1 + 0, w0, w2); r0 = *(u64 *)(r1 + 0) => 0x8887868500000009
            w0 = load_acquire((u8 *)(r1 + 1))                                 => 0x82
            w0 = load_acquire((u16 *)(r1 + 2))                                => 0x8483
            w0 = load_acquire((u32 *)(r1 + 4))                                => 0x88878685
            r2 = -1; store_release((u8 *)(r1 + 0), w2); r0 = *(u16 *)(r1 + 0) => 0x82ff
            r2 = -1; store_release((u16 *)(r1 + 0), w2); r0 = *(u32 *)(r1 + 0) => 0x8483ffff
            """)
    void atomic32(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r6 = r1; r0 = *(u8 *)skb[1]                       => 0x82
            r6 = r1; r0 = *(u16 *)skb[0]                      => 0x8182
            r6 = r1; r0 = *(u32 *)skb[8]                      => 0xf1f2f3f4
            r6 = r1; r7 = 4; r0 = *(u32 *)skb[r7 + 8]         => 0xf5f6f7f8
            r6 = r1; r7 = 2; r0 = *(u8 *)skb[r7]              => 0x83
            r6 = r1; r0 = *(u32 *)skb[13]; r0 = 1             => 0x0
            r6 = r1; r0 = *(u8 *)skb[16]; r0 = 1              => 0x0
            """)
    void packet(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r1 = 5; call f; exit; f: r0 = r1; r0 += 1                          => 0x6
            r6 = 3; r7 = 4; call f; r0 += r6; r0 += r7; exit; f: r6 = 1; r7 = 1; r0 = 10 => 0x11
            *(u64 *)(r10 - 8) = 1; call f; r0 = *(u64 *)(r10 - 8); exit; f: *(u64 *)(r10 - 8) = 2 => 0x1
            r1 = 7; r2 = f ll; callx r2; exit; f: r0 = r1                    => 0x7
            """)
    void calls(String code, String expected) {
        check(code, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = 0; r0 += 1; may_goto +1; goto -3             => 0x800001
            r2 = 0x123456789 ll; r0 = addr_space_cast(r2, 0, 1) => 0x23456789
            """)
    void whatTheKernelAdded(String code, String expected) {
        check(code, expected);
    }
}
