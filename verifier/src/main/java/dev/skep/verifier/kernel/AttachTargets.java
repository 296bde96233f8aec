package dev.skep.verifier.kernel;

import java.util.Set;

/** Functions and hooks of the kernel that tracing and LSM programs have special rules at. */
final class AttachTargets {
    /** Functions that have a path whose reference count is safe: {@code btf_allowlist_d_path}, kernel/trace/bpf_trace.c. */
    static final String[] FUNCTIONS_WITH_PATHS = {
        "security_file_permission",
        "security_inode_getattr",
        "security_file_open",
        "security_path_truncate",
        "vfs_truncate",
        "vfs_fallocate",
        "dentry_open",
        "vfs_getattr",
        "filp_close"
    };

    /** {@code bpf_lsm_locked_sockopt_hooks} and {@code bpf_lsm_unlocked_sockopt_hooks}, kernel/bpf/bpf_lsm.c. */
    static final String[] HOOKS_WITH_SOCKET_OPTIONS = {
        "sock_graft", "inet_csk_clone", "inet_conn_established", "socket_post_create", "socket_socketpair"
    };

    /** {@code sleepable_lsm_hooks}, kernel/bpf/bpf_lsm.c. */
    static final String[] SLEEPABLE_HOOKS = {
        "bpf",
        "bpf_map",
        "bpf_map_create",
        "bpf_map_free",
        "bpf_prog",
        "bpf_prog_load",
        "bpf_token_create",
        "bpf_token_free",
        "bpf_token_cmd",
        "bpf_token_capable",
        "bprm_check_security",
        "bprm_committed_creds",
        "bprm_committing_creds",
        "bprm_creds_for_exec",
        "bprm_creds_from_file",
        "capget",
        "capset",
        "cred_prepare",
        "file_ioctl",
        "file_lock",
        "file_open",
        "file_post_open",
        "file_receive",
        "inode_create",
        "inode_free_security",
        "inode_getattr",
        "inode_getxattr",
        "inode_mknod",
        "inode_need_killpriv",
        "inode_post_setxattr",
        "inode_readlink",
        "inode_rename",
        "inode_rmdir",
        "inode_setattr",
        "inode_setxattr",
        "inode_symlink",
        "inode_unlink",
        "kernel_module_request",
        "kernel_read_file",
        "kernfs_init_security",
        "path_unlink",
        "path_mkdir",
        "path_rmdir",
        "path_truncate",
        "path_symlink",
        "path_link",
        "path_rename",
        "path_chmod",
        "path_chown",
        "mmap_file",
        "netlink_send",
        "path_notify",
        "release_secctx",
        "sb_alloc_security",
        "sb_eat_lsm_opts",
        "sb_kern_mount",
        "sb_mount",
        "sb_remount",
        "sb_set_mnt_opts",
        "sb_show_options",
        "sb_statfs",
        "sb_umount",
        "settime",
        "socket_accept",
        "socket_bind",
        "socket_connect",
        "socket_create",
        "socket_getpeername",
        "socket_getpeersec_dgram",
        "socket_getsockname",
        "socket_getsockopt",
        "socket_listen",
        "socket_post_create",
        "socket_recvmsg",
        "socket_sendmsg",
        "socket_shutdown",
        "socket_socketpair",
        "syslog",
        "task_alloc",
        "current_getsecid_subj",
        "task_getsecid_obj",
        "task_prctl",
        "task_setscheduler",
        "userns_create"
    };

    /** {@code untrusted_lsm_hooks}, kernel/bpf/bpf_lsm.c: where objects are being made or freed. */
    static final Set<String> HOOKS_WITH_UNTRUSTED_ARGUMENTS = Set.of(
            "bpf_map_free",
            "bpf_prog_free",
            "file_alloc_security",
            "file_free_security",
            "sk_alloc_security",
            "sk_free_security",
            "task_free");

    /** {@code bool_lsm_hooks}, kernel/bpf/bpf_lsm.c: they return 0 or 1, the others 0 or an error. */
    static final Set<String> HOOKS_THAT_ANSWER =
            Set.of("xfrm_state_pol_flow_match", "audit_rule_known", "inode_xattr_skipcap");

    /** {@code bpf_lsm_disabled_hooks}, kernel/bpf/bpf_lsm.c: no program attaches to them. */
    static final Set<String> DISABLED_HOOKS = Set.of(
            "vm_enough_memory",
            "inode_need_killpriv",
            "inode_getsecurity",
            "inode_listsecurity",
            "inode_copy_up_xattr",
            "getselfattr",
            "getprocattr",
            "setprocattr",
            "key_getsecurity",
            "audit_rule_match",
            "xfrm_decode_session",
            "ismaclabel");

    private AttachTargets() {}
}
