/* bech32: the keys of age as text (BIP 173, constant 1, without the 90-character limit). */
#ifndef CRYPTO_BECH32_H
#define CRYPTO_BECH32_H

#define AGE_RECIPIENT_SIZE 63	/* "age1" + 58 and a NUL */
#define AGE_IDENTITY_SIZE 75	/* "AGE-SECRET-KEY-1" + 58 and a NUL */

void bech32_recipient(const unsigned char key[32], char out[AGE_RECIPIENT_SIZE]);
void bech32_identity(const unsigned char key[32], char out[AGE_IDENTITY_SIZE]);
int bech32_read_recipient(const char *text, unsigned char key[32]) __attribute__((warn_unused_result));	/* lower case only */
int bech32_read_identity(const char *text, unsigned char key[32]) __attribute__((warn_unused_result));	/* upper case only */

#endif
