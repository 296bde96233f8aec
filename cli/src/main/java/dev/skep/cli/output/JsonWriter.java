package dev.skep.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;

/** Writes one JSON object to standard output, laid out so that people and line-based tools can read it too. */
public final class JsonWriter {
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

    /**
     * Members of the object, members and elements of those, and elements of arrays in them have lines of their own; what is
     * deeper stays on its line.
     */
    private static final class OuterLines extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1;
        private static final int LINES_TO_DEPTH = 2;

        private int depth;

        private boolean breaksLines(boolean array) {
            return depth <= LINES_TO_DEPTH || (array && depth == LINES_TO_DEPTH + 1);
        }

        private void separate(JsonGenerator json, boolean array, boolean first) throws IOException {
            if (breaksLines(array)) {
                json.writeRaw("\n" + "  ".repeat(depth));
            } else if (!first) {
                json.writeRaw(' ');
            }
        }

        private void end(JsonGenerator json, boolean array, int count, char bracket) throws IOException {
            boolean breaks = breaksLines(array) && count > 0;
            depth--;
            json.writeRaw(breaks ? "\n" + "  ".repeat(depth) + bracket : String.valueOf(bracket));
        }

        @Override
        public void writeStartObject(JsonGenerator json) throws IOException {
            json.writeRaw('{');
            depth++;
        }

        @Override
        public void beforeObjectEntries(JsonGenerator json) throws IOException {
            separate(json, false, true);
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
            json.writeRaw(',');
            separate(json, false, false);
        }

        @Override
        public void writeEndObject(JsonGenerator json, int count) throws IOException {
            end(json, false, count, '}');
        }

        @Override
        public void writeStartArray(JsonGenerator json) throws IOException {
            json.writeRaw('[');
            depth++;
        }

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            separate(json, true, true);
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(',');
            separate(json, true, false);
        }

        @Override
        public void writeEndArray(JsonGenerator json, int count) throws IOException {
            end(json, true, count, ']');
        }
    }
}
