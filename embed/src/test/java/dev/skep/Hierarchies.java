package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Classes that extend each other, as objects that never leave the program and as structs. */
final class Hierarchies {
    static class Base {
        int number = 10;
        private final int own;

        Base(int own) {
            this.own = own;
            init();
        }

        void init() {
            number += 1;
        }

        int value() {
            return number + 1;
        }

        private int secret() {
            return own;
        }

        int revealed() {
            return secret() * 3 + value();
        }

        static int kind() {
            return 1;
        }
    }

    // Hides the field of its superclass: each is a place of its own.
    @SuppressWarnings("HidingField")
    static class Derived extends Base {
        int number = 20;
        private final int own;

        Derived(int own) {
            super(own + 1);
            this.own = own;
        }

        @Override
        void init() {
            super.init();
            super.number *= 2;
        }

        @Override
        int value() {
            return super.value() * 5 + number;
        }

        int secret() {
            return own * 1000;
        }

        int numbers() {
            return number * 100 + super.number + ((Base) this).number * 7;
        }

        static int kind() {
            return 2;
        }
    }

    static final class Last extends Derived {
        Last(int own) {
            super(own);
        }

        int skipping() {
            return super.value() * 7 + super.numbers();
        }
    }

    /** With a method of its own. */
    interface Doubled {
        int plain();

        default int twice() {
            return 2 * plain();
        }
    }

    /** Overrides that. */
    interface Tripled extends Doubled {
        @Override
        default int twice() {
            return 3 * plain();
        }
    }

    static class First implements Tripled {
        @Override
        public int plain() {
            return 5;
        }
    }

    static final class Second extends First implements Doubled {
        @Override
        public int plain() {
            return super.plain() + 1;
        }
    }

    interface Left {
        default int side() {
            return 1;
        }
    }

    interface Right {
        default int side() {
            return 4;
        }
    }

    static final class Both implements Left, Right {
        @Override
        public int side() {
            return Left.super.side() * 10 + Right.super.side();
        }
    }

    enum Step implements Doubled {
        SHORT,
        LONG;

        @Override
        public int plain() {
            return ordinal() + 3;
        }
    }

    static class Header extends Struct implements Doubled {
        int size;

        Header() {
            size = 3;
            grow();
        }

        void grow() {
            size++;
        }

        int length() {
            return size;
        }

        int padded() {
            return length() * 2;
        }

        @Override
        public int plain() {
            return length() + 1;
        }
    }

    static class Extended extends Header {
        int options;

        Extended() {
            options = 5;
            size++;
        }

        @Override
        void grow() {
            super.grow();
            size *= 3;
        }

        @Override
        int length() {
            return super.length() + options + 100;
        }

        final int own() {
            return options;
        }
    }

    private Hierarchies() {}

    static int superclasses(int first, int second, long third) {
        Derived derived = new Derived(first);
        Base base = derived;
        Last last = new Last(second);
        return derived.revealed()
                + base.value() * 31
                + last.skipping()
                + derived.secret()
                + Derived.kind()
                + Base.kind();
    }

    @Xdp
    static int superclasses(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : superclasses(numbers.first, numbers.second, numbers.third);
    }

    static int fields(int first, int second, long third) {
        Derived derived = new Derived(first);
        derived.number += second;
        Base base = derived;
        base.number -= (int) third;
        return derived.numbers() ^ derived.number * 31 ^ base.number;
    }

    @Xdp
    static int fields(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : fields(numbers.first, numbers.second, numbers.third);
    }

    static int interfaces(int first, int second, long third) {
        Doubled doubled = new Second();
        Step step = first > 0 ? Step.LONG : Step.SHORT;
        Doubled constant = step;
        return doubled.twice() * 100 + new Both().side() + step.twice() * 7 + constant.twice() + new Header().twice();
    }

    @Xdp
    static int interfaces(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : interfaces(numbers.first, numbers.second, numbers.third);
    }

    static int structs(int first, int second, long third) {
        Header header = new Extended();
        header.size += first & 15;
        Header plain = new Header();
        Doubled doubled = header;
        int sum = header.padded() * 31 + plain.padded() + doubled.twice();
        if (header instanceof Extended extended) {
            sum += extended.own() + extended.options;
        }
        return sum + (plain instanceof Extended ? 1000 : 0);
    }

    @Xdp
    static int structs(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : structs(numbers.first, numbers.second, numbers.third);
    }

    static int chosen(int first, int second, long third) {
        Header header = first > 0 ? new Extended() : new Header();
        header.size += second;
        Header plain = new Header();
        Header later = null;
        for (int i = 0; i < 3; i++) {
            if (later != null) {
                header.size += later.length();
            }
            later = plain;
        }
        return header.size;
    }

    @Xdp
    static int chosen(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : chosen(numbers.first, numbers.second, numbers.third);
    }
}
