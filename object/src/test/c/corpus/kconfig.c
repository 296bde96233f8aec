// Kernel configuration: strong and weak, of every type, and libbpf's virtual values.
#include "program.h"

enum libbpf_tristate { TRI_NO = 0, TRI_YES = 1, TRI_MODULE = 2 };

extern int LINUX_KERNEL_VERSION __kconfig;
extern int LINUX_HAS_SYSCALL_WRAPPER __kconfig __weak;
extern _Bool CONFIG_BPF_SYSCALL __kconfig;
extern _Bool CONFIG_NO_SUCH_THING __kconfig __weak;
extern enum libbpf_tristate CONFIG_BTRFS_FS __kconfig __weak;
extern int CONFIG_HZ __kconfig;
extern unsigned long CONFIG_ILLEGAL_POINTER_VALUE __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[8] __kconfig __weak;
extern char CONFIG_BINFMT_MISC __kconfig __weak;

SEC("tracepoint/syscalls/sys_enter_openat") int configured(void *context) {
    if (LINUX_KERNEL_VERSION < 0x50000 || !CONFIG_BPF_SYSCALL)
        return 0;
    if (CONFIG_NO_SUCH_THING)
        return 1;
    if (CONFIG_BTRFS_FS == TRI_MODULE)
        return LINUX_HAS_SYSCALL_WRAPPER;
    return CONFIG_HZ + CONFIG_DEFAULT_HOSTNAME[1] + (CONFIG_ILLEGAL_POINTER_VALUE >> 60) + CONFIG_BINFMT_MISC;
}
