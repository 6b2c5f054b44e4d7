/* The reader's checks, in their order (livenet-bundle(5)), each with bundles that fail that check alone, from a device to the hub and from the hub to a device:
 *
 *    1  regular file, no link, not too large     test_file
 *    2  four lines, printable, the constant      flaws "2"
 *    3  base64 of lines 2 and 4, algorithm       flaws "3"
 *    4  grammar of the signed line               flaws "4"
 *    5  to, from, state, epoch, key id           flaws "5", test_states
 *    6  signature over the line                  flaws "6"
 *    7  its place in the chain                   flaws "7", test_places
 *    8  signature over the payload               flaws "8"
 *    9  age header: grammar, stanzas, MAC        flaws "9"
 *   10  age stream, to its end                   flaws "10"
 *   11  one zstd frame                           flaws "11"
 *   12  lines: length, UTF-8, controls, JSON     flaws "12"
 *   13  the first record, numbers, the end       flaws "13"
 *   14  each operation by itself                 test_operations
 *   15  all or nothing                           flaws "15": the last line is wrong, after a good operation
 *
 * Of every flaw: the outcome, the words, and that nothing in the store changed but the list of what was refused. test_pairs puts two flaws into one bundle, of
 * any two checks: the earlier one speaks. */
#include "tests/unit/forge.h"

#include <sys/stat.h>

#include "sync/bundle_stream.h"
#include "tests/vectors/age_forge.h"

enum { UP = 1, DOWN = 2, BOTH = 3 };

struct flaw {
	const char *check, *name;
	void (*make)(struct forge *f);
	const char *words, *words_down;	/* down: where a device says it otherwise */
	int ways;			/* 0: both */
};

static struct store *consultant, *expert;
static struct identity *stranger;
static struct way up, down;

static bool begin(void)
{
	char person[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	consultant = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	expert = region_member("Ғәлиуллин Рәмил", BELEBEY, "expert");
	if (!CHECK(consultant != NULL && expert != NULL))
		return false;
	region_exchange((struct store *[]){ consultant, expert }, 2);
	/* A second enrolment, so that there is an epoch before. */
	if (!CHECK_INT(region_enrol(consultant, "consultant", BURAEVO, &e), 0))
		return false;
	make(region_hub, &person_type, person, "name", "От центра", "municipality", BURAEVO, NULL);
	region_exchange(&consultant, 1);
	region_exchange(&consultant, 1);
	stranger = identity_new();
	up = (struct way){ .from = consultant, .to = region_hub };
	down = (struct way){ .from = region_hub, .to = consultant, .down = true };
	if (!way_know(&up) || !way_know(&down))
		return false;
	return CHECK_INT(up.known.epoch, 2) && CHECK(up.known.in_seq >= 1) && CHECK(down.known.in_seq >= 1);
}

static void end(void)
{
	region_sound(region_hub);
	region_sound(consultant);
	store_close(consultant);
	store_close(expert);
	identity_free(stranger);
	region_close();
}

/* --- flaws of the block --- */

static void replace(struct buf *file, const char *from, const char *to)
{
	forge_swap(file, from, to, strlen(to));
}

static void first_other(struct forge *f) { f->first = "untrusted comment: signature from minisign secret key"; }
static void first_blank(struct forge *f) { f->first = "untrusted comment: " MINISIG_COMMENT " "; }
static void first_cr(struct forge *f) { f->first = "untrusted comment: " MINISIG_COMMENT "\r"; }
static void first_case(struct forge *f) { f->first = "Untrusted comment: " MINISIG_COMMENT; }
static void line_cr(struct forge *f) { f->trusted_end = "\r"; }
static void line_cr_more(struct forge *f) { f->trusted_end = "\rmore"; }
static void line_tab(struct forge *f) { f->trusted_end = "\t"; }
static void line_escape(struct forge *f) { f->trusted_end = "\x1b[2J"; }
static void line_del(struct forge *f) { f->trusted_end = "\x7f"; }
static void line_high(struct forge *f) { f->trusted_end = "\xc2\xa0"; }

static void line_nul(struct forge *f)
{
	metadata_write(&f->line, &f->trusted);
	buf_addc(&f->trusted, '\0');
}

static void line_long(struct forge *f)
{
	metadata_write(&f->line, &f->trusted);
	while (f->trusted.len <= MINISIG_TRUSTED_MAX)
		buf_addc(&f->trusted, ' ');
}

static void prefix_edit(struct buf *file) { replace(file, "\ntrusted comment: ", "\ntrusted comment:"); }
static void prefix(struct forge *f) { f->edit = prefix_edit; }
static void last_lf_edit(struct buf *file) { replace(file, "==\nage", "==age"); }
static void last_lf(struct forge *f) { f->edit = last_lf_edit; }
static void empty_line_edit(struct buf *file) { replace(file, "\ntrusted", "\n\ntrusted"); }
static void empty_line(struct forge *f) { f->edit = empty_line_edit; }
static void line_twice_edit(struct buf *file)
{
	struct buf again = BUF_INIT;
	char *at = strstr(file->data, "\ntrusted"), *after = strchr(at + 1, '\n');

	buf_add(&again, file->data, (size_t)(after - file->data));
	buf_add(&again, at, file->len - (size_t)(at - file->data));
	buf_release(file);
	*file = again;
}
static void line_twice(struct forge *f) { f->edit = line_twice_edit; }

/* The character before the padding stands for bits that are thrown away. */
static void loose_bits(struct buf *file, const char *padding)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *at = strstr(file->data, padding);

	if (CHECK(at != NULL))
		at[-1] = alphabet[strchr(alphabet, at[-1]) - alphabet + 1];
}
static void loose_2_edit(struct buf *file) { loose_bits(file, "=\ntrusted"); }
static void loose_2(struct forge *f) { f->edit = loose_2_edit; }
static void loose_4_edit(struct buf *file) { loose_bits(file, "==\nage"); }
static void loose_4(struct forge *f) { f->edit = loose_4_edit; }
static void unpadded_2_edit(struct buf *file) { replace(file, "=\ntrusted", "\ntrusted"); }
static void unpadded_2(struct forge *f) { f->edit = unpadded_2_edit; }
static void unpadded_4_edit(struct buf *file) { replace(file, "==\nage", "\nage"); }
static void unpadded_4(struct forge *f) { f->edit = unpadded_4_edit; }
static void blank_4_edit(struct buf *file) { replace(file, "==\nage", "== \nage"); }
static void blank_4(struct forge *f) { f->edit = blank_4_edit; }
static void longer_4_edit(struct buf *file) { replace(file, "==\nage", "==AAAA\nage"); }
static void longer_4(struct forge *f) { f->edit = longer_4_edit; }

/* Signs until line 2 (or 4) has this character, and spells it in another way that libsodium's own decoder, or another alphabet, takes for the same. */
static void spell(struct forge *f, bool second, char from, char to)
{
	for (int i = 0; i < 400; i++) {
		struct buf file = forge_file(f);
		char *line2 = strchr(file.data, '\n') + 1, *line3 = strchr(line2, '\n') + 1, *line4 = strchr(line3, '\n') + 1;
		char *line = second ? line4 : line2, *at = memchr(line, from, second ? 88 : 100);

		if (at != NULL) {
			*at = to;
			f->whole = file;
			return;
		}
		buf_release(&file);
		buf_reset(&f->payload);			/* sealed anew: another signature */
		buf_reset(&f->trusted);
	}
	CHECK(!"no such character came");
}
static void high_2(struct forge *f) { spell(f, false, '/', '\xaf'); }
static void high_4(struct forge *f) { spell(f, true, '/', '\x80'); }
static void url_2(struct forge *f) { spell(f, false, '+', '-'); }
static void url_4(struct forge *f) { spell(f, true, '/', '_'); }

static void algorithm_legacy(struct forge *f) { memcpy(f->algorithm, "Ed", 2); }
static void algorithm_case(struct forge *f) { memcpy(f->algorithm, "eD", 2); }
static void algorithm_none(struct forge *f) { memcpy(f->algorithm, "\0\0", 2); }

/* --- flaws of the signed line, each under a good signature --- */

static void line_is(struct forge *f, const char *from, const char *to)
{
	metadata_write(&f->line, &f->trusted);
	forge_swap(&f->trusted, from, to, strlen(to));
}
static void line_version(struct forge *f) { line_is(f, "bundle/1", "bundle/2"); }
static void line_tag(struct forge *f) { line_is(f, "bundle/1", "ack/1"); }
static void line_tag_case(struct forge *f) { line_is(f, "bundle/1", "Bundle/1"); }
static void line_blank_front(struct forge *f) { line_is(f, "bundle/1", " bundle/1"); }
static void line_two_blanks(struct forge *f) { line_is(f, " to=", "  to="); }
static void line_end_blank(struct forge *f) { f->trusted_end = " "; }
static void line_more(struct forge *f) { f->trusted_end = " more=1"; }
static void line_no_epoch(struct forge *f) { line_is(f, " epoch=2", ""); }
static void line_epoch_zero(struct forge *f) { line_is(f, " epoch=2", " epoch=0"); }
static void line_epoch_lead(struct forge *f) { line_is(f, " epoch=2", " epoch=02"); }
static void line_epoch_plus(struct forge *f) { line_is(f, " epoch=2", " epoch=+2"); }
static void line_epoch_hex(struct forge *f) { line_is(f, " epoch=2", " epoch=0x2"); }
static void line_seq_lead(struct forge *f) { line_is(f, " seq=", " seq=0"); }
static void line_seq_long(struct forge *f) { line_is(f, " seq=", " seq=1000000000000000"); }
static void line_seq_minus(struct forge *f) { line_is(f, " seq=", " seq=-"); }
static void line_seq_twice(struct forge *f) { line_is(f, " prev=", " seq=2 prev="); }
static void line_prev_short(struct forge *f) { line_is(f, " created=", "0 created="); }
static void line_created_none(struct forge *f) { line_is(f, " created=", " made="); }
static void line_created_zone(struct forge *f) { line_is(f, "Z", "+05:00"); }
static void line_created_month(struct forge *f) { line_is(f, "-", "-99"); }

/* The first letter of `from` in hexadecimal, as a capital. */
static void line_hex_case(struct forge *f)
{
	char *at;

	metadata_write(&f->line, &f->trusted);
	at = strpbrk(strstr(f->trusted.data, "prev="), "abcdf");
	REQUIRE(at != NULL && at < strstr(f->trusted.data, " created"));
	*at = (char)(*at - 'a' + 'A');
}

static void line_order(struct forge *f)
{
	buf_addf(&f->trusted, "bundle/1 to=%s from=%s epoch=2 seq=%lld prev=%s created=%s", f->line.to, f->line.from, (long long)f->line.seq, f->line.prev,
	    f->line.created);
}

static void line_is_of(struct forge *f, enum metadata_kind kind)
{
	f->line.kind = kind;
	strcpy(f->line.req, "00112233445566778899aabbccddeeff");
	f->other_head = true;
}
static void line_welcome(struct forge *f) { line_is_of(f, METADATA_WELCOME); }
static void line_join(struct forge *f) { line_is_of(f, METADATA_JOIN); }

/* --- whose it is --- */

static void to_other(struct forge *f) { strcpy(f->line.to, store_identity(expert)->pub.id); }

static void from_stranger(struct forge *f)
{
	strcpy(f->line.from, stranger->pub.id);
	f->by = stranger;
	memcpy(f->key_id, stranger->pub.key_id, sizeof f->key_id);
}

static void from_itself(struct forge *f) { strcpy(f->line.from, f->line.to); }
static void epoch_before(struct forge *f) { f->line.epoch = 1; }
static void epoch_after(struct forge *f) { f->line.epoch = 3; }
static void key_id_other(struct forge *f) { f->key_id[7] ^= 128; }

static void key_other(struct forge *f)
{
	f->by = stranger;
	memcpy(f->key_id, stranger->pub.key_id, sizeof f->key_id);
}

static void key_copied(struct forge *f) { f->by = stranger; }
static void comment_wrong(struct forge *f) { f->wrong_comment = true; }
static void created_edit(struct buf *file) { replace(file, " created=20", " created=21"); }
static void created_changed(struct forge *f) { f->edit = created_edit; }

/* Line 4 of another file of the same sender, which signs the same text over another signature. */
static void comment_of_another(struct forge *f)
{
	struct buf file = forge_file(f), other = BUF_INIT;
	char *line4 = strstr(file.data, "==\nage") - 86;

	buf_reset(&f->payload);
	f->trusted_end = NULL;
	forge_sealed(f);
	forge_block(f, &other);
	memcpy(line4, other.data + other.len - 89, 88);
	buf_release(&other);
	f->whole = file;
}

/* --- its place --- */

static void prev_other(struct forge *f) { f->line.prev[0] = f->line.prev[0] == '0' ? '1' : '0'; }
static void prev_before(struct forge *f) { memset(f->line.prev, '0', HASH_HEX_SIZE - 1); }
static void seq_before(struct forge *f) { f->line.seq--; }

/* --- signature over the payload --- */

static void payload_wrong(struct forge *f) { f->wrong_payload = true; }
static void payload_edit(struct buf *file) { file->data[file->len - 1] ^= 1; }
static void payload_changed(struct forge *f) { f->edit = payload_edit; }
static void payload_more_edit(struct buf *file) { buf_addc(file, '\n'); }
static void payload_more(struct forge *f) { f->edit = payload_more_edit; }
static void payload_cut_edit(struct buf *file) { buf_cut(file, file->len - 1); }
static void payload_cut(struct forge *f) { f->edit = payload_cut_edit; }
static void payload_none_edit(struct buf *file) { buf_cut(file, (size_t)(strstr(file->data, "==\nage") + 3 - file->data)); }
static void payload_none(struct forge *f) { f->edit = payload_none_edit; }

/* Signed as minisign's legacy form signs, and called prehashed. */
static void payload_raw(struct forge *f)
{
	struct buf file = forge_file(f);
	unsigned char bytes[74], message[64 + 1024], global[64];
	char text2[BASE64_SIZE(74)], text4[BASE64_SIZE(64)];

	memcpy(bytes, "ED", 2);
	memcpy(bytes + 2, f->key_id, 8);
	crypto_sign_detached(bytes + 10, NULL, (const unsigned char *)f->payload.data, f->payload.len, f->by->sign_key);
	memcpy(message, bytes + 10, 64);
	memcpy(message + 64, f->trusted.data, f->trusted.len);
	crypto_sign_detached(global, NULL, message, 64 + f->trusted.len, f->by->sign_key);
	base64_encode(bytes, sizeof bytes, true, text2);
	base64_encode(global, sizeof global, true, text4);
	memcpy(strchr(file.data, '\n') + 1, text2, 100);
	memcpy(strstr(file.data, "==\nage") - 86, text4, 88);
	f->whole = file;
}

/* --- the age file: under right signatures --- */

static void receivers_two(struct forge *f) { f->receivers = 2; }
static void receiver_other(struct forge *f) { memcpy(f->seal_to[0], store_identity(expert)->pub.seal_key, 32); }
static void receiver_sender(struct forge *f) { memcpy(f->seal_to[0], f->seal_to[1], 32); }
static void mac_wrong(struct forge *f) { f->wrong_mac = true; }

/* A header of these texts before and behind the one good stanza, under a right MAC, and a good stream. */
struct age_parts { const char *version, *before, *behind; bool low_order, short_body, flag_missing, counter_wrong, empty_chunk; };

static void age_of(struct forge *f, const struct age_parts *how)
{
	unsigned char file_key[16], nonce[16];
	struct forge_stanza st;
	struct buf frame = BUF_INIT;

	forge_plain(f);
	forge_add_frame(&frame, f->plain.data, f->plain.len, true);
	forge_bytes("file key", file_key, sizeof file_key);
	forge_bytes("nonce", nonce, sizeof nonce);
	forge_wrap(&st, "share", store_identity(f->way->to)->open_key, file_key, how->short_body ? 15 : 16);
	if (how->low_order)
		memset(st.share, 0, sizeof st.share);
	buf_adds(&f->payload, how->version != NULL ? how->version : FORGE_VERSION);
	buf_adds(&f->payload, how->before != NULL ? how->before : "");
	forge_stanza(&f->payload, &st);
	buf_adds(&f->payload, how->behind != NULL ? how->behind : "");
	forge_mac(&f->payload, file_key);
	if (how->flag_missing || how->counter_wrong || how->empty_chunk) {
		buf_add(&f->payload, nonce, sizeof nonce);
		forge_chunk(&f->payload, file_key, nonce, how->counter_wrong ? 1 : 0, !how->flag_missing && !how->empty_chunk, (unsigned char *)frame.data, frame.len);
		if (how->empty_chunk)
			forge_chunk(&f->payload, file_key, nonce, 1, true, (const unsigned char *)"", 0);
	} else {
		forge_payload(&f->payload, file_key, nonce, (unsigned char *)frame.data, frame.len);
	}
	buf_release(&frame);
}
static void age_as_it_is(struct forge *f) { age_of(f, &(struct age_parts){ 0 }); }
static void age_grease(struct forge *f) { age_of(f, &(struct age_parts){ .before = "-> grease\n\n" }); }
static void age_version(struct forge *f) { age_of(f, &(struct age_parts){ .version = "age-encryption.org/v2\n" }); }
static void age_crlf(struct forge *f) { age_of(f, &(struct age_parts){ .version = "age-encryption.org/v1\r\n" }); }
static void age_armor(struct forge *f) { age_of(f, &(struct age_parts){ .version = "-----BEGIN AGE ENCRYPTED FILE-----\n" }); }
static void age_scrypt(struct forge *f) { age_of(f, &(struct age_parts){ .behind = "-> scrypt bBjlhJVYZeE4aqUdmtRHfw 15\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n" }); }
static void age_argument(struct forge *f) { age_of(f, &(struct age_parts){ .behind = "-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc more\nhjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE\n" }); }
static void age_two_blanks(struct forge *f) { age_of(f, &(struct age_parts){ .behind = "->  grease\n\n" }); }
static void age_no_body_end(struct forge *f) { age_of(f, &(struct age_parts){ .behind = "-> grease\n" }); }
static void age_low_order(struct forge *f) { age_of(f, &(struct age_parts){ .low_order = true }); }
static void age_short_body(struct forge *f) { age_of(f, &(struct age_parts){ .short_body = true }); }
static void age_no_nonce(struct forge *f)
{
	age_as_it_is(f);
	buf_cut(&f->payload, (size_t)(strchr(strstr(f->payload.data, "\n---") + 1, '\n') + 1 + 15 - f->payload.data));
}
static void age_many(struct forge *f)
{
	static char stanzas[33 * 12];

	*stanzas = '\0';
	for (int i = 0; i < 32; i++)
		strcat(stanzas, "-> grease\n\n");
	age_of(f, &(struct age_parts){ .before = stanzas });
}

static void stream_cut(struct forge *f) { f->cut = 1; }
static void stream_more(struct forge *f) { f->more = 1; }
static void stream_flag(struct forge *f) { age_of(f, &(struct age_parts){ .flag_missing = true }); }
static void stream_counter(struct forge *f) { age_of(f, &(struct age_parts){ .counter_wrong = true }); }
static void stream_empty(struct forge *f) { age_of(f, &(struct age_parts){ .empty_chunk = true }); }
static void stream_none(struct forge *f)
{
	age_as_it_is(f);
	buf_cut(&f->payload, (size_t)(strchr(strstr(f->payload.data, "\n---") + 1, '\n') + 1 + 16 - f->payload.data));
}

/* --- the frame --- */

static void frames_two(struct forge *f) { f->frames = 2; }
static void frame_checksum_none(struct forge *f) { f->no_checksum = true; }
static void checksum_edit(struct buf *b) { b->data[b->len - 1] ^= 1; }
static void frame_checksum(struct forge *f) { f->frame_edit = checksum_edit; }
static void cut_edit(struct buf *b) { buf_cut(b, b->len - 1); }
static void frame_cut(struct forge *f) { f->frame_edit = cut_edit; }
static void trailing_edit(struct buf *b) { buf_addc(b, '\0'); }
static void frame_trailing(struct forge *f) { f->frame_edit = trailing_edit; }
static void skippable_edit(struct buf *b) { buf_add(b, "\x50\x2A\x4D\x18\x04\0\0\0good", 12); }
static void frame_skippable(struct forge *f) { f->frame_edit = skippable_edit; }
static void empty_frame_edit(struct buf *b) { forge_add_frame(b, "", 0, true); }
static void frame_empty_behind(struct forge *f) { f->frame_edit = empty_frame_edit; }

static void put_before(struct buf *b, const char *bytes, size_t len)
{
	struct buf all = BUF_INIT;

	buf_add(&all, bytes, len);
	buf_add(&all, b->data, b->len);
	buf_release(b);
	*b = all;
}
static void skippable_before_edit(struct buf *b) { put_before(b, "\x50\x2A\x4D\x18\x04\0\0\0good", 12); }
static void frame_skippable_before(struct forge *f) { f->frame_edit = skippable_before_edit; }
static void magic_edit(struct buf *b) { b->data[0] ^= 1; }
static void frame_magic(struct forge *f) { f->frame_edit = magic_edit; }

/* The same frame with other words in its header: a window for a size, a dictionary, a size that is none. */
static void no_size_edit(struct buf *b)
{
	int content = (unsigned char)b->data[4] >> 6, bytes = content == 0 ? 1 : 1 << content;
	struct buf all = BUF_INIT;

	buf_add(&all, b->data, 4);
	buf_addc(&all, (char)(b->data[4] & 0x0f & ~0x20));	/* no size, no single segment */
	buf_addc(&all, 0x58);					/* a window of 2 MiB */
	buf_add(&all, b->data + 5 + bytes, b->len - 5 - (size_t)bytes);
	buf_release(b);
	*b = all;
}
static void frame_no_size(struct forge *f) { f->frame_edit = no_size_edit; }
static void dictionary_edit(struct buf *b)
{
	struct buf all = BUF_INIT;

	buf_add(&all, b->data, 4);
	buf_addc(&all, (char)(b->data[4] | 1));
	buf_addc(&all, 7);
	buf_add(&all, b->data + 5, b->len - 5);
	buf_release(b);
	*b = all;
}
static void frame_dictionary(struct forge *f) { f->frame_edit = dictionary_edit; }
static void plain_edit(struct buf *b) { buf_reset(b); buf_adds(b, "{\"rec\":\"bundle\"}\n"); }
static void frame_none(struct forge *f) { f->frame_edit = plain_edit; }
static void nothing_edit(struct buf *b) { buf_reset(b); }
static void frame_nothing(struct forge *f) { f->frame_edit = nothing_edit; }

static void frame_bomb(struct forge *f)
{
	forge_plain(f);
	buf_cut(&f->plain, f->plain.len - strlen("{\"rec\":\"end\",\"ops\":1}\n"));
	while (f->plain.len < 24 << 20)
		buf_adds(&f->plain, "{\"rec\":\"pad\",\"optional\":true}\n{\"rec\":\"pad\",\"optional\":true}\n{\"rec\":\"pad\",\"optional\":true}\n");
	buf_adds(&f->plain, "{\"rec\":\"end\",\"ops\":1}\n");
}

/* --- the lines --- */

#define END "{\"rec\":\"end\""
#define NAME "Новый"

static void text_cr(struct forge *f) { forge_text(f, "{\"rec\":\"bundle\"", "\r{\"rec\":\"bundle\""); }
static void text_crlf(struct forge *f) { forge_text(f, "\"ops\":1}\n", "\"ops\":1}\r\n"); }
static void text_cr_op(struct forge *f) { forge_text(f, NAME, "Но\rвый"); }
static void text_nul(struct forge *f)
{
	forge_text(f, NAME, "Но?вый");
	forge_plain(f);
	*(char *)memchr(f->plain.data, '?', f->plain.len) = '\0';
}
static void text_utf8(struct forge *f) { forge_text(f, NAME, "Нов\xffй"); }
static void text_overlong(struct forge *f) { forge_text(f, NAME, "\xc0\xaf"); }
static void text_surrogate(struct forge *f) { forge_text(f, NAME, "\xed\xa0\x80"); }
static void text_c1(struct forge *f) { forge_text(f, NAME, "Нов\xc2\x9bй"); }
static void text_del(struct forge *f) { forge_text(f, NAME, "Нов\x7fй"); }
static void text_escape(struct forge *f) { forge_text(f, NAME, "\x1b[2J"); }
static void text_escape_json(struct forge *f) { forge_text(f, NAME, "\\u001b[2J"); }
static void text_c1_json(struct forge *f) { forge_text(f, NAME, "\\u009b"); }
static void text_nul_json(struct forge *f) { forge_text(f, NAME, "\\u0000"); }
static void text_no_lf(struct forge *f) { forge_text(f, "\"ops\":1}\n", "\"ops\":1}"); }
static void text_empty(struct forge *f) { forge_text(f, END, "\n" END); }
static void text_twice(struct forge *f) { forge_text(f, END, END ",\"rec\":\"end\""); }
static void text_float(struct forge *f) { forge_text(f, NAME "\"", NAME "\",1.5"); }
static void text_big(struct forge *f) { forge_text(f, NAME "\"", NAME "\",9223372036854775808"); }
static void text_blank(struct forge *f) { forge_text(f, "[0,\"" NAME, "[0, \"" NAME); }
static void text_deep(struct forge *f)
{
	forge_text(f, END, "{\"rec\":\"pad\",\"optional\":true,\"text\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}\n" END);
}
static void text_long(struct forge *f)
{
	static char line[BUNDLE_LINE_MAX + 100];

	if (*line == '\0') {
		size_t n = (size_t)snprintf(line, sizeof line, "{\"rec\":\"pad\",\"optional\":true,\"text\":\"");

		for (; n < BUNDLE_LINE_MAX - 1; n++)
			line[n] = (char)('a' + n * 7919 % 26);
		strcpy(line + n, "\"}\n" END);	/* one byte more than a line may have */
	}
	forge_text(f, END, line);
}
static void text_unknown(struct forge *f) { forge_text(f, END, "{\"rec\":\"strange\"}\n" END); }
static void text_optional(struct forge *f) { forge_text(f, END, "{\"rec\":\"strange\",\"optional\":false}\n" END); }

/* --- first record and numbers --- */

static void head_seq(struct forge *f) { f->other_head = true; f->head.meta.seq++; }
static void head_epoch(struct forge *f) { f->other_head = true; f->head.meta.epoch = 1; }
static void head_from(struct forge *f) { f->other_head = true; strcpy(f->head.meta.from, store_identity(expert)->pub.id); }
static void head_to(struct forge *f) { f->other_head = true; strcpy(f->head.meta.to, store_identity(expert)->pub.id); }
static void head_prev(struct forge *f) { f->other_head = true; f->head.meta.prev[5] ^= 1; }
static void head_created(struct forge *f) { f->other_head = true; strcpy(f->head.meta.created, "2020-02-14T09:30:00Z"); }
static void head_rec(struct forge *f) { forge_text(f, "{\"rec\":\"bundle\"", "{\"rec\":\"bundles\""); }
static void head_missing(struct forge *f) { forge_text(f, "{\"rec\":\"bundle\"", "{\"rec\":\"pad\",\"optional\":true}\n{\"rec\":\"bundle\""); }
static void head_version(struct forge *f) { forge_text(f, "\"v\":1", "\"v\":2"); }
static void head_unknown(struct forge *f) { forge_text(f, "\"v\":1", "\"v\":1,\"more\":1"); }
static void head_schema(struct forge *f) { forge_text(f, "\"schema\":", "\"schema\":-"); }
static void head_ops_none(struct forge *f) { forge_text(f, "\"ops\":1,", ""); }
static void head_ops_many(struct forge *f) { f->head.ops = 2; f->head.last_op++; }
static void head_ops_few(struct forge *f) { f->head.ops = 0; f->head.last_op--; }
static void head_first_ahead(struct forge *f) { f->head.first_op++; f->head.last_op++; }
static void head_first_behind(struct forge *f) { f->head.first_op--; f->head.last_op--; }
static void head_last(struct forge *f) { f->head.last_op++; }
static void head_tables(struct forge *f) { forge_text(f, "\"tables\":[[", "\"tables\":[[\"Person!\",\"deleted\"],["); }
static void head_tables_twice(struct forge *f) { forge_text(f, "\"tables\":[[", "\"tables\":[[\"person\",\"deleted\"],["); }
static void ack_seq(struct forge *f) { f->head.ack_seq = 900000; }
static void ack_pos(struct forge *f) { f->head.ack_pos = 900000; }
static void run_tag(struct forge *f) { forge_text(f, "{\"rec\":\"ops\",\"dev\":\"", "{\"rec\":\"ops\",\"dev\":\"u"); }
static void run_seq(struct forge *f) { forge_text(f, "\",\"seq\":", "\",\"seq\":9"); }
static void run_seq_none(struct forge *f) { forge_text(f, "\",\"seq\":", "\",\"sec\":"); }
static void run_stamp(struct forge *f) { forge_text(f, "\"hlc\":\"", "\"hlc\":\"0"); }
static void run_stamp_word(struct forge *f) { forge_text(f, "\"hlc\":\"", "\"hlc\":\"x"); }
static void run_pos(struct forge *f) { forge_text(f, "\"pos\":0}\n[", "\"pos\":900000}\n["); }
static void run_missing(struct forge *f)
{
	char *second = strchr(f->lines.data, '\n') + 1;

	forge_swap(&f->lines, f->lines.data, second, strlen(second));
}
static void stamp_below(struct forge *f) { forge_text(f, "\n[0,", "\n[-999999999999999999,"); }
static void op_body(struct forge *f) { forge_text(f, "[0,\"" NAME, "{0,\"" NAME); }
static void op_twice(struct forge *f) { forge_text(f, END, "[1,1,1,\"first\",[[2,\"x\",[]]]]\n" END); }

static void run_other(struct forge *f)
{
	static char from[40], to[40];

	snprintf(from, sizeof from, "\"dev\":\"%s\"", forge_tag(f));
	snprintf(to, sizeof to, "\"dev\":\"%s\"", store_identity(expert)->pub.tag);
	forge_text(f, from, to);
}

/* Another's contents under one's own signature: what the first record is there for. */
static void contents_of_another(struct forge *f)
{
	f->other_head = true;
	strcpy(f->head.meta.from, store_identity(expert)->pub.id);
	f->head.meta.seq = 2;
}

static void end_missing(struct forge *f) { forge_text(f, END ",\"ops\":1}\n", ""); }
static void end_twice(struct forge *f) { forge_text(f, END ",\"ops\":1}\n", END ",\"ops\":1}\n" END ",\"ops\":1}\n"); }
static void end_count(struct forge *f) { forge_text(f, END ",\"ops\":1}", END ",\"ops\":2}"); }
static void end_more(struct forge *f) { forge_text(f, END ",\"ops\":1}", END ",\"ops\":1,\"more\":1}"); }
static void end_record(struct forge *f) { forge_text(f, END, "{\"rec\":\"receipt\",\"seq\":1}\n" END); }

/* --- the table --- */

#define BLOCK "the signature at the front"
#define LINE "the signed line is not"
#define NOT_A_BUNDLE "it is not a bundle"

static const struct flaw flaws[] = {
	{ "2", "another first line", first_other, BLOCK, NULL, 0 },
	{ "2", "a blank behind the first line", first_blank, BLOCK, NULL, 0 },
	{ "2", "CR behind the first line", first_cr, BLOCK, NULL, 0 },
	{ "2", "a capital in the first line", first_case, BLOCK, NULL, 0 },
	{ "2", "CR behind the signed line", line_cr, BLOCK, NULL, 0 },
	{ "2", "CR and a text that minisign 0.11 does not show", line_cr_more, BLOCK, NULL, 0 },
	{ "2", "a tab", line_tab, BLOCK, NULL, 0 },
	{ "2", "a terminal's escape", line_escape, BLOCK, NULL, 0 },
	{ "2", "DEL", line_del, BLOCK, NULL, 0 },
	{ "2", "a no-break space", line_high, BLOCK, NULL, 0 },
	{ "2", "NUL", line_nul, BLOCK, NULL, 0 },
	{ "2", "a line of 513 bytes", line_long, BLOCK, NULL, 0 },
	{ "2", "no blank before the signed line", prefix, BLOCK, NULL, 0 },
	{ "2", "no LF before the payload", last_lf, BLOCK, NULL, 0 },
	{ "2", "an empty line", empty_line, BLOCK, NULL, 0 },
	{ "2", "the signed line twice", line_twice, BLOCK, NULL, 0 },
	{ "3", "loose bits in line 2", loose_2, BLOCK, NULL, 0 },
	{ "3", "loose bits in line 4", loose_4, BLOCK, NULL, 0 },
	{ "3", "no padding in line 2", unpadded_2, BLOCK, NULL, 0 },
	{ "3", "no padding in line 4", unpadded_4, BLOCK, NULL, 0 },
	{ "3", "a blank behind line 4", blank_4, BLOCK, NULL, 0 },
	{ "3", "more behind the padding", longer_4, BLOCK, NULL, 0 },
	{ "3", "0xAF for a slash in line 2", high_2, BLOCK, NULL, 0 },
	{ "3", "0x80 for a slash in line 4", high_4, BLOCK, NULL, 0 },
	{ "3", "the alphabet of addresses in line 2", url_2, BLOCK, NULL, 0 },
	{ "3", "the alphabet of addresses in line 4", url_4, BLOCK, NULL, 0 },
	{ "3", "the legacy algorithm", algorithm_legacy, BLOCK, NULL, 0 },
	{ "3", "an algorithm in other case", algorithm_case, BLOCK, NULL, 0 },
	{ "3", "no algorithm", algorithm_none, BLOCK, NULL, 0 },
	{ "4", "bundle/2", line_version, LINE, NULL, 0 },
	{ "4", "another tag", line_tag, LINE, NULL, 0 },
	{ "4", "a tag in other case", line_tag_case, LINE, NULL, 0 },
	{ "4", "a blank in front", line_blank_front, LINE, NULL, 0 },
	{ "4", "two blanks", line_two_blanks, LINE, NULL, 0 },
	{ "4", "a blank behind", line_end_blank, LINE, NULL, 0 },
	{ "4", "a field more", line_more, LINE, NULL, 0 },
	{ "4", "no epoch", line_no_epoch, LINE, NULL, 0 },
	{ "4", "epoch 0", line_epoch_zero, LINE, NULL, 0 },
	{ "4", "epoch 02", line_epoch_lead, LINE, NULL, 0 },
	{ "4", "epoch +2", line_epoch_plus, LINE, NULL, 0 },
	{ "4", "epoch 0x2", line_epoch_hex, LINE, NULL, 0 },
	{ "4", "a number that begins with 0", line_seq_lead, LINE, NULL, 0 },
	{ "4", "a number of 16 digits", line_seq_long, LINE, NULL, 0 },
	{ "4", "a number below 0", line_seq_minus, LINE, NULL, 0 },
	{ "4", "a field twice", line_seq_twice, LINE, NULL, 0 },
	{ "4", "a hash of 65 digits", line_prev_short, LINE, NULL, 0 },
	{ "4", "a hash with capitals", line_hex_case, LINE, NULL, 0 },
	{ "4", "no created", line_created_none, LINE, NULL, 0 },
	{ "4", "another time zone", line_created_zone, LINE, NULL, 0 },
	{ "4", "no such month", line_created_month, LINE, NULL, 0 },
	{ "4", "fields in another order", line_order, LINE, NULL, 0 },
	{ "4", "the signed line of a welcome", line_welcome, NOT_A_BUNDLE, NULL, 0 },
	{ "4", "the signed line of a request", line_join, "not a request to join", NOT_A_BUNDLE, 0 },
	{ "5", "for another", to_other, "another hub", "another device", 0 },
	{ "5", "from a stranger", from_stranger, "not on the roster", "not come from this device's hub", 0 },
	{ "5", "from its reader", from_itself, "not on the roster", "not come from this device's hub", 0 },
	{ "5", "an epoch that is over", epoch_before, "another enrolment", NULL, 0 },
	{ "5", "an epoch to come", epoch_after, "another enrolment", NULL, UP },
	{ "5", "another key id over the right key", key_id_other, "another key", NULL, 0 },
	{ "5", "another key", key_other, "another key", NULL, 0 },
	{ "6", "another key under the right key id", key_copied, "over its first lines", NULL, 0 },
	{ "6", "a bit of the second signature", comment_wrong, "over its first lines", NULL, 0 },
	{ "6", "the signed line changed", created_changed, "over its first lines", NULL, 0 },
	{ "6", "the second signature of another file", comment_of_another, "over its first lines", NULL, 0 },
	{ "7", "another prev", prev_other, "chain", NULL, 0 },
	{ "7", "no prev", prev_before, "chain", NULL, 0 },
	{ "7", "an old number", seq_before, "accepted before with other contents", NULL, 0 },
	{ "8", "a bit of the first signature", payload_wrong, "over its contents", NULL, 0 },
	{ "8", "the last byte changed", payload_changed, "over its contents", NULL, 0 },
	{ "8", "a byte more", payload_more, "over its contents", NULL, 0 },
	{ "8", "a byte less", payload_cut, "over its contents", NULL, 0 },
	{ "8", "no payload", payload_none, "over its contents", NULL, 0 },
	{ "8", "the payload signed, not its hash", payload_raw, "over its contents", NULL, 0 },
	{ "9", "two receivers", receivers_two, "more receivers", NULL, 0 },
	{ "9", "sealed to another", receiver_other, "*no match", NULL, 0 },
	{ "9", "sealed to its sender", receiver_sender, "*no match", NULL, 0 },
	{ "9", "a wrong MAC", mac_wrong, "*HMAC", NULL, 0 },
	{ "9", "a stanza of an unknown kind", age_grease, "more receivers", NULL, 0 },
	{ "9", "version 2", age_version, "*header", NULL, 0 },
	{ "9", "CR in the header", age_crlf, "*header", NULL, 0 },
	{ "9", "armor", age_armor, "*header", NULL, 0 },
	{ "9", "a passphrase's stanza", age_scrypt, "*header", NULL, 0 },
	{ "9", "an argument more", age_argument, "*header", NULL, 0 },
	{ "9", "two blanks in a stanza", age_two_blanks, "*header", NULL, 0 },
	{ "9", "a stanza without a body", age_no_body_end, "*header", NULL, 0 },
	{ "9", "a share of low order", age_low_order, "*header", NULL, 0 },
	{ "9", "a key of 15 bytes", age_short_body, "*header", NULL, 0 },
	{ "9", "33 stanzas", age_many, "*header", NULL, 0 },
	{ "9", "a short nonce", age_no_nonce, "*header", NULL, 0 },
	{ "10", "a byte less in the stream", stream_cut, "*payload", NULL, 0 },
	{ "10", "a byte more in the stream", stream_more, "*payload", NULL, 0 },
	{ "10", "no last chunk", stream_flag, "*payload", NULL, 0 },
	{ "10", "a chunk left out", stream_counter, "*payload", NULL, 0 },
	{ "10", "an empty last chunk", stream_empty, "*payload", NULL, 0 },
	{ "10", "no chunk", stream_none, "*payload", NULL, 0 },
	{ "11", "no checksum", frame_checksum_none, "no checksum", NULL, 0 },
	{ "11", "a wrong checksum", frame_checksum, "checksum", NULL, 0 },
	{ "11", "two frames", frames_two, "follows the frame", NULL, 0 },
	{ "11", "a frame of nothing behind", frame_empty_behind, "follows the frame", NULL, 0 },
	{ "11", "a byte behind", frame_trailing, "follows the frame", NULL, 0 },
	{ "11", "a skippable frame behind", frame_skippable, "follows the frame", NULL, 0 },
	{ "11", "a skippable frame in front", frame_skippable_before, "no zstd frame", NULL, 0 },
	{ "11", "another magic number", frame_magic, "no zstd frame", NULL, 0 },
	{ "11", "not compressed", frame_none, "no zstd frame", NULL, 0 },
	{ "11", "nothing", frame_nothing, "too early", NULL, 0 },
	{ "11", "a byte less", frame_cut, "too early", NULL, 0 },
	{ "11", "no size", frame_no_size, "does not say its size", NULL, 0 },
	{ "11", "a dictionary", frame_dictionary, "dictionary", NULL, 0 },
	{ "11", "more than 200 times its size", frame_bomb, "more than a bundle may hold", NULL, 0 },
	{ "12", "CR before the first record", text_cr, "control character", NULL, 0 },
	{ "12", "CR LF", text_crlf, "control character", NULL, 0 },
	{ "12", "CR in a text", text_cr_op, "control character", NULL, 0 },
	{ "12", "NUL", text_nul, "control character", NULL, 0 },
	{ "12", "no UTF-8", text_utf8, "not well-formed", NULL, 0 },
	{ "12", "a slash in two bytes", text_overlong, "not well-formed", NULL, 0 },
	{ "12", "half a pair of UTF-16", text_surrogate, "not well-formed", NULL, 0 },
	{ "12", "C1", text_c1, "not well-formed", NULL, 0 },
	{ "12", "DEL", text_del, "not well-formed", NULL, 0 },
	{ "12", "ESC", text_escape, "not well-formed", NULL, 0 },
	{ "12", "ESC, escaped", text_escape_json, "not well-formed", NULL, 0 },
	{ "12", "C1, escaped", text_c1_json, "not well-formed", NULL, 0 },
	{ "12", "NUL, escaped", text_nul_json, "not well-formed", NULL, 0 },
	{ "12", "the last line without LF", text_no_lf, "no end", NULL, 0 },
	{ "12", "an empty line", text_empty, "not well-formed", NULL, 0 },
	{ "12", "a key twice", text_twice, "not well-formed", NULL, 0 },
	{ "12", "a number with a point", text_float, "not well-formed", NULL, 0 },
	{ "12", "a number of 65 bits", text_big, "not well-formed", NULL, 0 },
	{ "12", "a blank in an operation", text_blank, "not well-formed", NULL, 0 },
	{ "12", "33 levels", text_deep, "no record", NULL, 0 },
	{ "12", "a line of a byte more than 1 MiB", text_long, "1 MiB", NULL, 0 },
	{ "12", "an unknown record", text_unknown, "does not know", NULL, 0 },
	{ "12", "an unknown record, not optional", text_optional, "no record", NULL, 0 },
	{ "13", "another from", head_from, "sealed for another", NULL, 0 },
	{ "13", "another to", head_to, "sealed for another", NULL, 0 },
	{ "13", "another epoch", head_epoch, "sealed for another", NULL, 0 },
	{ "13", "another seq", head_seq, "sealed for another", NULL, 0 },
	{ "13", "another prev", head_prev, "sealed for another", NULL, 0 },
	{ "13", "another created", head_created, "sealed for another", NULL, 0 },
	{ "13", "another's contents", contents_of_another, "sealed for another", NULL, 0 },
	{ "13", "another first record", head_rec, "first record", NULL, 0 },
	{ "13", "something before the first record", head_missing, "first record", NULL, 0 },
	{ "13", "another version", head_version, "version", NULL, 0 },
	{ "13", "an unknown key", head_unknown, "first record", NULL, 0 },
	{ "13", "a schema below 0", head_schema, "number", NULL, 0 },
	{ "13", "no number of operations", head_ops_none, "number", NULL, 0 },
	{ "13", "fewer operations than said", head_ops_many, "number of operations", NULL, 0 },
	{ "13", "more operations than said", head_ops_few, "more operations", NULL, 0 },
	{ "13", "operations left out before", head_first_ahead, "do not follow", "a part of the feed is missing", 0 },
	{ "13", "operations told again", head_first_behind, "do not follow", NULL, UP },
	{ "13", "a last number that is not the count's", head_last, "number of operations", NULL, UP },
	{ "13", "a table that is none", head_tables, "dictionary", NULL, 0 },
	{ "13", "a table twice", head_tables_twice, "dictionary", NULL, 0 },
	{ "13", "a position acknowledged that was never sent", ack_pos, "never sent", NULL, UP },
	{ "13", "no tag", run_tag, "field wrong", NULL, 0 },
	{ "13", "another device's operations", run_other, "another device", NULL, UP },
	{ "13", "a number left out", run_seq, "missing or comes twice", NULL, UP },
	{ "13", "no number", run_seq_none, "not well-formed", NULL, 0 },
	{ "13", "a stamp that begins with 0", run_stamp, "field wrong", NULL, 0 },
	{ "13", "a stamp that is no number", run_stamp_word, "field wrong", NULL, 0 },
	{ "13", "a position that was never sent", run_pos, "never sent", NULL, UP },
	{ "13", "an operation outside of a run", run_missing, "outside", NULL, 0 },
	{ "13", "a stamp below 0", stamp_below, "out of range", NULL, 0 },
	{ "13", "an operation whose body is none", op_body, "not well-formed", NULL, 0 },
	{ "13", "an operation too many", op_twice, "more operations", NULL, 0 },
	{ "15", "no end", end_missing, "end is missing", NULL, 0 },
	{ "15", "two ends", end_twice, "follows the end", NULL, 0 },
	{ "15", "an end with another count", end_count, "number of operations", NULL, 0 },
	{ "15", "an end with more in it", end_more, "not well-formed", NULL, 0 },
	{ "15", "a wrong record before the end", end_record, "does not know", "not well-formed", 0 },
};

static bool goes(const struct flaw *flaw, const struct way *w)
{
	return ((flaw->ways == 0 ? BOTH : flaw->ways) & (w->down ? DOWN : UP)) != 0;
}

static int no_line(void *context, const char *line, size_t len, struct err *e)
{
	(void)context, (void)line, (void)len, (void)e;
	return 0;
}

/* The class of an age file's fault, which people get as one message. */
static void age_class(const struct flaw *flaw, const struct way *w, const struct buf *file, const char *problem)
{
	static const struct { const char *name; enum err_code code; } classes[] = {
		{ "*header", ERR_AGE_HEADER }, { "*no match", ERR_AGE_NO_MATCH }, { "*HMAC", ERR_AGE_HMAC }, { "*payload", ERR_AGE_PAYLOAD } };
	struct err e = ERR_INIT;
	struct minisig sig;
	struct spool sp;

	REQUIRE_OK(minisig_read(&sig, file->data, file->len, &e));
	REQUIRE_OK(spool_bytes(&sp, file->data, file->len, test_folder(), &e));
	CHECK_INT(bundle_lines(&sp, (off_t)sig.block_len, store_identity(w->to)->open_key, no_line, NULL, &e), -1);
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (strcmp(flaw->words, classes[i].name) == 0)
			CHECK_INT(e.code, classes[i].code);
	CHECK_STR(problem, e.text);
	spool_close(&sp);
}

static void expect_refused(const struct flaw *flaw, const struct way *w, struct forge *f)
{
	const char *words = w->down && flaw->words_down != NULL ? flaw->words_down : flaw->words;
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct buf file = forge_file(f);
	struct intake in;
	bool good;

	forge_state(w->to, before);
	in = forge_judge(w, file.data, file.len);
	forge_state(w->to, after);
	good = CHECK_INT(in.outcome, INTAKE_REFUSED);
	good &= CHECK_STR(after, before);
	good &= CHECK_INT(in.fork, *flaw->check == '7');
	good &= CHECK_INT(region_count(w->to, "SELECT count(*) FROM quarantine WHERE reason = ''"), 0);
	if (*words == '*')
		age_class(flaw, w, &file, in.problem);
	else
		good &= CHECK(strstr(in.problem, words) != NULL);
	if (!good)
		test_note("check %s, %s, %s: \"%s\", not \"%s\"", flaw->check, flaw->name, w->down ? "from the hub" : "to the hub", in.problem, words);
	buf_release(&file);
	forge_release(f);
}

/* The same bundle without a flaw is taken, once: the forge makes good ones. */
static void expect_taken(struct way *w, void (*change_it)(struct forge *f))
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct forge f;
	struct buf file;
	struct intake in;

	forge_good(&f, w);
	if (change_it != NULL)
		change_it(&f);
	file = forge_file(&f);
	in = forge_judge(w, file.data, file.len);
	if (!CHECK_INT(in.outcome, INTAKE_TAKEN) || !CHECK_INT(in.accepted, 1))
		test_note("%s", in.problem);
	forge_state(w->to, before);
	in = forge_judge(w, file.data, file.len);
	forge_state(w->to, after);
	CHECK_INT(in.outcome, INTAKE_KNOWN);
	CHECK_STR(after, before);
	way_know(w);
	buf_release(&file);
	forge_release(&f);
}

static void each_alone(struct way *w)
{
	struct forge f;

	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
		if (!goes(&flaws[i], w))
			continue;
		forge_good(&f, w);
		flaws[i].make(&f);
		expect_refused(&flaws[i], w, &f);
	}
	expect_taken(w, NULL);
	expect_taken(w, age_as_it_is);
}

static void test_to_the_hub(void)
{
	REQUIRE(begin());
	each_alone(&up);
	end();
}

static void test_from_the_hub(void)
{
	REQUIRE(begin());
	each_alone(&down);
	end();
}

/* --- check 1, and whatever depends on the file --- */

static void expect_file(const struct way *w, const char *path, enum intake_outcome outcome, const char *words)
{
	struct intake in = { 0 };
	struct err e = ERR_INIT;

	if (!CHECK_INT(intake_file(w->to, path, &in, &e), 0))
		test_note("%s", e.text);
	if (!CHECK_INT(in.outcome, outcome) || !CHECK(strstr(in.problem, words) != NULL))
		test_note("\"%s\", not \"%s\"", in.problem, words);
}

static void files_of(struct way *w)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct forge f;
	struct buf file;

	forge_good(&f, w);
	file = forge_file(&f);
	file_put(file_at("good"), file.data, file.len);
	file_put(file_at("empty"), "", 0);
	file_put(file_at("large"), file.data, file.len);
	unlink(file_at("link"));
	unlink(file_at("pipe"));
	CHECK_INT(symlink(file_at("good"), file_at("link")), 0);
	CHECK_INT(mkfifo(file_at("pipe"), 0600), 0);
	CHECK(mkdir(file_at("folder"), 0700) == 0 || fs_is_dir(file_at("folder")));
	forge_state(w->to, before);
	expect_file(w, file_at("link"), INTAKE_REFUSED, "not a regular file");
	expect_file(w, file_at("pipe"), INTAKE_REFUSED, "not a regular file");
	expect_file(w, file_at("folder"), INTAKE_REFUSED, "not a regular file");
	expect_file(w, file_at("empty"), INTAKE_REFUSED, BLOCK);
	CHECK_INT(truncate(file_at("large"), BUNDLE_FILE_MAX + 1), 0);
	expect_file(w, file_at("large"), INTAKE_REFUSED, "larger than a bundle may be");
	CHECK_INT(truncate(file_at("large"), BUNDLE_FILE_MAX), 0);
	expect_file(w, file_at("large"), INTAKE_REFUSED, "over its contents");
	forge_state(w->to, after);
	CHECK_STR(after, before);
	/* What it is called means nothing; nor where it is. */
	CHECK_INT(rename(file_at("good"), file_at("00000099.part")), 0);
	expect_file(w, file_at("00000099.part"), INTAKE_TAKEN, "");
	way_know(w);
	buf_release(&file);
	forge_release(&f);
}

static void test_file(void)
{
	REQUIRE(begin());
	files_of(&up);
	files_of(&down);
	end();
}

/* --- checks 5, 7 and 14 where they are not a refusal, or depend on what the reader holds --- */

static void set_state(struct store *s, const char *state)
{
	struct err e = ERR_INIT;
	char sql[200];

	snprintf(sql, sizeof sql, "UPDATE peer SET state = '%s' WHERE id = '%s'", state, store_identity(s == region_hub ? consultant : region_hub)->pub.id);
	CHECK_INT(store_exec(s, sql, &e), 0);
}

static void test_states(void)
{
	static const struct flaw of_hub[] = { { "5", "suspended", NULL, "suspended", NULL, 0 }, { "5", "revoked", NULL, "revoked", NULL, 0 } };
	static const struct flaw pinned = { "5", "not welcomed", NULL, "not been welcomed", NULL, 0 };
	struct forge f;

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof of_hub / sizeof *of_hub; i++) {
		set_state(region_hub, of_hub[i].name);
		forge_good(&f, &up);
		expect_refused(&of_hub[i], &up, &f);
	}
	set_state(region_hub, "active");
	set_state(consultant, "pinned");
	forge_good(&f, &down);
	expect_refused(&pinned, &down, &f);
	set_state(consultant, "active");
	expect_taken(&up, NULL);
	expect_taken(&down, NULL);
	end();
}

/* Ahead of its turn: kept, the missing number named, nothing applied; then, when what is missing has come, taken from where it was kept. */
static void places_of(struct way *w)
{
	struct forge first, second;
	struct buf one, other;
	struct err e = ERR_INIT;
	struct intake in;
	unsigned char digest[HASH_SIZE];
	int people = region_count(w->to, "SELECT count(*) FROM person");

	forge_good(&first, w);
	one = forge_file(&first);
	hash_of(one.data, one.len, digest);
	forge_good(&second, w);
	second.line.seq++;
	hash_hex(digest, sizeof digest, second.line.prev);
	second.head.first_op++;
	second.head.last_op++;
	buf_reset(&second.lines);
	buf_adds(&second.lines, "{\"rec\":\"end\",\"ops\":0}\n");
	second.head.ops = 0;
	second.head.last_op--;
	other = forge_file(&second);
	for (int i = 0; i < 2; i++) {
		in = forge_judge(w, other.data, other.len);
		CHECK_INT(in.outcome, INTAKE_PARKED);
		CHECK_INT(in.missing, w->known.in_seq + 1);
		CHECK_INT(region_count(w->to, "SELECT count(*) FROM parked"), 1);
	}
	CHECK_INT(region_count(w->to, "SELECT count(*) FROM person"), people);
	/* Its contents are proved before it is kept. */
	other.data[other.len - 1] ^= 1;
	in = forge_judge(w, other.data, other.len);
	CHECK_INT(in.outcome, INTAKE_REFUSED);
	CHECK(strstr(in.problem, "over its contents") != NULL);
	in = forge_judge(w, one.data, one.len);
	CHECK_INT(in.outcome, INTAKE_TAKEN);
	CHECK_INT(intake_parked(w->to, store_identity(w->from)->pub.id, &in, &e), 1);
	if (!CHECK_INT(in.outcome, INTAKE_TAKEN))
		test_note("%s", in.problem);
	CHECK_INT(region_count(w->to, "SELECT count(*) FROM parked"), 0);
	CHECK_INT(region_count(w->to, "SELECT count(*) FROM person"), people + 1);
	way_know(w);
	CHECK_INT(w->known.in_seq, second.line.seq);
	buf_release(&one);
	buf_release(&other);
	forge_release(&first);
	forge_release(&second);
}

static void test_places(void)
{
	REQUIRE(begin());
	places_of(&up);
	places_of(&down);
	end();
}

static void stranger_programme(struct forge *f)
{
	buf_reset(&f->lines);
	buf_addf(&f->lines, "{\"rec\":\"ops\",\"dev\":\"%s\",\"seq\":%lld,\"hlc\":\"%llu\",\"pos\":0}\n", forge_tag(f), (long long)f->head.first_op,
	    (unsigned long long)journal_last_stamp(store_journal(f->way->from)) + 65536);
	buf_addf(&f->lines, "[0,%d,0,\"%s-1800\",[0,\"Чужая\"]]\n", dictionary_table(store_journal(f->way->from), "programme"), forge_tag(f));
	buf_addf(&f->lines, "[65536,%d,0,\"%s-1801\",[0,\"Новый\"]]\n", dictionary_table(store_journal(f->way->from), "person"), forge_tag(f));
	buf_adds(&f->lines, "{\"rec\":\"end\",\"ops\":2}\n");
	f->head.last_op++;
	f->head.ops = 2;
}

/* 14: at the hub what its author may not do is left out, and the others are applied. A device takes whatever its hub signed; what says that the hub knows of it
 * what it never did says that the store is an older copy. */
static void test_operations(void)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE], own[64];
	struct forge f;
	struct buf file;
	struct intake in;

	REQUIRE(begin());
	forge_good(&f, &up);
	stranger_programme(&f);
	file = forge_file(&f);
	in = forge_judge(&up, file.data, file.len);
	CHECK_INT(in.outcome, INTAKE_TAKEN);
	CHECK_INT(in.accepted, 1);
	CHECK_INT(in.refused, 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM programme WHERE title = 'Чужая'"), 0);
	CHECK_STR(region_value(region_hub, "SELECT reason FROM receipt_refused"), "role");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine"), 0);
	buf_release(&file);
	forge_release(&f);
	way_know(&up);

	forge_good(&f, &down);
	snprintf(own, sizeof own, "\"dev\":\"%s\",\"seq\":9000", store_identity(consultant)->pub.tag);
	buf_reset(&f.lines);
	buf_addf(&f.lines, "{\"rec\":\"ops\",%s,\"hlc\":\"%llu\",\"pos\":0}\n", own, (unsigned long long)journal_last_stamp(store_journal(consultant)) + 65536);
	buf_addf(&f.lines, "[0,%d,0,\"%s-1800\",[0,\"Новый\"]]\n{\"rec\":\"end\",\"ops\":1}\n", dictionary_table(store_journal(region_hub), "person"),
	    store_identity(consultant)->pub.tag);
	file = forge_file(&f);
	forge_state(consultant, before);
	in = forge_judge(&down, file.data, file.len);
	forge_state(consultant, after);
	CHECK_INT(in.outcome, INTAKE_STALE);
	CHECK_STR(after, before);
	buf_release(&file);
	forge_release(&f);
	/* Bundles acknowledged that were never written: at either end the store is not what the other one knows. */
	for (int i = 0; i < 2; i++) {
		forge_good(&f, i == 0 ? &up : &down);
		ack_seq(&f);
		file = forge_file(&f);
		forge_state(f.way->to, before);
		in = forge_judge(f.way, file.data, file.len);
		forge_state(f.way->to, after);
		CHECK_INT(in.outcome, INTAKE_STALE);
		CHECK_STR(after, before);
		buf_release(&file);
		forge_release(&f);
	}
	expect_taken(&up, NULL);
	expect_taken(&down, NULL);
	end();
}

/* --- two flaws --- */

static void is_link(struct forge *f) { f->link = true; }

/* One of each check; any two of them can be in one bundle. */
static const struct flaw pairs[] = {
	{ "1", "a link", is_link, "not a regular file", NULL, 0 },
	{ "2", "another first line", first_other, BLOCK, NULL, 0 },
	{ "3", "the legacy algorithm", algorithm_legacy, BLOCK, NULL, 0 },
	{ "4", "a blank behind", line_end_blank, LINE, NULL, 0 },
	{ "5", "another key id", key_id_other, "another key", NULL, 0 },
	{ "6", "a bit of the second signature", comment_wrong, "over its first lines", NULL, 0 },
	{ "7", "another prev", prev_other, "chain", NULL, 0 },
	{ "8", "a bit of the first signature", payload_wrong, "over its contents", NULL, 0 },
	{ "9", "a wrong MAC", mac_wrong, "*HMAC", NULL, 0 },
	{ "10", "a byte more in the stream", stream_more, "*payload", NULL, 0 },
	{ "11", "no checksum", frame_checksum_none, "no checksum", NULL, 0 },
	{ "12", "CR before the first record", text_cr, "control character", NULL, 0 },
	{ "13", "another seq", head_seq, "sealed for another", NULL, 0 },
	{ "15", "an end with another count", end_count, "number of operations", NULL, 0 },
};

/* A fork is one only when the contents are its sender's: so 8 speaks before 7. */
static const struct flaw *first_of(const struct flaw *a, const struct flaw *b)
{
	return strcmp(a->check, "7") == 0 && strcmp(b->check, "8") == 0 ? b : a;
}

static void pair(const struct way *w, const struct flaw *a, const struct flaw *b)
{
	struct flaw speaks = *first_of(a, b);
	struct forge f;
	struct buf file;
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE], name[160];

	forge_good(&f, w);
	a->make(&f);
	b->make(&f);
	snprintf(name, sizeof name, "%s and %s", a->name, b->name);
	speaks.name = name;
	if (!f.link) {
		expect_refused(&speaks, w, &f);
		return;
	}
	file = forge_file(&f);
	file_put(file_at("behind"), file.data, file.len);
	unlink(file_at("link"));
	CHECK_INT(symlink(file_at("behind"), file_at("link")), 0);
	forge_state(w->to, before);
	expect_file(w, file_at("link"), INTAKE_REFUSED, speaks.words);
	forge_state(w->to, after);
	CHECK_STR(after, before);
	buf_release(&file);
	forge_release(&f);
}

static void pairs_of(struct way *w)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		for (size_t k = i + 1; k < sizeof pairs / sizeof *pairs; k++)
			pair(w, &pairs[i], &pairs[k]);
	expect_taken(w, NULL);
}

static void test_pairs(void)
{
	REQUIRE(begin());
	pairs_of(&up);
	pairs_of(&down);
	end();
}

static const struct test tests_of_this[] = { TEST(test_to_the_hub), TEST(test_from_the_hub), TEST(test_file), TEST(test_states), TEST(test_places),
	TEST(test_operations), TEST(test_pairs), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
