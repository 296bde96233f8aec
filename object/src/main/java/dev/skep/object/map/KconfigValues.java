package dev.skep.object.map;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ExternSpec;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fills {@code .kconfig}: what an object's {@code __kconfig} externs say about the kernel, by libbpf's rules
 * ({@code bpf_object__resolve_externs} and {@code set_kcfg_value_*} of libbpf.c).
 */
public final class KconfigValues {
    private static final int TRISTATE_MODULE = 2;

    private final BpfObject object;
    private final Function<String, Optional<String>> values;

    private KconfigValues(BpfObject object, Function<String, Optional<String>> values) {
        this.object = object;
        this.values = values;
    }

    /**
     * The contents of an object's {@code .kconfig} map.
     *
     * @param size of the map's value, in bytes
     * @param values what an extern is by its name, as a configuration file writes it: {@code y}, {@code m}, {@code n}, a number, or a
     *     text in quotation marks; also of those that no file has, such as {@code LINUX_KERNEL_VERSION}
     * @throws InputException if a value is missing and its extern not weak, or does not fit the extern's type
     */
    public static Bytes contents(BpfObject object, int size, Function<String, Optional<String>> values) {
        return new KconfigValues(object, values).contents(size);
    }

    private Bytes contents(int size) {
        byte[] contents = new byte[size];
        for (ExternSpec extern : object.externs()) {
            if (extern instanceof ExternSpec.Kconfig wanted) {
                value(wanted).ifPresent(value -> store(wanted, value, contents));
            }
        }
        return Bytes.of(contents);
    }

    private Optional<String> value(ExternSpec.Kconfig wanted) {
        Optional<String> value = values.apply(wanted.name());
        if (value.isEmpty() && !wanted.weak()) {
            throw wrong(
                    "the kernel configuration value " + wanted.name() + " is not set",
                    "give it to the host, or declare the extern __weak");
        }
        return value;
    }

    private void store(ExternSpec.Kconfig wanted, String value, byte[] contents) {
        BtfType type = object.btf().type(object.btf().strip(wanted.typeId()));
        if (value.equals("y") || value.equals("n") || value.equals("m")) {
            storeNumber(wanted, choice(wanted, type, value.charAt(0)), contents);
        } else if (value.startsWith("\"")) {
            storeText(wanted, type, value, contents);
        } else {
            storeNumber(wanted, number(wanted, type, value), contents);
        }
    }

    private long choice(ExternSpec.Kconfig wanted, BtfType type, char choice) {
        if (type instanceof BtfType.Int number && number.bool() && choice != 'm') {
            return choice == 'y' ? 1 : 0;
        }
        if (type instanceof BtfType.Int number && !number.bool() && number.size() == 1) {
            return choice;
        }
        if (type instanceof BtfType.Enumeration enumeration
                && enumeration.name().equals("libbpf_tristate")) {
            return choice == 'm' ? TRISTATE_MODULE : choice == 'y' ? 1 : 0;
        }
        throw mismatch(wanted, Character.toString(choice));
    }

    private long number(ExternSpec.Kconfig wanted, BtfType type, String text) {
        if (!(type instanceof BtfType.Int number)) {
            throw mismatch(wanted, text);
        }
        try {
            long value = text.startsWith("-") ? Long.decode(text) : parseUnsigned(text);
            int bits = number.size() * 8;
            boolean negative = text.startsWith("-");
            boolean fits = bits >= 64
                    || (number.signed()
                            ? (value >= -(1L << (bits - 1)) && value < 1L << (bits - 1))
                            : (!negative && value >>> bits == 0));
            if (fits) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw mismatch(wanted, text);
        }
        throw mismatch(wanted, text);
    }

    private static long parseUnsigned(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
    }

    private static void storeNumber(ExternSpec.Kconfig wanted, long value, byte[] contents) {
        for (int i = 0; i < wanted.size(); i++) {
            contents[wanted.offset() + i] = (byte) (value >>> (8 * Math.min(i, 7)));
        }
    }

    /** A text is cut to fit, and always ends in a zero byte. */
    private void storeText(ExternSpec.Kconfig wanted, BtfType type, String value, byte[] contents) {
        if (!(type instanceof BtfType.Array) || !value.endsWith("\"") || value.length() < 2) {
            throw mismatch(wanted, value);
        }
        byte[] text = value.substring(1, value.length() - 1).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, contents, wanted.offset(), Math.min(text.length, Math.max(0, wanted.size() - 1)));
    }

    private InputException mismatch(ExternSpec.Kconfig wanted, String value) {
        return wrong(
                "the kernel configuration value " + wanted.name() + "=" + value + " does not fit the extern's type",
                "declare the extern with a type that holds it");
    }

    private InputException wrong(String problem, String advice) {
        return new InputException(Location.in(object.name()).section(".kconfig"), problem, advice);
    }
}
