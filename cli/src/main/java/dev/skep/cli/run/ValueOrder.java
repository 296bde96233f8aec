package dev.skep.cli.run;

import dev.skep.object.btf.value.BtfValue;
import java.util.Comparator;
import java.util.List;

/** An order of values that a person expects: numbers by size, structs and arrays by their first difference. */
final class ValueOrder implements Comparator<BtfValue> {
    @Override
    public int compare(BtfValue one, BtfValue other) {
        return switch (one) {
            case BtfValue.Whole a
            when other instanceof BtfValue.Whole b -> a.value().compareTo(b.value());
            case BtfValue.Choice a
            when other instanceof BtfValue.Choice b -> a.value().compareTo(b.value());
            case BtfValue.Real a when other instanceof BtfValue.Real b -> Double.compare(a.value(), b.value());
            case BtfValue.Truth a when other instanceof BtfValue.Truth b -> Boolean.compare(a.value(), b.value());
            case BtfValue.Address a
            when other instanceof BtfValue.Address b -> Long.compareUnsigned(a.address(), b.address());
            case BtfValue.Struct a when other instanceof BtfValue.Struct b -> compareAll(values(a), values(b));
            case BtfValue.Sequence a
            when other instanceof BtfValue.Sequence b -> compareAll(a.elements(), b.elements());
            default -> one.toString().compareTo(other.toString());
        };
    }

    private static List<BtfValue> values(BtfValue.Struct struct) {
        return struct.fields().stream().map(BtfValue.Field::value).toList();
    }

    private int compareAll(List<BtfValue> ones, List<BtfValue> others) {
        for (int i = 0; i < Math.min(ones.size(), others.size()); i++) {
            int difference = compare(ones.get(i), others.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(ones.size(), others.size());
    }
}
