/*
 * Writes down everything that a process does to the files of one folder, in order and with the data,
 * so that the disk can be built again as a power cut at any moment would have left it.
 *
 * Loaded with LD_PRELOAD. RECORDER_FOLDER is the folder, without a slash at its end; RECORDER_LOG is
 * where to write to, outside of it: each process makes a file of that name, a dot and its number, so
 * that what a killed one could not finish is the end of a file. Memory that processes share, "-shm",
 * is not recorded: it does not survive a power cut, and SQLite makes it anew.
 *
 * Each record is six little-endian 64-bit numbers (kind, file, offset, length, nanoseconds of the
 * monotonic clock at which the operation began, length of what follows) and then what follows: a
 * path, or the bytes that were written.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { CREATE = 1, WRITE, TRUNCATE, SYNC, UNLINK, RENAME };

#define MOST_FILES 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static size_t folder_length;
static int log_file = -1;
/* The inode of each open file that is watched; zero for all others. */
static ino_t watched[MOST_FILES];

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

static ssize_t write_out(int fd, const void *data, size_t length) {
    REAL(write);
    return real(fd, data, length);
}

static void open_log(void) {
    static int tried;
    if (tried) return;
    tried = 1;
    const char *path = getenv("RECORDER_LOG");
    folder = getenv("RECORDER_FOLDER");
    if (!path || !folder) return;
    folder_length = strlen(folder);
    int (*real_open)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    char own[4096];
    int size = snprintf(own, sizeof own, "%s.%d", path, (int) getpid());
    if (size < 0 || size >= (int) sizeof own) abort();
    log_file = real_open(own, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
}

static int is_watched_path(const char *path) {
    open_log();
    if (log_file < 0 || !path || strncmp(path, folder, folder_length) != 0) return 0;
    if (path[folder_length] != '/' && path[folder_length] != 0) return 0;
    size_t length = strlen(path);
    return length < 4 || strcmp(path + length - 4, "-shm") != 0;
}

static int is_watched(int fd) {
    return fd >= 0 && fd < MOST_FILES && watched[fd] != 0;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

static void record(int64_t kind, ino_t file, int64_t offset, int64_t length, int64_t began,
        const void *data, size_t size) {
    int64_t head[6] = {kind, (int64_t) file, offset, length, began, (int64_t) size};
    struct iovec both[2] = {{head, sizeof head}, {(void *) data, size}};
    static ssize_t (*real_writev)(int, const struct iovec *, int);
    if (!real_writev) real_writev = dlsym(RTLD_NEXT, "writev");
    if (real_writev(log_file, both, 2) != (ssize_t) (sizeof head + size)) abort();
}

static void record_path(int64_t kind, ino_t file, int64_t began, const char *path) {
    record(kind, file, 0, 0, began, path, strlen(path));
}

/* Notes an opened file; the lock is held. */
static void opened(int fd, const char *path, int flags, int existed, int64_t began) {
    struct stat file;
    if (fd < 0 || fd >= MOST_FILES || fstat(fd, &file) != 0) return;
    watched[fd] = file.st_ino;
    if (S_ISDIR(file.st_mode)) return;
    if (!existed) {
        record_path(CREATE, file.st_ino, began, path);
    } else if (flags & O_TRUNC) {
        record(TRUNCATE, file.st_ino, 0, 0, began, "", 0);
    }
}

static int exists(const char *path) {
    struct stat file;
    return lstat(path, &file) == 0;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        if (!is_watched_path(path)) { \
            int other = real(path, flags, mode); \
            if (other >= 0 && other < MOST_FILES) watched[other] = 0; \
            return other; \
        } \
        pthread_mutex_lock(&lock); \
        int64_t began = now(); \
        int existed = exists(path); \
        int fd = real(path, flags, mode); \
        opened(fd, path, flags, existed, began); \
        pthread_mutex_unlock(&lock); \
        return fd; \
    }

OPEN(open)
OPEN(open64)

#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | __O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        if (!is_watched_path(path)) { \
            int other = real(at, path, flags, mode); \
            if (other >= 0 && other < MOST_FILES) watched[other] = 0; \
            return other; \
        } \
        pthread_mutex_lock(&lock); \
        int64_t began = now(); \
        int existed = exists(path); \
        int fd = real(at, path, flags, mode); \
        opened(fd, path, flags, existed, began); \
        pthread_mutex_unlock(&lock); \
        return fd; \
    }

OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < MOST_FILES) watched[fd] = 0;
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!is_watched(fd)) return write_out(fd, data, length);
    pthread_mutex_lock(&lock);
    int64_t began = now();
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (fcntl(fd, F_GETFL) & O_APPEND) at = lseek(fd, 0, SEEK_END);
    ssize_t written = write_out(fd, data, length);
    if (written > 0) record(WRITE, watched[fd], at, written, began, data, written);
    pthread_mutex_unlock(&lock);
    return written;
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t length, offset_type at) { \
        REAL(name); \
        if (!is_watched(fd)) return real(fd, data, length, at); \
        pthread_mutex_lock(&lock); \
        int64_t began = now(); \
        ssize_t written = real(fd, data, length, at); \
        if (written > 0) record(WRITE, watched[fd], at, written, began, data, written); \
        pthread_mutex_unlock(&lock); \
        return written; \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* Nobody is known to write a watched file in pieces; if somebody begins to, the proof must say so. */
ssize_t writev(int fd, const struct iovec *pieces, int count) {
    REAL(writev);
    if (is_watched(fd)) abort();
    return real(fd, pieces, count);
}

#define FTRUNCATE(name, offset_type) \
    int name(int fd, offset_type length) { \
        REAL(name); \
        if (!is_watched(fd)) return real(fd, length); \
        pthread_mutex_lock(&lock); \
        int64_t began = now(); \
        int result = real(fd, length); \
        if (result == 0) record(TRUNCATE, watched[fd], 0, length, began, "", 0); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }

FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define SYNC_OF(name) \
    int name(int fd) { \
        REAL(name); \
        if (!is_watched(fd)) return real(fd); \
        pthread_mutex_lock(&lock); \
        int64_t began = now(); \
        int result = real(fd); \
        if (result == 0) record(SYNC, watched[fd], 0, 0, began, "", 0); \
        pthread_mutex_unlock(&lock); \
        return result; \
    }

SYNC_OF(fsync)
SYNC_OF(fdatasync)

int unlink(const char *path) {
    REAL(unlink);
    if (!is_watched_path(path)) return real(path);
    pthread_mutex_lock(&lock);
    int64_t began = now();
    int result = real(path);
    if (result == 0) record_path(UNLINK, 0, began, path);
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) {
    REAL(rename);
    if (!is_watched_path(from) && !is_watched_path(to)) return real(from, to);
    pthread_mutex_lock(&lock);
    int64_t began = now();
    int result = real(from, to);
    if (result == 0) {
        char both[8192];
        snprintf(both, sizeof both, "%s\n%s", from, to);
        record_path(RENAME, 0, began, both);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
