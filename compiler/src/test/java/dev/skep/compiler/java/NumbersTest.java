package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.samples.Numbers;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.lang.context.XdpAction;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.CpuVersion;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumbersTest {
    private static final int RUNS = 300;

    private static final long[] SPECIAL = {
        0,
        1,
        2,
        3,
        5,
        7,
        8,
        31,
        32,
        33,
        63,
        64,
        100,
        255,
        256,
        65535,
        65536,
        -1,
        -2,
        -3,
        -8,
        -128,
        -129,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0x8000_0000L,
        0xffff_ffffL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final List<Method> METHODS = Arrays.stream(Numbers.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .toList();

    static {
        Numbers.class.getClassLoader().setClassAssertionStatus(Numbers.class.getName(), true);
    }

    private final Random random = new Random(6);

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void everyMethodComputesWhatItComputesOnTheJvm(CpuVersion version) {
        Target target = new Target(version, new KernelVersion(6, 12));
        BpfObject object =
                Compiling.compile(JavaFrontEnd.read(MethodPrograms.of(METHODS), MethodPrograms.NAME), target);
        assertThat(METHODS).hasSizeGreaterThan(50);
        try (EngineHost engine = EngineHost.open(EngineOptions.defaults());
                LoadedObject loaded = engine.load(object)) {
            for (Method method : METHODS) {
                compare(method, loaded.program(method.getName()).orElseThrow());
            }
        }
    }

    private void compare(Method method, Program program) {
        for (int run = 0; run < RUNS; run++) {
            long first = argument();
            long second = random.nextInt(8) == 0 ? first : argument();
            assertThat(inBpf(program, first, second))
                    .as("%s(%d, %d)", method.getName(), first, second)
                    .isEqualTo(onJvm(method, first, second));
        }
    }

    private long argument() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt();
            case 2 -> random.nextInt(-40, 40);
            default -> SPECIAL[random.nextInt(SPECIAL.length)];
        };
    }

    /** Empty if the program ended where Java would throw. */
    private static Optional<Long> inBpf(Program program, long first, long second) {
        ByteBuffer packet = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        packet.putLong(first).putLong(second);
        Program.Outcome outcome = program.run(Program.Input.packet(packet.array()));
        if (outcome.returnValue() == XdpAction.XDP_ABORTED) {
            return Optional.empty();
        }
        assertThat(outcome.returnValue()).isEqualTo(XdpAction.XDP_PASS);
        return Optional.of(ByteBuffer.wrap(outcome.data().toArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(16));
    }

    /** Empty if it throws. */
    private static Optional<Long> onJvm(Method method, long first, long second) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            long number = i == 0 ? first : second;
            if (types[i] == int.class) {
                arguments[i] = (int) number;
            } else {
                arguments[i] = number;
            }
        }
        try {
            return Optional.of(
                    switch (method.invoke(null, arguments)) {
                        case Boolean truth -> truth ? 1L : 0L;
                        case Object number -> ((Number) number).longValue();
                    });
        } catch (InvocationTargetException thrown) {
            assertThat(thrown.getCause())
                    .isInstanceOfAny(
                            ArithmeticException.class, AssertionError.class, ArrayIndexOutOfBoundsException.class);
            return Optional.empty();
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
