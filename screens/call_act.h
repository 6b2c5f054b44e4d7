/* call_act: what a coordinator does with a call: naming its judges, closing and opening it, taking what the ranking proposes, its protocol. */
#ifndef SCREENS_CALL_ACT_H
#define SCREENS_CALL_ACT_H

#include "screens/parts/loop.h"

unsigned call_act(struct loop *l, const char *call, enum action action);	/* DID_…; DID_NOTHING: none of these */

/* True where scores can still be given and judges named; else it says which key opens the call. */
bool call_act_open(struct loop *l, const char *call);

#endif
