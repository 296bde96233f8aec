package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.object.host.Codec;
import org.junit.jupiter.api.Test;

class StructsTest {
    static class Inner extends Struct {
        byte first;
        int second;
    }

    static final class Outer extends Struct {
        @BigEndian
        @Unsigned
        short port;

        boolean truth;

        @Length(3)
        @BigEndian
        short[] numbers;

        Inner inner;

        @Length(2)
        Inner[] inners;

        long last;
    }

    private static Outer sample() {
        Outer outer = new Outer();
        outer.port = (short) 0x8001;
        outer.truth = true;
        outer.numbers = new short[] {1, 2};
        outer.inner = new Inner();
        outer.inner.first = -1;
        outer.inner.second = 5;
        outer.last = -2;
        return outer;
    }

    @Test
    void fieldsLieWhereCPutsThem() {
        Codec<Outer> codec = Structs.codec(Outer.class);
        byte[] bytes = codec.encode(sample());
        assertThat(codec.size()).isEqualTo(48);
        assertThat(bytes).isEqualTo(new byte[] {
            (byte) 0x80,
            1,
            1,
            0,
            0,
            1,
            0,
            2,
            0,
            0,
            0,
            0, // port, truth, numbers
            -1,
            0,
            0,
            0,
            5,
            0,
            0,
            0, // inner
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0, // inners
            0,
            0,
            0,
            0,
            -2,
            -1,
            -1,
            -1,
            -1,
            -1,
            -1,
            -1
        });
    }

    @Test
    void whatWasWrittenIsRead() {
        Codec<Outer> codec = Structs.codec(Outer.class);
        Outer read = codec.decode(codec.encode(sample()));
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("numbers", "inners")
                .isEqualTo(sample());
        assertThat(read.numbers).containsExactly(1, 2, 0);
        assertThat(read.inners[1].second).isZero();
    }

    @Test
    void boxedNumbersAreNumbers() {
        assertThat(Structs.codec(Integer.class).encode(1)).isEqualTo(new byte[] {1, 0, 0, 0});
        assertThat(Structs.codec(Character.class).decode(new byte[] {'x', 0})).isEqualTo('x');
    }

    @Test
    void otherClassesHaveNoLayout() {
        assertThatThrownBy(() -> Structs.codec(String.class)).hasMessageContaining("java.lang.String has no layout");
    }
}
