package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** References to methods of all kinds: overridden ones, constructors, and those with a meaning of their own. */
final class MethodReferences {
    static class Base {
        int value() {
            return 1;
        }

        int unbound() {
            ToIntFunction<Base> reference = Base::value;
            return reference.applyAsInt(this);
        }

        int bound() {
            IntSupplier reference = this::value;
            return reference.getAsInt();
        }
    }

    static final class Derived extends Base {
        private final int number;

        Derived(int number) {
            this.number = number;
        }

        @Override
        int value() {
            return number;
        }

        int inherited() {
            IntSupplier reference = super::value;
            return reference.getAsInt();
        }
    }

    static final class Point extends Struct {
        int x;
        int y;

        int sum() {
            return x + y;
        }

        void move(int distance) {
            x += distance;
        }
    }

    record Pair(int left, int right) {}

    /** Makes a pair. */
    interface PairMaker {
        Pair make(int left, int right);
    }

    /** With another method beside the one that a lambda expression implements. */
    interface Change {
        int apply(int number);

        default int twice(int number) {
            return apply(apply(number));
        }
    }

    private MethodReferences() {}

    static int overridden(int first, int second, long third) {
        Derived derived = new Derived(first);
        ToIntFunction<Base> reference = Base::value;
        return derived.unbound() + derived.bound() * 3 + derived.inherited() * 5 + reference.applyAsInt(derived) * 7;
    }

    @Xdp
    static int overridden(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : overridden(numbers.first, numbers.second, numbers.third);
    }

    static int constructors(int first, int second, long third) {
        Supplier<Point> points = Point::new;
        PairMaker pairs = Pair::new;
        IntFunction<Derived> objects = Derived::new;
        Point point = points.get();
        point.x = first;
        Pair pair = pairs.make(second, 7);
        return point.sum()
                + points.get().sum()
                + pair.left() * pair.right()
                + objects.apply(second).value();
    }

    @Xdp
    static int constructors(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : constructors(numbers.first, numbers.second, numbers.third);
    }

    static int intrinsics(int first, int second, long third) {
        IntBinaryOperator greater = Math::max;
        BinaryOperator<Integer> lesser = Math::min;
        Function<Integer, Integer> boxed = Math::abs;
        ToLongFunction<Integer> widened = Integer::bitCount;
        Point point = new Point();
        point.y = second;
        IntSupplier sum = point::sum;
        ToIntFunction<Point> same = Point::sum;
        Change move = distance -> {
            point.move(distance);
            return point.x;
        };
        int number = greater.applyAsInt(first, second) ^ lesser.apply(first, 5) ^ boxed.apply(second);
        return number + (int) widened.applyAsLong(first) + move.twice(first) + sum.getAsInt() + same.applyAsInt(point);
    }

    @Xdp
    static int intrinsics(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : intrinsics(numbers.first, numbers.second, numbers.third);
    }
}
