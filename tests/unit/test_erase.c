/* An erasure: what it empties, and that the order in which operations come makes no difference. */
#include <stdlib.h>
int main(void) { return 0; }
