/*
 * R10: two nodes over one store, three revocations, and time that passes whenever it likes; all interleavings.
 *
 *     spin -a revocation.pml && cc -O2 -DSAFETY -DCOLLAPSE -o pan pan.c && ./pan -m100000
 *
 * A node reads the head whenever it likes: a second is over, or a hint came, true or false, which makes no
 * difference, as hints are not believed. -DBUG=1 to -DBUG=4, given to spin, put a fault in that has to be found
 * (with -DNODES=1, and -DBFS given to cc, in seconds and by the shortest way):
 *     1  a proof is as old as the end of its reading
 *     2  the number of a hint is believed, and may be any
 *     3  a hint is taken for a proof: a lease from Redis
 *     4  a verdict is used whatever head it was read at
 * The token is made before all revocations. The second one covers it.
 */
#ifndef BUG
#define BUG 0
#endif

#ifndef NODES
#define NODES 2
#endif

#define REVOCATIONS 3
#define COVERS 2
#define STALENESS 1
#define END 2
#define NEVER 15

byte now = 0;               /* a clock that only goes forward */
byte head = 0;              /* in the store, committed */
byte acknowledged = NEVER;  /* when the revocation of the token was answered */

/* What each node knows of the head, and of which moment it is proven. */
byte known[2];
byte proven[2];
bool proves[2];
/* The verdict that it remembers. */
bool remembers[2];
byte readAt[2];

inline learn(node, number, since) {
    if
    :: number > known[node] -> known[node] = number
    :: else
    fi;
    if
    :: !proves[node] || since > proven[node] -> proven[node] = since; proves[node] = true
    :: else
    fi
}

active proctype clock() {
    do
    :: now < END -> now++
    :: else -> break
    od
}

/* On whatever node: what it knows of its own commits only adds to what is proven here. */
active proctype revoker() {
    do
    :: head < REVOCATIONS ->
        head++;
        if
        :: head == COVERS -> acknowledged = now
        :: else
        fi
    :: else -> break
    od
}

active [NODES] proctype poller() {
    byte since = 0;
    byte number = 0;
    byte node = _pid - 2;
    do
    :: now < END ->
        since = now;
        number = head;
#if BUG == 1
        since = now;
#endif
        d_step { learn(node, number, since); since = 0; number = 0 }
#if BUG == 2
        if
        :: known[node] = REVOCATIONS
        :: known[node] = 0
        fi
#endif
#if BUG == 3
        d_step { proven[node] = now; proves[node] = true }
#endif
    :: break
    od
}

/* Two requests, each sent when it begins. The node may be stopped between any two steps. */
active [NODES] proctype asker() {
    byte sent = 0;
    byte at = NEVER;
    byte since = 0;
    byte rounds = 0;
    byte node = _pid - 2 - NODES;
    do
    :: rounds < 2 ->
        rounds++;
        sent = now;
        /* Both numbers are read at once. */
        d_step {
            at = NEVER;
            if
            :: proves[node] && proven[node] + STALENESS >= now -> at = known[node]
            :: else
            fi
        }
        if
        :: at == NEVER                              /* 503 */
#if BUG == 4
        :: at != NEVER && remembers[node] ->
#else
        :: at != NEVER && remembers[node] && readAt[node] == at ->
#endif
            /* Decided by what is remembered. V5: not for a request sent later than the bound. */
            assert(readAt[node] >= COVERS || acknowledged == NEVER
                || sent <= acknowledged + STALENESS)
#if BUG == 4
        :: at != NEVER && !remembers[node] ->
#else
        :: at != NEVER && !(remembers[node] && readAt[node] == at) ->
#endif
            since = now;
            /* Row, watermarks and head in one snapshot. */
            d_step { readAt[node] = head; remembers[node] = true; at = head };
            assert(at >= COVERS || acknowledged == NEVER || sent <= acknowledged + STALENESS);
            d_step { learn(node, at, since) }
        fi;
        d_step { sent = 0; at = NEVER; since = 0 }
    :: else -> break
    od
}
