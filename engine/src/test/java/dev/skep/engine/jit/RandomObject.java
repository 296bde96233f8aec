package dev.skep.engine.jit;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.LoadedCode;
import dev.skep.engine.TrapException;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.Bytes;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Errno;
import dev.skep.object.host.Program;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** An object of {@link RandomSource}, loaded into an engine. */
final class RandomObject implements AutoCloseable {
    private final EngineObject object;
    private final EngineProgram main;

    /** @param methodSize how large methods of translated code are planned to be, {@link CodeSize#PLANNED} for the usual size */
    RandomObject(EngineHost host, String source, int methodSize) {
        object = host.load(Assembler.object("random.s", source));
        if (methodSize != CodeSize.PLANNED) {
            object.programs().forEach(program -> translate(LoadedCode.of(host, program), host, methodSize));
        }
        main = object.program("main").orElseThrow();
        EngineProgram next = object.program("next").orElseThrow();
        object.map("jumps").orElseThrow().update(number(0), number(next.id()));
    }

    /** Translates a program again, into methods of another size. */
    private static void translate(LoadedCode loaded, EngineHost host, int methodSize) {
        CodeSize sizes = new CodeSize(methodSize, host.options().checked());
        Code code = loaded.code();
        code.translateTo(Translator.translate(code.image(), loaded.targets(), loaded.maps(), sizes, classFile -> {})
                .orElseThrow());
    }

    /** Runs {@code main}: r0 and the memory, or why the run was ended; empty if that is for having taken too long. */
    Optional<String> run(byte[] memory) {
        try {
            Program.Outcome ended = main.run(new Program.Input(Bytes.of(memory), Bytes.EMPTY));
            return Optional.of(Long.toHexString(ended.returnValue()) + " "
                    + hex(ended.data().toArray()));
        } catch (TrapException e) {
            return e.errno() == Errno.ETIME ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What is in its maps. */
    String maps() {
        StringBuilder all = new StringBuilder();
        for (String map : List.of("slots", "table", "globals")) {
            all.append(' ').append(contents(object.map(map).orElseThrow()));
        }
        return all.toString();
    }

    private static String contents(EngineMap map) {
        List<String> entries = new ArrayList<>();
        Optional<byte[]> key = map.nextKey(Optional.empty());
        while (key.isPresent()) {
            entries.add(hex(key.get()) + "="
                    + map.lookup(key.get()).map(RandomObject::hex).orElse("?"));
            key = map.nextKey(key);
        }
        return String.join(",", entries.stream().sorted().toList());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    @Override
    public void close() {
        object.close();
    }
}
