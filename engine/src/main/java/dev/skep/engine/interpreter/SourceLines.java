package dev.skep.engine.interpreter;

import dev.skep.object.Location;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.program.FunctionSpec;

/** Says where in a program an instruction is. */
public final class SourceLines {
    private SourceLines() {}

    /** The program's name, the slot within the whole program (as the kernel's log counts) and, if known, the source line. */
    public static Location location(ProgramImage image, int slot) {
        Location location = Location.in(image.spec().name()).instruction(slot);
        int index = FunctionSpec.Line.lastAt(image.lines(), slot);
        int function = 0;
        for (ProgramImage.FunctionStart start : image.functions()) {
            function = start.slot() <= slot ? start.slot() : function;
        }
        if (index < 0 || image.lines().get(index).slot() < function) {
            return location;
        }
        return location.line(text(image.lines().get(index)));
    }

    private static String text(FunctionSpec.Line line) {
        String place = line.file() + ":" + line.line();
        return line.column() == 0 ? place : place + ":" + line.column();
    }
}
