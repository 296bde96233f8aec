package dev.skep;

import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.StructLayouts;
import dev.skep.lang.Struct;
import dev.skep.object.host.Codec;
import java.util.Map;

/** Structs of programs in user space: copies with fields of their own, laid out in maps as the programs have them. */
public final class Structs {
    private static final Map<Class<?>, Codec<?>> NUMBERS = Map.of(
            Boolean.class,
            Codec.BOOL,
            Byte.class,
            Codec.I8,
            Short.class,
            Codec.I16,
            Character.class,
            Codec.I16.as(number -> (char) (short) number, character -> (short) (char) character),
            Integer.class,
            Codec.I32,
            Long.class,
            Codec.I64);

    private Structs() {}

    /**
     * How objects of a class are laid out.
     *
     * <p>In a module, its package has to be open to {@code dev.skep.embed}.
     *
     * @param type extends {@code Struct} and has a constructor without parameters; or {@code Integer} and the like; or an enum,
     *     whose constants are their ordinals
     * @throws IllegalArgumentException for other classes
     */
    @SuppressWarnings("unchecked") // A number's codec is of its box; a struct's is made for the class.
    public static <T> Codec<T> codec(Class<T> type) {
        Codec<?> number = NUMBERS.get(type);
        if (number != null) {
            return (Codec<T>) number;
        }
        if (type.isEnum()) {
            T[] constants = type.getEnumConstants();
            return Codec.I32.as(ordinal -> constants[ordinal], constant -> ((Enum<?>) constant).ordinal());
        }
        if (!Struct.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException(
                    type.getName() + " has no layout in memory: use a class that extends Struct, or a boxed integer");
        }
        StructLayouts layouts = StructLayouts.of(ClassSource.of(type.getClassLoader()));
        return new ReflectiveCodec<>(type, layouts.of(type.getName().replace('.', '/')));
    }
}
