package dev.skep.jvm;

import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.StructLayouts;
import dev.skep.compiler.java.StructType;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.engine.EngineObject;
import dev.skep.engine.map.EngineMap;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of a program as the JVM runs them, on the maps of an object that an engine loaded. Classes of Java itself and of
 * Skep's other packages are those of everybody; all others are loaded once more, rewritten.
 */
final class ProgramClasses extends ClassLoader {
    /** Packages whose classes are not loaded again. */
    private static final List<String> SHARED = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "org.jspecify.",
            "dev.skep.jvm.",
            "dev.skep.object.",
            "dev.skep.engine.",
            "dev.skep.verifier.",
            "dev.skep.compiler.",
            "dev.skep.linux.");

    private static final String BRIDGE = "dev.skep.jvm.";

    static {
        registerAsParallelCapable();
    }

    private final ClassSource source;
    private final EngineObject object;
    private final StructLayouts layouts;
    private final GlobalPlaces globals;
    private final ClassRewriter rewriter;
    private final ProgramMaps maps;
    private final Map<Class<?>, Constructor<?>> constructors = new ConcurrentHashMap<>();

    /** @param sections the globals of the unit that {@code object} was compiled from */
    ProgramClasses(ClassLoader parent, EngineObject object, List<GlobalSection> sections) {
        super("Skep", parent);
        this.source = ClassSource.of(parent);
        this.object = object;
        this.layouts = StructLayouts.of(source);
        this.globals = new GlobalPlaces(source, sections);
        this.rewriter = new ClassRewriter(parent, layouts, globals);
        this.maps = new ProgramMaps(object);
        setDefaultAssertionStatus(true);
        // What the rewritten classes call is nobody else's business: the package is exported to them alone.
        ProgramClasses.class.getModule().addExports("dev.skep.jvm", getUnnamedModule());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(BRIDGE)) {
            return ProgramClasses.class.getClassLoader().loadClass(name);
        }
        if (SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = source.find(name.replace('.', '/')).orElseThrow(() -> new ClassNotFoundException(name));
        byte[] rewritten = rewriter.rewrite(bytes);
        Class<?> defined = defineClass(name, rewritten, 0, rewritten.length);
        maps.mayDeclare(defined);
        return defined;
    }

    /** A class of the program, not initialized yet: that is for its first run. */
    Class<?> rewritten(Class<?> original) {
        try {
            return Class.forName(original.getName(), false, this);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("the class file of " + original.getName() + " is not found", e);
        }
    }

    /** A class of the language, as programs see it. @param name after {@code dev.skep.lang.} */
    Class<?> language(String name) {
        try {
            return loadClass("dev.skep.lang." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class of the language is missing", e);
        }
    }

    ProgramMaps maps() {
        return maps;
    }

    /** True if a struct is what programs are called with. */
    boolean isContext(Class<?> struct) {
        synchronized (layouts) {
            return layouts.isContext(struct.getName().replace('.', '/'));
        }
    }

    /** @param owner internal name of a struct's class */
    StructType layout(String owner) {
        synchronized (layouts) {
            return layouts.of(owner);
        }
    }

    StructType layout(Class<?> struct) {
        return layout(struct.getName().replace('.', '/'));
    }

    /** Bytes that a key, a value or a record of a class takes. */
    int size(Class<?> type) {
        if (type.isEnum()) {
            return Integer.BYTES;
        }
        return Located.class.isAssignableFrom(type)
                ? layout(type).type().size()
                : JavaNumber.boxed(type).size();
    }

    /** An object that stands for a struct at a place. */
    Object newStruct(Class<?> type, Place place) {
        try {
            return constructors
                    .computeIfAbsent(type, ProgramClasses::constructor)
                    .newInstance(place);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("an object for struct " + type.getName(), e);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Place.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("struct " + type.getName() + " was not rewritten", e);
        }
    }

    GlobalPlaces.Global global(String owner, String field) {
        synchronized (globals) {
            return globals.find(owner, field)
                    .orElseThrow(() -> new NoSuchElementException(owner + "." + field + " is no global"));
        }
    }

    /** Where a global lies. */
    long address(GlobalPlaces.Global global) {
        EngineMap section = object.map(global.section())
                .orElseThrow(() -> new NoSuchElementException("the object has no " + global.section()));
        return section.directValue(global.offset());
    }
}
