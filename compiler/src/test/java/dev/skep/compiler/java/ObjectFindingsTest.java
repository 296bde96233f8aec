package dev.skep.compiler.java;

import static dev.skep.compiler.java.JavaText.findings;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What classes and objects cannot mean in BPF is found, and never means something else than in Java. */
class ObjectFindingsTest {
    private static final String STRUCTS = """
            static class Base extends Struct { int a; int get() { return a; } int twice() { return 2 * get(); } }
            static class Derived extends Base { int b; @Override int get() { return b; } }
            """;

    private static final String REUSED =
            ": it has one place on the stack, where the one of an earlier round lies, which is"
                    + " still used; copy what is used of that into variables, a record, or an object that is made before the loop";

    private static final String NULL_OR_NOT =
            ": it is null here or not, depending on the way here, and that has to be known"
                    + " where the program is compiled; set it where the object is made, and add a boolean that says whether it"
                    + " counts";

    @Test
    void aMethodThatAStructMayOverrideNeedsAnExactClass() {
        assertThat(findings(STRUCTS + """
                @Xdp static int either(XdpContext context) {
                    Base base = context.length() > 80 ? new Derived() : new Base();
                    return base.get();
                }"""))
                .containsExactly(
                        "Test.java:5: Test.Base.get(): the object is a Test.Base or a Test.Derived, each has a method of its own,"
                                + " and memory does not know its class in BPF; call it where the class is known, in a branch for each; or"
                                + " write one method that looks at a number in the struct");
    }

    @Test
    void theClassOfAVariableIsKnownWhereALoopBegins() {
        assertThat(findings(STRUCTS + """
                @Xdp static int later(XdpContext context) {
                    Base base = new Base();
                    Derived derived = new Derived();
                    int sum = 0;
                    for (int i = 0; i < 3; i++) {
                        sum += base.get();
                        base = derived;
                    }
                    return sum;
                }"""))
                .containsExactly(
                        "Test.java:7: a variable that holds a Test.Base or a Test.Derived: memory does not know"
                                + " its class in BPF, and where a loop begins or a field is set first, it has to be known; declare"
                                + " it as the class that it always has, or use a variable for each class");
    }

    @Test
    void theClassOfAFieldIsTheOneThatItIsSetToFirst() {
        assertThat(findings(STRUCTS + """
                static final class Holder { Base base; }
                @Xdp static int held(XdpContext context) {
                    Holder holder = new Holder();
                    holder.base = new Base();
                    int sum = holder.base.get();
                    holder.base = new Derived();
                    return sum + holder.base.get();
                }"""))
                .containsExactly(
                        "Test.java:8: a variable that holds a Test.Base or a Test.Derived: memory does not know"
                                + " its class in BPF, and where a loop begins or a field is set first, it has to be known; declare"
                                + " it as the class that it always has, or use a variable for each class");
    }

    @Test
    void membersOfAStructHaveDifferentNames() {
        assertThat(findings("""
                static class Base extends Struct { int a; }
                static class Derived extends Base { long a; }
                @Xdp static int hidden(XdpContext context) {
                    return (int) new Derived().a;
                }"""))
                .containsExactly("Test.java:4: Test.Derived.a: a class that it extends has a field of this name, and"
                        + " members of a struct have different ones; give it another name");
    }

    @Test
    void aStructIsOnlyCastToWhatItIs() {
        assertThat(findings(STRUCTS + """
                @Xdp static int cast(XdpContext context) {
                    Base base = context.length() > 80 ? new Derived() : new Base();
                    Derived derived = (Derived) base;
                    return derived.b + (base instanceof Derived ? 1 : 0);
                }"""))
                .containsExactly(
                        "Test.java:5: a cast of Test.Base to Test.Derived: memory does not know its class in BPF; declare it"
                                + " as what it is",
                        "Test.java:6: instanceof Test.Derived: the object is a Test.Base or a Test.Derived, and memory does"
                                + " not know its class in BPF; keep a number in the struct that says what it is");
    }

    @Test
    void constructorsThatNeedAHeapAreNotReferredTo() {
        assertThat(findings("""
                @Xdp static int made(XdpContext context) {
                    java.util.function.Supplier<Object> objects = Object::new;
                    return objects.get() == null ? 1 : 2;
                }"""))
                .containsExactly("Test.java:3: new Object(): there is no heap in BPF; use a struct, which lies"
                        + " on the stack, or a map");
    }

    @Test
    void otherMethodsOfTheJdksFunctionalInterfacesAreNamed() {
        assertThat(findings("""
                @Xdp static int negated(XdpContext context) {
                    java.util.function.IntPredicate large = n -> n > 100;
                    return large.negate().test(context.length()) ? 1 : 2;
                }"""))
                .containsExactly(
                        "Test.java:3: IntPredicate.negate(): methods of the JDK do not exist in BPF, except for"
                                + " some on whole numbers; write it with integers, structs and maps, or use dev.skep.lang");
    }

    @Test
    void anObjectThatIsUsedWhenTheNextOneIsMadeNeedsAPlaceOfItsOwn() {
        assertThat(findings("""
                static final class Point extends Struct { int x; }
                static Point make(int x) { Point point = new Point(); point.x = x; return point; }
                @Xdp static int previous(XdpContext context) {
                    Point previous = null;
                    int sum = 0;
                    for (int i = 1; i <= 3; i++) {
                        Point point = new Point();
                        point.x = i;
                        if (previous != null) sum = sum * 10 + previous.x;
                        previous = point;
                    }
                    return sum;
                }
                @Xdp static int best(XdpContext context) {
                    Point best = new Point();
                    for (int i = 0; i < 3; i++) {
                        Point point = make(context.length() >> i);
                        if (point.x > best.x) best = point;
                    }
                    return best.x;
                }
                @Xdp static int arrays(XdpContext context) {
                    int[] previous = {9};
                    int sum = 0;
                    for (int i = 1; i <= 3; i++) {
                        int[] current = {i};
                        sum = sum * 10 + previous[0];
                        previous = current;
                    }
                    return sum;
                }"""))
                .containsExactly(
                        "Test.java:2: a new Test.Point in a loop" + REUSED,
                        "Test.java:7: a new Test.Point in a loop" + REUSED,
                        "Test.java:26: a new array in a loop" + REUSED);
    }

    @Test
    void aFieldThatMayBeNullIsRefused() {
        assertThat(findings("""
                static final class Inner { int n; }
                static final class Holder { Inner inner; }
                @Xdp static int later(XdpContext context) {
                    Holder holder = new Holder();
                    Inner one = new Inner();
                    int sum = 0;
                    for (int i = 0; i < 3; i++) {
                        if (holder.inner != null) sum += 10;
                        holder.inner = one;
                    }
                    return sum;
                }
                @Xdp static int sometimes(XdpContext context) {
                    Holder holder = new Holder();
                    if (context.length() > 80) holder.inner = new Inner();
                    return holder.inner == null ? 1 : 2;
                }"""))
                .containsExactly(
                        "Test.java:8: Test.Holder.inner" + NULL_OR_NOT,
                        "Test.java:16: Test.Holder.inner" + NULL_OR_NOT);
    }
}
