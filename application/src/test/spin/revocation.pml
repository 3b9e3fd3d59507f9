/*
 * R10: nodes over one store, three revocations made on any of them, any number of requests and polls, and
 * time that passes whenever it likes and without end; all interleavings.
 *
 *     spin -a revocation.pml && cc -O2 -DSAFETY -DNOREDUCE -DCOLLAPSE -o pan pan.c && ./pan -m1000000 -w26
 *
 * A node reads the head whenever it likes: a second is over, or a hint came, true or false, which makes no
 * difference, as hints are not believed. -DNODES=1, given to spin, has one node and revocations elsewhere,
 * -DSTALENESS=2 a longer bound, -DPLAIN none of the merging below. -DBUG=1 to -DBUG=4 put a fault in that
 * has to be found (with -DNODES=1 at once):
 *     1  a proof is as old as the end of its reading
 *     2  the number of a hint is believed, and may be any
 *     3  a hint is taken for a proof: a lease from Redis
 *     4  a verdict is used whatever head it was read at
 * The token is made before all revocations. The second one covers it.
 *
 * Moments are told by how long ago they were, up to what is too old, so that time has no end and yet
 * there are few states. A request is judged as if it were sent when the node begins to look at it, and a
 * revocation is acknowledged as soon as its own node knows it: both ask for more than V5 does.
 */
#ifndef BUG
#define BUG 0
#endif

#ifndef NODES
#define NODES 2
#endif

#if NODES == 1
#define PLACES 2
#else
#define PLACES NODES
#endif

#ifndef STALENESS
#define STALENESS 1
#endif

#define REVOCATIONS 3
#define COVERS 2
#define OLD (STALENESS + 1)
#define NONE 15

byte head = 0;              /* in the store, committed */
byte acknowledged = NONE;   /* how long ago the revocation of the token was answered */
byte by = NONE;             /* the node that answered it */

/* What each node knows of the head, and how long ago that was proven. */
byte known[NODES];
byte proven[NODES];
/* The head at which the verdict was read that it remembers. */
byte remembered[NODES];
/* The poll that is under way: how long ago it began, and what it read. */
byte polled[NODES];
byte heard[NODES];
/* The same of the request that reads the store. */
byte asked[NODES];
byte read[NODES];

/* The node that revoked refuses at once, each other one when the bound is over. */
#define late(node) (acknowledged == OLD || by == node)
#define older(age) age = (age < OLD -> age + 1 : age)

inline learn(number, age) {
    known[node] = (number > known[node] -> number : known[node]);
    proven[node] = (age < proven[node] -> age : proven[node])
}

/*
 * Makes states one that differ in nothing that can matter any more, since what is known only rises and
 * what is proven is only ever replaced by something younger: a number that is known already, a reading
 * that began before what is proven, a verdict of a head that is behind.
 */
inline merge() {
#if !defined(PLAIN) && BUG != 2 && BUG != 4
    heard[node] = (heard[node] < known[node] -> known[node] : heard[node]);
    read[node] = (read[node] < known[node] -> known[node] : read[node]);
    remembered[node] = (remembered[node] < known[node] -> NONE : remembered[node]);
    polled[node] = (polled[node] >= proven[node] -> OLD : polled[node]);
    asked[node] = (asked[node] >= proven[node] -> OLD : asked[node])
#else
    skip
#endif
}

/* Starts all, and then is the clock, which only goes forward. */
init {
    byte node = 0;
    d_step {
        do
        :: node < NODES ->
            proven[node] = OLD;
            polled[node] = OLD;
            asked[node] = OLD;
            remembered[node] = NONE;
            node++
        :: else -> break
        od;
        node = 0
    }
    atomic {
        do
        :: node < NODES ->
            run poller(node);
            run asker(node);
            run revoker(node);
            node++
        :: node >= NODES && node < PLACES -> run revoker(node); node++
        :: else -> node = 0; break
        od
    }
    do
    :: d_step {
            if
            :: acknowledged < OLD -> acknowledged++
            :: else
            fi;
            do
            :: node < NODES ->
                older(proven[node]);
                older(polled[node]);
                older(asked[node]);
                node++
            :: else -> break
            od;
            node = 0
        }
    od
}

/* Commits are in order; what nodes do afterwards is not. */
proctype revoker(byte node) {
    byte mine = 0;
    do
    :: d_step { head < REVOCATIONS -> head++; mine = head }
        d_step {
            if
            :: node < NODES -> learn(mine, OLD); merge()
            :: else
            fi;
            if
            :: mine == COVERS -> acknowledged = 0; by = node
            :: else
            fi;
            mine = 0
        }
    od
}

proctype poller(byte node) {
    do
    :: d_step { polled[node] = 0; merge() }
        d_step { heard[node] = head; merge() }
#if BUG == 1
        polled[node] = 0;
#endif
        d_step { learn(heard[node], polled[node]); polled[node] = OLD; heard[node] = 0; merge() }
#if BUG == 2
        if
        :: known[node] = REVOCATIONS
        :: known[node] = 0
        fi
#endif
#if BUG == 3
        proven[node] = 0
#endif
    od
}

/* One request after the other. The node may be stopped between any two steps. */
proctype asker(byte node) {
again:
    atomic {
        /* What is known and how long ago it was proven are read at once. */
        if
        :: proven[node] == OLD -> goto again                /* 503 */
#if BUG == 4
        :: proven[node] < OLD && remembered[node] != NONE ->
#else
        :: proven[node] < OLD && remembered[node] == known[node] ->
#endif
            /* Decided by what is remembered. */
            assert(remembered[node] >= COVERS || !late(node));
            goto again
        :: else ->
            /* Decided by what is read, which is no less than what is committed now. */
            assert(head >= COVERS || !late(node))
        fi
    }
    d_step { asked[node] = 0; merge() }
    /* Row, watermarks and head in one snapshot. */
    d_step { read[node] = head; remembered[node] = head; merge() }
    d_step { learn(read[node], asked[node]); asked[node] = OLD; read[node] = 0; merge() }
    goto again
}
