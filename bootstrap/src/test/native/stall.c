/*
 * Lets every flush of the disk hang for as long as the file exists that STALL_WHILE names. Loaded with
 * LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void stall(void) {
    const char *path = getenv("STALL_WHILE");
    while (path && access(path, F_OK) == 0) usleep(10000);
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    stall();
    return real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    stall();
    return real(fd);
}
