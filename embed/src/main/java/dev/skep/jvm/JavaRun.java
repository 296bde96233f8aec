package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import dev.skep.compiler.java.StructType;
import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.lang.Loop;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One run of a program: its structs on the stack, and the Java objects that stand for places in memory. */
final class JavaRun implements AutoCloseable {
    private static final ScopedValue<JavaRun> CURRENT = ScopedValue.newInstance();

    private final ProgramClasses classes;
    private final Execution run;
    private final List<Long> stack = new ArrayList<>();
    /** One object for a type and an address, so that {@code ==} compares addresses. */
    private final Map<View, Object> views = new HashMap<>();

    private final Map<Object, ArrayPlace> arrays = new IdentityHashMap<>();
    private int roundsLeft = Loop.MOST_ROUNDS;

    private record View(Class<?> type, long address) {}

    /** Where an array's elements are. */
    private record ArrayPlace(long address, FieldType.Number element) {
        long at(int index) {
            return address + (long) index * element.size();
        }
    }

    JavaRun(ProgramClasses classes, Execution run) {
        this.classes = classes;
        this.run = run;
    }

    /** Does something as part of this run. */
    <T> T call(ScopedValue.CallableOp<T, RuntimeException> body) {
        return ScopedValue.where(CURRENT, this).call(body);
    }

    static boolean isRunning() {
        return CURRENT.isBound();
    }

    /** @throws IllegalStateException outside a run: structs and helper functions exist only within one */
    static JavaRun current() {
        return CURRENT.orElseThrow(() -> new IllegalStateException(
                "structs and helper functions are there while a program runs only; run it with LoadedProgram.run"));
    }

    Execution execution() {
        return run;
    }

    ProgramClasses classes() {
        return classes;
    }

    /** False once loops have asked as often as the kernel lets them. */
    boolean mayContinue() {
        if (roundsLeft > 0) {
            roundsLeft--;
            return true;
        }
        return false;
    }

    private Sandbox memory() {
        return run.sandbox();
    }

    void checkRead(Place place, int size) {
        run.checkRead(place.address(), size);
    }

    void checkWrite(Place place, int size) {
        run.checkWrite(place.address(), size);
    }

    /** So many zeroed bytes until the run ends. */
    long newMemory(int size, String label) {
        long address = memory().allocate(Math.max(1, size), true, label);
        stack.add(address);
        return address;
    }

    Place newPlace(Class<?> type) {
        return new Place(memory(), newMemory(classes.layout(type).type().size(), type.getSimpleName()));
    }

    /** The struct at an address. */
    Object struct(Class<?> type, long address) {
        return views.computeIfAbsent(
                new View(type, address), view -> classes.newStruct(type, new Place(memory(), address)));
    }

    /** A field that lies inside a struct. @param type what it is declared as */
    Object inside(Located struct, String owner, String field, Class<?> type) {
        StructType.Field found = classes.layout(owner).field(field).orElseThrow();
        long address = struct.place$().address() + found.offset();
        return switch (found.type()) {
            case FieldType.Inline inline -> struct(type, address);
            case FieldType.Array array -> array(array, type.getComponentType(), address);
            case FieldType.Number number -> throw new IllegalStateException(number + " lies in no object");
            case FieldType.Enumeration enumeration -> throw new IllegalStateException(enumeration + " is no place");
        };
    }

    /** Copies an array or a struct into a field that lies inside a struct. */
    void fill(Located struct, Object content, String owner, String field) {
        StructType.Field found = classes.layout(owner).field(field).orElseThrow();
        long address = struct.place$().address() + found.offset();
        if (content instanceof Located other) {
            for (int i = 0; i < found.type().size(); i++) {
                memory().putByte(address + i, memory().getByte(other.place$().address() + i));
            }
        } else if (found.type() instanceof FieldType.Array(FieldType.Number element, int length)) {
            ArrayPlace place = new ArrayPlace(address, element);
            for (int i = 0; i < Math.min(length, Array.getLength(content)); i++) {
                MemoryNumber.write(memory(), place.at(i), element, JavaNumber.element(content, i));
            }
        } else {
            throw new IllegalArgumentException(owner + "." + field + " cannot be set as a whole");
        }
    }

    private Object array(FieldType.Array array, Class<?> component, long address) {
        return switch (array.element()) {
            case FieldType.Number number -> numbers(number, component, array.length(), address);
            case FieldType.Inline inline -> structs(inline.size(), component, array.length(), address);
            case FieldType.Array nested -> throw new IllegalStateException("an array of arrays: " + nested);
            case FieldType.Enumeration constants -> throw new IllegalStateException("an array of enums: " + constants);
        };
    }

    private Object structs(int stride, Class<?> type, int length, long address) {
        Object array = Array.newInstance(type, length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, struct(type, address + (long) i * stride));
        }
        return array;
    }

    private Object numbers(FieldType.Number element, Class<?> type, int length, long address) {
        Object array =
                views.computeIfAbsent(new View(type.arrayType(), address), view -> Array.newInstance(type, length));
        ArrayPlace place = new ArrayPlace(address, element);
        arrays.put(array, place);
        for (int i = 0; i < length; i++) {
            JavaNumber.setElement(array, i, MemoryNumber.read(memory(), place.at(i), element));
        }
        return array;
    }

    /** The address of an array that lies in a struct; of another one that of a copy, which {@code after} brings back. */
    long addressOf(Object array, List<Runnable> after) {
        ArrayPlace place = arrays.get(array);
        if (place != null) {
            return place.address();
        }
        FieldType.Number element = JavaNumber.type(array.getClass().getComponentType());
        int length = Array.getLength(array);
        ArrayPlace copy = new ArrayPlace(newMemory(length * element.size(), "array"), element);
        for (int i = 0; i < length; i++) {
            MemoryNumber.write(memory(), copy.at(i), element, JavaNumber.element(array, i));
        }
        after.add(() -> {
            for (int i = 0; i < length; i++) {
                JavaNumber.setElement(array, i, MemoryNumber.read(memory(), copy.at(i), element));
            }
        });
        return copy.address();
    }

    /** An element of an array. @param plain what the array has, which counts unless it stands for a place in memory */
    static long element(Object array, int index, long plain) {
        if (!CURRENT.isBound()) {
            return plain;
        }
        JavaRun current = CURRENT.get();
        ArrayPlace place = current.arrays.get(array);
        return place == null ? plain : MemoryNumber.read(current.memory(), place.at(index), place.element());
    }

    /** An element of an array was written. */
    static void elementWritten(Object array, int index, long value) {
        if (CURRENT.isBound()) {
            JavaRun current = CURRENT.get();
            ArrayPlace place = current.arrays.get(array);
            if (place != null) {
                MemoryNumber.write(current.memory(), place.at(index), place.element(), value);
            }
        }
    }

    /** What a static field that is a global is now. */
    long global(String owner, String field) {
        GlobalPlaces.Global global = classes.global(owner, field);
        return MemoryNumber.read(
                memory(), classes.address(global), global.number().orElseThrow());
    }

    void writeGlobal(String owner, String field, long value) {
        GlobalPlaces.Global global = classes.global(owner, field);
        MemoryNumber.write(memory(), classes.address(global), global.number().orElseThrow(), value);
    }

    Object globalStruct(String owner, String field, Class<?> type) {
        GlobalPlaces.Global global = classes.global(owner, field);
        long address = classes.address(global);
        return global.array()
                .map(array -> array(array, type.getComponentType(), address))
                .orElseGet(() -> struct(type, address));
    }

    /** Ends the life of what {@link #newMemory} made. */
    @Override
    public void close() {
        stack.forEach(memory()::release);
        stack.clear();
    }
}
