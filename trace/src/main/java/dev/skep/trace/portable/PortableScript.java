package dev.skep.trace.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.file.ObjectWriter;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.Failure;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.PlannedTypes;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.portable.RecordReader.Malformed;
import dev.skep.trace.system.Tracepoints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A compiled script that can be carried to other machines.
 *
 * <p>The file is a BPF object, with a section {@code .skep.trace} of what the tracer needs: the eight bytes {@code SKEPTRCE}, 32 bits of
 * the version, 32 bits that are the CRC-32 of how the records are made up ({@link RecordTypes#describe}), the table of texts, and the record
 * {@link Contents}, as {@link RecordWriter} writes them. All numbers are little-endian.
 *
 * @param plan what the script is to be run as
 * @param formats of the tracepoints whose records its programs read
 */
public record PortableScript(TracePlan plan, List<Tracepoints.Format> formats) {
    /** So many bytes of a file say whether it is one. */
    public static final int ELF_MAGIC_SIZE = 4;

    private static final String SECTION = ".skep.trace";
    private static final byte[] MAGIC = "SKEPTRCE".getBytes(UTF_8);
    private static final int VERSION = 1;
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    public PortableScript {
        formats = List.copyOf(formats);
    }

    /** All of a plan but its object, and the formats. */
    record Contents(
            List<PlannedProbe> probes,
            List<PlannedMap> maps,
            List<Action> actions,
            String events,
            String gate,
            String start,
            String losses,
            String exit,
            List<Failure> failures,
            String failed,
            PlannedTypes types,
            Settings settings,
            List<Tracepoints.Format> formats) {}

    /** Whether a file is an ELF file, and so no script's text. */
    public static boolean isElf(byte[] file) {
        return file.length >= ELF_MAGIC_SIZE
                && ByteBuffer.wrap(file, 0, ELF_MAGIC_SIZE).equals(ByteBuffer.wrap(ELF_MAGIC));
    }

    /** The bytes of the file. */
    public byte[] write() {
        RecordWriter records = new RecordWriter();
        records.write(
                new Contents(
                        plan.probes(),
                        plan.maps(),
                        plan.actions(),
                        plan.events(),
                        plan.gate(),
                        plan.start(),
                        plan.losses(),
                        plan.exit(),
                        plan.failures(),
                        plan.failed(),
                        plan.types(),
                        plan.settings(),
                        formats),
                Contents.class);
        RecordWriter texts = new RecordWriter();
        texts.table(records.texts());
        ByteBuffer section = ByteBuffer.allocate(
                        MAGIC.length + 2 * Integer.BYTES + texts.bytes().length + records.bytes().length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(schema())
                .put(texts.bytes())
                .put(records.bytes());
        return ObjectWriter.write(plan.object(), Map.of(SECTION, Bytes.of(section.array())));
    }

    /**
     * Reads a file.
     *
     * @param name what to call it in messages
     * @throws InputException if it is no such file, or is damaged, or if its parts do not fit each other
     */
    public static PortableScript read(byte[] file, String name) {
        ElfFile elf = ElfFile.read(file, Location.in(name));
        Optional<Section> section = elf.section(SECTION);
        if (section.isEmpty()) {
            throw refusal(name, "it has no section " + SECTION, "only what skep trace --emit has written can be run");
        }
        BpfObject object = ObjectReader.read(elf);
        Contents contents = contents(section.get().content(), name);
        TracePlan plan = new TracePlan(
                object,
                contents.probes(),
                contents.maps(),
                contents.actions(),
                contents.events(),
                contents.gate(),
                contents.start(),
                contents.losses(),
                contents.exit(),
                contents.failures(),
                contents.failed(),
                contents.types(),
                contents.settings());
        Optional<String> contradiction = new PlanCheck(plan).contradiction();
        if (contradiction.isPresent()) {
            throw refusal(name, SECTION + " is damaged: " + contradiction.get(), "");
        }
        return new PortableScript(plan, contents.formats());
    }

    private static Contents contents(Bytes section, String name) {
        ByteBuffer in = ByteBuffer.wrap(section.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            int version = in.getInt();
            int schema = in.getInt();
            if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC))) {
                throw new Malformed("it does not begin with SKEPTRCE");
            }
            if (version != VERSION || schema != schema()) {
                throw refusal(
                        name,
                        "it was written by a version of Skep with other records (version " + version + ")",
                        "compile the script again, with skep trace --emit");
            }
            List<String> texts = RecordReader.table(in);
            Contents contents = new RecordReader(in, texts).read(Contents.class);
            if (in.hasRemaining()) {
                throw new Malformed(in.remaining() + " bytes are left over");
            }
            return contents;
        } catch (Malformed e) {
            throw refusal(name, SECTION + " is damaged: " + e.getMessage(), "");
        } catch (BufferUnderflowException e) {
            throw refusal(name, SECTION + " is damaged: it ends too early", "");
        }
    }

    private static InputException refusal(String name, String problem, String advice) {
        return new InputException(Location.in(name), problem, advice);
    }

    private static int schema() {
        CRC32 sum = new CRC32();
        sum.update(RecordTypes.describe(Contents.class).getBytes(UTF_8));
        return (int) sum.getValue();
    }
}
