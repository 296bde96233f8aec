package dev.skep.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.PrintWriter;

/** Writes one JSON object to standard output: the outer levels a line for each member, what is deeper on one line. */
public final class JsonWriter {
    private static final int LINES_TO_LEVEL = 3;

    private JsonWriter() {}

    /** Writes the members of an object. */
    @FunctionalInterface
    public interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /** Prints an object with these members and a final newline. */
    public static void print(PrintWriter out, Members members) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.setPrettyPrinter(new OuterLines());
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        out.println();
    }

    private static final class OuterLines extends DefaultPrettyPrinter {
        private static final long serialVersionUID = 1;

        OuterLines() {
            super(Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
            indentObjectsWith(new LevelIndenter());
            indentArraysWith(new LevelIndenter());
        }

        private OuterLines(OuterLines base) {
            super(base);
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new OuterLines(this);
        }
    }

    /** Breaks lines on the outer levels; deeper, a space stands after commas and nothing inside brackets. */
    private static final class LevelIndenter extends DefaultIndenter {
        private static final long serialVersionUID = 1;

        LevelIndenter() {
            super("  ", "\n");
        }

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            if (level <= LINES_TO_LEVEL) {
                super.writeIndentation(json, level);
            }
        }
    }
}
