package dev.skep.compiler.java.samples;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Text;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Tc;
import dev.skep.lang.program.Xdp;
import java.util.Objects;

/** Java that is close to what BPF can do. Tests name the lines: change it at its end only. */
public final class RefusedLanguage {
    /** Text in bytes. */
    static final class Name extends Struct {
        @Length(16)
        byte[] bytes;

        @Length(100)
        byte[] path;
    }

    /** A constant with a method of its own. */
    enum Operation {
        PLUS {
            @Override
            int apply(int a) {
                return a + 1;
            }
        },
        MINUS;

        int apply(int a) {
            return a - 1;
        }
    }

    /** What records have in common. */
    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    /** With state. */
    static final class Tally {
        int count;
    }

    static final HashMap<Integer, Long> counts = new HashMap<>(16);
    static final Tally tally = new Tally();
    static String word = "word";

    private RefusedLanguage() {}

    @Xdp
    static int strings(XdpContext context) {
        Name name = new Name();
        String text = context.rx_queue_index == 0 ? "zero" : "other";
        String other = Text.of(name.bytes);
        if (Text.of(name.bytes).equals(other)) {
            return Text.of(name.path).length();
        }
        return text.length() + other.trim().length() + word.length();
    }

    @Xdp
    static int objects(XdpContext context) {
        Shape shape = new Circle(1);
        if (context.rx_queue_index == 0) {
            shape = new Square(2);
        }
        Tally one = new Tally();
        Tally chosen = context.rx_queue_index == 1 ? one : new Tally();
        Circle none = null;
        if (context.rx_queue_index == 2) {
            none = new Circle(3);
        }
        return chosen.count + tally.count + (shape instanceof Circle ? 1 : 0) + (none == null ? 0 : none.radius());
    }

    @Xdp
    static int enums(XdpContext context) {
        Operation operation = Operation.values()[context.rx_queue_index & 1];
        return operation.apply(1) + operation.name().length();
    }

    @Xdp
    static int exceptions(XdpContext context) throws Exception {
        try {
            return 10 / context.rx_queue_index;
        } catch (ArithmeticException zero) {
            return 0;
        } finally {
            counts.add(1, 1);
        }
    }

    @Xdp
    static int reflection(XdpContext context) throws ReflectiveOperationException {
        return RefusedLanguage.class.getDeclaredField("word").getModifiers()
                + Objects.checkIndex(context.rx_queue_index, 8);
    }

    @Tc
    static int variableIndex(SkBuff buffer) {
        buffer.cb[buffer.priority & 3] = 1;
        return 0;
    }

    @Xdp
    static int arrays(XdpContext context) {
        int[][] table = new int[2][2];
        String[] names = {"a", "b"};
        long[] huge = new long[100];
        float half = context.rx_queue_index;
        return table.length + names.length + (int) huge[1] + (int) half;
    }
}
