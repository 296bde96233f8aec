package dev.skep.object.attach;

/** What an iterator goes through: {@code union bpf_iter_link_info} of linux/bpf.h. */
public sealed interface IteratorScope {
    /** In words, to follow the program's name; "" for everything. */
    String describe();

    /** Everything there is of its kind: all tasks, all maps, all TCP sockets. */
    record Everything() implements IteratorScope {
        @Override
        public String describe() {
            return "";
        }
    }

    /** The elements of a map ({@code iter/bpf_map_elem}, {@code iter/bpf_sk_storage_map}, {@code iter/sockmap}). */
    record MapElements(int mapId) implements IteratorScope {
        @Override
        public String describe() {
            return " of map " + mapId;
        }
    }

    /** One thread ({@code iter/task}, {@code task_file}, {@code task_vma}; Linux 6.1). */
    record Thread(int tid) implements IteratorScope {
        @Override
        public String describe() {
            return " of thread " + tid;
        }
    }

    /** All threads of one process (Linux 6.1). */
    record Process(int pid) implements IteratorScope {
        @Override
        public String describe() {
            return " of process " + pid;
        }
    }

    /**
     * A control group and its relatives ({@code iter/cgroup}, Linux 6.1).
     *
     * @param path its directory in the cgroup2 file system
     */
    record ControlGroups(String path, Order order) implements IteratorScope {
        /** {@code enum bpf_cgroup_iter_order}: the ordinal is the number. */
        public enum Order {
            UNSPECIFIED,
            /** This one alone. */
            SELF_ONLY,
            /** Descendants, parents first. */
            DESCENDANTS_PRE,
            /** Descendants, children first. */
            DESCENDANTS_POST,
            /** This one, its parent and so on up to the root. */
            ANCESTORS_UP
        }

        @Override
        public String describe() {
            return " of " + path;
        }
    }
}
