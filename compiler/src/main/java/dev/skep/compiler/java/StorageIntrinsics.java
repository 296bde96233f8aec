package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of maps with a value for each socket, task, control group or inode. */
final class StorageIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    /** {@code BPF_LOCAL_STORAGE_GET_F_CREATE} of linux/bpf.h. */
    private static final long CREATE = 1;

    private static final String STRUCT = "Ldev/skep/lang/Struct;";

    static {
        String kernel = "Ldev/skep/lang/kernel/KernelStruct;";
        put("SocketStorage", "Ldev/skep/lang/context/BpfSock;", HelperId.SK_STORAGE_GET, HelperId.SK_STORAGE_DELETE);
        put("TaskStorage", kernel, HelperId.TASK_STORAGE_GET, HelperId.TASK_STORAGE_DELETE);
        put("CgroupStorage", kernel, HelperId.CGRP_STORAGE_GET, HelperId.CGRP_STORAGE_DELETE);
        put("InodeStorage", kernel, HelperId.INODE_STORAGE_GET, HelperId.INODE_STORAGE_DELETE);
    }

    private StorageIntrinsics() {}

    private static void put(String map, String owner, HelperId get, HelperId delete) {
        String name = "dev/skep/lang/map/" + map;
        String taking = "(" + owner + ")";
        TABLE.put(new Intrinsic.Method(name, "get", taking + STRUCT), call -> get(call, get, 0));
        TABLE.put(new Intrinsic.Method(name, "getOrCreate", taking + STRUCT), call -> get(call, get, CREATE));
        TABLE.put(new Intrinsic.Method(name, "delete", taking + "I"), call -> delete(call, delete));
    }

    private static Optional<Operand> get(Call call, HelperId helper, long flags) {
        StructType value = ((FieldType.Inline) call.map(0).value().orElseThrow()).struct();
        Value none = Constant.nullPointer(Pointer.nullable(Pointer.Provenance.OPAQUE));
        Value found = call.emitter()
                .callForPointer(
                        helper,
                        List.of(call.mapAddress(0), call.pointer(1), none, Constant.of(flags)),
                        Pointer.Provenance.MAP_VALUE);
        return Optional.of(new Operand.Reference(found, value.className()));
    }

    private static Optional<Operand> delete(Call call, HelperId helper) {
        Value result = call.emitter().call(helper, List.of(call.mapAddress(0), call.pointer(1)));
        return Optional.of(new Operand.Number(call.emitter().narrow(result)));
    }
}
