package dev.skep.engine.jit;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The objects a generated class uses: constants of it, so that HotSpot looks into them. They travel as its class data. */
final class ClassConstants {
    private static final DirectMethodHandleDesc CLASS_DATA_AT = ConstantDescs.ofConstantBootstrap(
            ConstantDescs.CD_MethodHandles, "classDataAt", ConstantDescs.CD_Object, ConstantDescs.CD_int);

    private final List<Object> objects = new ArrayList<>();
    private final Map<Object, Integer> numbers = new IdentityHashMap<>();

    /** A constant of the class that is this object. @param type a class it is an instance of, visible to the generated class */
    DynamicConstantDesc<?> of(Object object, Class<?> type) {
        int number = numbers.computeIfAbsent(object, o -> {
            objects.add(o);
            return objects.size() - 1;
        });
        return DynamicConstantDesc.ofNamed(
                (DirectMethodHandleDesc) (MethodHandleDesc) CLASS_DATA_AT,
                ConstantDescs.DEFAULT_NAME,
                ClassDesc.ofDescriptor(type.descriptorString()),
                number);
    }

    /** What goes into the class data. */
    List<Object> objects() {
        return List.copyOf(objects);
    }
}
