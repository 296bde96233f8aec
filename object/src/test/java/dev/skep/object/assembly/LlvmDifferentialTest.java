package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.InstructionSet;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.TextStyle;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random code against the llvm-objdump that is installed, beyond what the golden files hold. */
class LlvmDifferentialTest {
    private static final int SLOTS = 20_000;

    @Test
    @NeedsTool("llvm-objdump-19")
    void listsRandomCodeAsLlvm19Does(@TempDir Path folder) throws IOException {
        byte[] file = objectOf(randomCode(new Random(19)));
        Path object = Files.write(folder.resolve("random.o"), file);
        assertThat(listing(file, TextStyle.LLVM)).isEqualTo(objdump("llvm-objdump-19", object, "--mcpu=v1"));
        assertThat(listing(file, TextStyle.LLVM_ALU32)).isEqualTo(objdump("llvm-objdump-19", object, "--mcpu=v3"));
    }

    private static List<String> listing(byte[] file, TextStyle style) {
        ElfFile elf = ElfFile.read(file, Location.in("random.o"));
        return Listing.of("random.o", ListedSections.of(elf), new Listing.Options(style, true, false))
                .lines()
                .skip(2)
                .toList();
    }

    private static List<String> objdump(String program, Path object, String cpu) {
        return Tools.run(List.of(program, "-d", cpu, object.toString()), Duration.ofSeconds(30))
                .expectSuccess()
                .stdout()
                .lines()
                .skip(2)
                .toList();
    }

    /** Slots with any opcode and fields that mean something often; none that LLVM 19 is known to be wrong about. */
    private static byte[] randomCode(Random random) {
        ByteBuffer code = ByteBuffer.allocate(SLOTS * 8).order(ByteOrder.LITTLE_ENDIAN);
        int[] offsets = {0, 0, 0, 1, 8, 16, 32, -1, random.nextInt()};
        int[] immediates = {0, 0, 1, -1, 16, 32, 64, 0x41, 0x50, 0xa1, 0xe1, 0xf1, 0x80000000, random.nextInt()};
        while (code.hasRemaining()) {
            int at = code.position();
            // Opcode 0x18 takes two slots: the golden files hold those.
            int opcode = random.nextInt(256);
            code.put((byte) (opcode == 0x18 ? 0xdb : opcode));
            code.put((byte) (random.nextInt(12) << 4 | random.nextInt(12)));
            code.putShort((short) offsets[random.nextInt(offsets.length)]);
            code.putInt(immediates[random.nextInt(immediates.length)]);
            if (isException(code.array(), at)) {
                code.position(at);
            }
        }
        return code.array();
    }

    /** Valid 32-bit atomics other than the plain addition, as docs/asm.md says. */
    private static boolean isException(byte[] code, int at) {
        Instruction instruction =
                Instructions.decode(code, at, 8, Location.in("random")).at(0);
        Instruction withValidRegisters =
                Instruction.of(instruction.opcode(), 0, 0, instruction.offset(), instruction.imm());
        return instruction.opcode() == 0xc3 && instruction.imm() != 0 && InstructionSet.isValid(withValidRegisters);
    }

    /** An ELF object with the code in the section {@code xdp} and no symbols: Elf64_Ehdr, contents, three Elf64_Shdr. */
    private static byte[] objectOf(byte[] code) {
        byte[] names = "\0xdp\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
        int namesAt = 64 + code.length;
        int headersAt = namesAt + 16;
        ByteBuffer file = ByteBuffer.allocate(headersAt + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 1).putShort((short) 247).putInt(1);
        file.position(40).putLong(headersAt);
        file.position(52).putShort((short) 64).position(58);
        file.putShort((short) 64).putShort((short) 3).putShort((short) 2);
        file.put(code).put(names).position(headersAt + 64);
        putSection(file, 1, 1, 6, 64, code.length);
        putSection(file, 5, 3, 0, namesAt, names.length);
        return file.array();
    }

    private static void putSection(ByteBuffer file, int name, int type, long flags, long offset, long size) {
        file.putInt(name).putInt(type).putLong(flags).putLong(0).putLong(offset).putLong(size);
        file.putInt(0).putInt(0).putLong(8).putLong(0);
    }
}
