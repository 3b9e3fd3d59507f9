/*
 * Lets operations on the files of one folder fail, as a broken or a full disk would.
 *
 * Loaded with LD_PRELOAD. FAULTS_FOLDER is the folder, without a slash at its end; FAULTS_CONTROL is a
 * file of four 64-bit numbers that the process under test maps into its memory and changes as it goes:
 * how many operations are left until one fails (zero: none does), the error it fails with, whether all
 * later ones fail as well, and how many have failed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { LEFT, ERROR, LASTING, FAILED };

#define MOST_FILES 65536

static int64_t *control;
static const char *folder;
static size_t folder_length;
static char watched[MOST_FILES];

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

static int real_open(const char *path, int flags, mode_t mode) {
    static int (*real)(const char *, int, ...);
    if (!real) real = (int (*)(const char *, int, ...)) dlsym(RTLD_NEXT, "open");
    return real(path, flags, mode);
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("FAULTS_FOLDER");
    const char *path = getenv("FAULTS_CONTROL");
    if (!folder || !path) return;
    folder_length = strlen(folder);
    int fd = real_open(path, O_RDWR, 0);
    if (fd < 0) return;
    void *map = mmap(NULL, 4 * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) control = map;
    close(fd);
}

static int is_ours(const char *path) {
    return control && path && strncmp(path, folder, folder_length) == 0 && path[folder_length] == '/';
}

/* Whether this operation is to fail; sets errno. */
static int fails(void) {
    if (!control) return 0;
    int64_t left = __atomic_load_n(&control[LEFT], __ATOMIC_SEQ_CST);
    if (left <= 0) return 0;
    if (left > 1) {
        __atomic_sub_fetch(&control[LEFT], 1, __ATOMIC_SEQ_CST);
        return 0;
    }
    if (!control[LASTING]) __atomic_store_n(&control[LEFT], 0, __ATOMIC_SEQ_CST);
    __atomic_add_fetch(&control[FAILED], 1, __ATOMIC_SEQ_CST);
    errno = (int) control[ERROR];
    return 1;
}

static int is_watched(int fd) {
    return fd >= 0 && fd < MOST_FILES && watched[fd];
}

static int remember(int fd, int ours) {
    if (fd >= 0 && fd < MOST_FILES) watched[fd] = (char) ours;
    return fd;
}

/* A full disk lets nothing new be made, but every file that is there be opened. */
static int may_fail(const char *path) {
    return !control || control[ERROR] != ENOSPC || access(path, F_OK) != 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list arguments; \
            va_start(arguments, flags); \
            mode = va_arg(arguments, mode_t); \
            va_end(arguments); \
        } \
        int ours = is_ours(path); \
        if (ours && (flags & O_ACCMODE) != O_RDONLY && may_fail(path) && fails()) return -1; \
        return remember(real_open(path, flags, mode), ours); \
    }

OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < MOST_FILES) watched[fd] = 0;
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    return is_watched(fd) && fails() ? -1 : real(fd, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    REAL(pwrite);
    return is_watched(fd) && fails() ? -1 : real(fd, data, length, at);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    REAL(pwrite64);
    return is_watched(fd) && fails() ? -1 : real(fd, data, length, at);
}

int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    return is_watched(fd) && fails() ? -1 : real(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    return is_watched(fd) && fails() ? -1 : real(fd, length);
}

int fsync(int fd) {
    REAL(fsync);
    return is_watched(fd) && fails() ? -1 : real(fd);
}

int fdatasync(int fd) {
    REAL(fdatasync);
    return is_watched(fd) && fails() ? -1 : real(fd);
}

/* Whether a file may be written is no operation of its own: it is as the last one was. */
int access(const char *path, int mode) {
    REAL(access);
    if (is_ours(path) && (mode & W_OK) && control[LEFT] > 0 && control[FAILED] > 0 && control[ERROR] == EROFS) {
        errno = EROFS;
        return -1;
    }
    return real(path, mode);
}

int unlink(const char *path) {
    REAL(unlink);
    return is_ours(path) && fails() ? -1 : real(path);
}

int rename(const char *from, const char *to) {
    REAL(rename);
    return is_ours(to) && fails() ? -1 : real(from, to);
}
