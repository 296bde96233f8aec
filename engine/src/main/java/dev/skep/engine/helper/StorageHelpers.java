package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.map.CgroupStorageMap;
import dev.skep.engine.map.ObjectStorageMap;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;

/** Storage that belongs to a task, socket, inode or cgroup. The object is whatever number stands for it here. */
final class StorageHelpers {
    private StorageHelpers() {}

    static long get(Execution run, long map, long object, long initial, long flags, long r5) {
        if (object != 0 && run.map(map) instanceof ObjectStorageMap storage) {
            return storage.storageGet(object, initial, flags, run.cpu());
        }
        return 0;
    }

    static long delete(Execution run, long map, long object, long r3, long r4, long r5) {
        if (object != 0 && run.map(map) instanceof ObjectStorageMap storage) {
            return storage.storageDelete(object, run.cpu());
        }
        return Errno.EINVAL.negated();
    }

    /** {@code bpf_get_local_storage}: of the cgroup the current task is in. */
    static long ofCgroup(Execution run, long map, long flags, long r3, long r4, long r5) {
        if (run.map(map) instanceof CgroupStorageMap storage) {
            int attachType =
                    run.spec().expectedAttachType().map(AttachType::number).orElse(0);
            return storage.localStorage(run.task().cgroupId(), attachType, run.cpu());
        }
        return 0;
    }
}
