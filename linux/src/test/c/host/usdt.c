/*
 * Probes as <sys/sdt.h> makes them, written out so that it need not be installed: a nop, and a note that says where it is and where its
 * arguments are. For each line read, passes them all once and answers with a line.
 */
#include <stdio.h>

#define PROBE(name, semaphore, arguments, ...)					\
	__asm__ volatile(							\
		"990: nop\n"							\
		".pushsection .note.stapsdt,\"\",\"note\"\n"			\
		".balign 4\n"							\
		".4byte 992f-991f, 994f-993f, 3\n"				\
		"991: .asciz \"stapsdt\"\n"					\
		"992: .balign 4\n"						\
		"993: .8byte 990b\n"						\
		".8byte _.stapsdt.base\n"					\
		".8byte " semaphore "\n"					\
		".asciz \"skep\"\n"						\
		".asciz \"" name "\"\n"						\
		".asciz \"" arguments "\"\n"					\
		"994: .balign 4\n"						\
		".popsection\n"							\
		".ifndef _.stapsdt.base\n"					\
		".pushsection .stapsdt.base,\"aG\",\"progbits\",.stapsdt.base,comdat\n"	\
		".weak _.stapsdt.base\n"					\
		".hidden _.stapsdt.base\n"					\
		"_.stapsdt.base: .space 1\n"					\
		".size _.stapsdt.base, 1\n"					\
		".popsection\n"							\
		".endif\n"							\
		:: __VA_ARGS__)

/* Raised by the kernel while somebody listens. */
__attribute__((section(".probes"), used)) volatile unsigned short watched_semaphore;

static volatile struct {
	long padding[2];
	int values[4];
} memory = { .values = { 10, -20, 30, -40 } };

__attribute__((noipa)) static void registers(int i, unsigned long l, short s, unsigned char c)
{
	PROBE("registers", "0", "-4@%k0 8@%1 -2@%w2 1@%b3", "r"(i), "r"(l), "r"(s), "q"(c));
}

__attribute__((noipa)) static void places(const volatile int *values, long index)
{
	PROBE("places", "0", "-4@$-5 -4@4(%0) 4@(%0)", "r"(values));
	PROBE("indexed", "0", "-4@0(%0,%1,4)", "r"(values), "r"(index));
}

__attribute__((noipa)) static void other_place(long value)
{
	PROBE("twice", "0", "8@%0", "r"(value));
}

__attribute__((noipa)) static void twice(void)
{
	PROBE("twice", "0", "4@$1", "i"(0));
	other_place(2);
}

int main(void)
{
	char line[64];

	while (fgets(line, sizeof(line), stdin)) {
		registers(-7, 0x123456789abcdefUL, -300, 200);
		places(memory.values, 3);
		twice();
		if (watched_semaphore)
			PROBE("watched", "watched_semaphore", "4@$77", "i"(0));
		printf("1\n");
		fflush(stdout);
	}
	return 0;
}
