/* What tests of user-space probes look at: for each line read, calls its functions and answers with a line. */
#include <stdio.h>
#include <unistd.h>

static volatile int sink;

__attribute__((noipa)) int probed_sum(int a, int b)
{
	sink += a;
	return a + b;
}

__attribute__((noipa)) int probed_product(int a, int b)
{
	sink += b;
	return a * b;
}

static __attribute__((noipa)) int probed_local(int a)
{
	sink ^= a;
	return sink;
}

int main(void)
{
	char line[64];

	while (fgets(line, sizeof(line), stdin)) {
		probed_local(probed_sum(2, 3) + probed_product(2, 3));
		printf("%d\n", (int)getpgrp() != 0);
		fflush(stdout);
	}
	return 0;
}
