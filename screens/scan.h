/* scan: a fingerprint as a QR code, for the camera of a telephone, above the same digits. Where the window is too small, the digits alone. */
#ifndef SCREENS_SCAN_H
#define SCREENS_SCAN_H

#include "screens/parts/screen.h"

/* The text is copied. */
struct screen *scan_open(const char *text);

#endif
