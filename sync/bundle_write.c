#include "sync/bundle_write.h"

#include "crypto/age.h"
#include "crypto/minisig.h"
#include "sync/zstd_frame.h"

static int into_buf(void *context, const void *data, size_t len, struct err *e)
{
	(void)e;
	buf_add(context, data, len);
	return 0;
}

static int into_age(void *context, const void *data, size_t len, struct err *e)
{
	return age_writer_add(context, data, len, e);
}

static int compress_into(struct age_writer *age, const struct bundle_part *parts, int count, struct err *e)
{
	struct frame_writer *frame;
	uint64_t size = 0;
	int result = 0;

	for (int i = 0; i < count; i++)
		size += parts[i].len;
	frame = frame_writer_new(size, into_age, age);
	for (int i = 0; i < count && result == 0; i++)
		result = frame_writer_add(frame, parts[i].data, parts[i].len, e);
	if (result == 0)
		result = frame_writer_end(frame, e);
	frame_writer_free(frame);
	return result;
}

static int seal_payload(const struct public_identity *to, const struct bundle_part *parts, int count,
    struct buf *payload, struct err *e)
{
	struct age_writer *age = age_writer_new(&to->seal_key, 1, into_buf, payload, e);
	int result;

	if (age == NULL)
		return -1;
	result = compress_into(age, parts, count, e);
	if (result == 0)
		result = age_writer_end(age, e);
	age_writer_free(age);
	return result;
}

void signed_file(const struct identity *from, const struct metadata *m, const void *payload, size_t len,
    struct buf *file)
{
	unsigned char digest[HASH_LONG_SIZE];
	struct buf line = BUF_INIT;
	struct hash h;

	hash_init(&h, HASH_LONG_SIZE);
	hash_add(&h, payload, len);
	hash_end(&h, digest, sizeof digest);
	metadata_write(m, &line);
	minisig_write(from, digest, line.data, file);
	buf_add(file, payload, len);
	buf_release(&line);
}

int bundle_seal(const struct identity *from, const struct public_identity *to, const struct metadata *m,
    const struct bundle_part *parts,
    int count, struct buf *file, char hash[HASH_HEX_SIZE], struct err *e)
{
	struct buf payload = BUF_INIT;
	int result = seal_payload(to, parts, count, &payload, e);

	if (result == 0) {
		unsigned char digest[HASH_SIZE];

		signed_file(from, m, payload.data, payload.len, file);
		if (hash != NULL) {
			hash_of(file->data, file->len, digest);
			hash_hex(digest, sizeof digest, hash);
		}
	}
	buf_release(&payload);
	return result;
}
