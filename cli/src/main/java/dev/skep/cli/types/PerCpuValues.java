package dev.skep.cli.types;

import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.map.MapSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Values of per-CPU maps: one after the other in the bytes of a lookup, and added up for people. */
public final class PerCpuValues {
    private PerCpuValues() {}

    /** True for kinds of maps that have a value for each CPU. */
    public static boolean isPerCpu(MapSpec map) {
        return switch (map.type()) {
            case PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
            default -> false;
        };
    }

    /** The distance in bytes from one CPU's value to the next. */
    public static int stride(MapSpec map) {
        return (map.valueSize() + 7) & ~7;
    }

    /** The values of all CPUs. */
    public static List<byte[]> split(byte[] all, MapSpec map) {
        List<byte[]> values = new ArrayList<>();
        for (int at = 0; at + map.valueSize() <= all.length; at += Math.max(1, stride(map))) {
            values.add(Arrays.copyOfRange(all, at, at + map.valueSize()));
        }
        return values;
    }

    /**
     * All values in one: numbers added up, structs and arrays part by part; what cannot be added must be the same on all CPUs.
     *
     * @return empty if it is not
     */
    public static Optional<BtfValue> sum(List<BtfValue> values) {
        Optional<BtfValue> sum = values.stream().findFirst();
        for (BtfValue value : values.subList(Math.min(1, values.size()), values.size())) {
            sum = sum.flatMap(soFar -> add(soFar, value));
        }
        return sum;
    }

    private static Optional<BtfValue> add(BtfValue one, BtfValue other) {
        return switch (one) {
            case BtfValue.Whole a
            when other instanceof BtfValue.Whole b ->
                Optional.of(new BtfValue.Whole(a.value().add(b.value())));
            case BtfValue.Real a
            when other instanceof BtfValue.Real b -> Optional.of(new BtfValue.Real(a.value() + b.value()));
            case BtfValue.Struct a when other instanceof BtfValue.Struct b -> addFields(a, b);
            case BtfValue.Sequence a
            when other instanceof BtfValue.Sequence b && a.text().isEmpty() ->
                addAll(a.elements(), b.elements()).map(BtfValue.Sequence::of);
            default -> one.equals(other) ? Optional.of(one) : Optional.empty();
        };
    }

    private static Optional<BtfValue> addFields(BtfValue.Struct one, BtfValue.Struct other) {
        List<BtfValue> ones = one.fields().stream().map(BtfValue.Field::value).toList();
        List<BtfValue> others =
                other.fields().stream().map(BtfValue.Field::value).toList();
        return addAll(ones, others).map(sums -> {
            List<BtfValue.Field> fields = new ArrayList<>();
            for (int i = 0; i < sums.size(); i++) {
                fields.add(new BtfValue.Field(one.fields().get(i).name(), sums.get(i)));
            }
            return new BtfValue.Struct(fields);
        });
    }

    private static Optional<List<BtfValue>> addAll(List<BtfValue> ones, List<BtfValue> others) {
        List<BtfValue> sums = new ArrayList<>();
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            Optional<BtfValue> sum = add(ones.get(i), others.get(i));
            if (sum.isEmpty()) {
                return Optional.empty();
            }
            sums.add(sum.get());
        }
        return Optional.of(sums);
    }
}
