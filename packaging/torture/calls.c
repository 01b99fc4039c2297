/* Loaded before the C library: counts the calls that change files under one folder and makes the n-th of them fail.
 *
 * What goes through the C library is met, so SQLite's own writes as well as Python's. Ways: 0 refuse this one call;
 * 1 from this call on nothing works any more, reading included; 2 the process is killed, a write half done.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { REFUSE, UNPLUG, KILL };

static char under[PATH_MAX];
static long chosen = -1, counted;
static int way, fault, dead, armed;

void torture_arm(const char *folder, long number, int how, int error) {
    strncpy(under, folder, sizeof under - 1);
    chosen = number; counted = 0; way = how; fault = error; dead = 0; armed = 1;
}

long torture_counted(void) { return counted; }

static int is_ours(const char *path) { return strncmp(path, under, strlen(under)) == 0; }

static int is_ours_at(int folder, const char *path) {
    char link[64], where[PATH_MAX];
    if (!armed || path == NULL) return 0;
    if (path[0] == '/') return is_ours(path);
    if (folder == AT_FDCWD) return getcwd(where, sizeof where) != NULL && is_ours(where);
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, where, sizeof where - 1);
    if (length <= 0) return 0;
    where[length] = 0;
    return is_ours(where);
}

static int is_ours_open(int file) {
    char link[64], where[PATH_MAX];
    if (!armed) return 0;
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, where, sizeof where - 1);
    errno = before;
    if (length <= 0) return 0;
    where[length] = 0;
    return is_ours(where);
}

/* Say whether this call is to fail; of a write that is killed the first half is done before. */
static int fails(int file, const void *bytes, size_t size, off_t at) {
    long number = __sync_fetch_and_add(&counted, 1);
    if (dead || number == chosen) {
        if (way == KILL) {
            if (bytes != NULL && size > 1) {
                ssize_t (*half)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
                ssize_t (*next)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
                if (at >= 0) (void)!half(file, bytes, size / 2, at);
                else (void)!next(file, bytes, size / 2);
            }
            kill(getpid(), SIGKILL);
            for (;;) pause();
        }
        if (way == UNPLUG) dead = 1;
        errno = fault;
        return 1;
    }
    return 0;
}

static int is_gone(void) {
    if (dead) errno = fault;
    return dead;
}

#define NEXT(name) static __typeof__(name) *next; if (!next) next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define WRITES(name, kind) \
    ssize_t name(int file, const void *bytes, size_t size, kind at) { \
        NEXT(name); \
        return is_ours_open(file) && fails(file, bytes, size, at) ? -1 : next(file, bytes, size, at); \
    }
WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

ssize_t write(int file, const void *bytes, size_t size) {
    NEXT(write);
    return is_ours_open(file) && fails(file, bytes, size, -1) ? -1 : next(file, bytes, size);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    NEXT(writev);
    return is_ours_open(file) && fails(file, NULL, 0, -1) ? -1 : next(file, parts, count);
}

ssize_t read(int file, void *bytes, size_t size) {
    NEXT(read);
    return is_ours_open(file) && is_gone() ? -1 : next(file, bytes, size);
}

ssize_t pread(int file, void *bytes, size_t size, off_t at) {
    NEXT(pread);
    return is_ours_open(file) && is_gone() ? -1 : next(file, bytes, size, at);
}

ssize_t pread64(int file, void *bytes, size_t size, off64_t at) {
    NEXT(pread64);
    return is_ours_open(file) && is_gone() ? -1 : next(file, bytes, size, at);
}

ssize_t sendfile(int to, int from, off_t *at, size_t size) {
    NEXT(sendfile);
    return is_ours_open(to) && fails(to, NULL, 0, -1) ? -1 : next(to, from, at, size);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size) {
    NEXT(sendfile64);
    return is_ours_open(to) && fails(to, NULL, 0, -1) ? -1 : next(to, from, at, size);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags) {
    NEXT(copy_file_range);
    return is_ours_open(to) && fails(to, NULL, 0, -1) ? -1 : next(from, from_at, to, to_at, size, flags);
}

#define SYNCS(name) \
    int name(int file) { NEXT(name); return is_ours_open(file) && fails(file, NULL, 0, -1) ? -1 : next(file); }
SYNCS(fsync)
SYNCS(fdatasync)

#define CUTS(name, kind) \
    int name(int file, kind size) { \
        NEXT(name); \
        return is_ours_open(file) && fails(file, NULL, 0, -1) ? -1 : next(file, size); \
    }
CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
    NEXT(rename);
    return is_ours_at(AT_FDCWD, to) && fails(0, NULL, 0, -1) ? -1 : next(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    NEXT(renameat);
    return is_ours_at(to_folder, to) && fails(0, NULL, 0, -1) ? -1 : next(from_folder, from, to_folder, to);
}

int link(const char *from, const char *to) {
    NEXT(link);
    return is_ours_at(AT_FDCWD, to) && fails(0, NULL, 0, -1) ? -1 : next(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    NEXT(linkat);
    return is_ours_at(to_folder, to) && fails(0, NULL, 0, -1)
        ? -1 : next(from_folder, from, to_folder, to, flags);
}

int unlink(const char *path) {
    NEXT(unlink);
    return is_ours_at(AT_FDCWD, path) && fails(0, NULL, 0, -1) ? -1 : next(path);
}

int unlinkat(int folder, const char *path, int flags) {
    NEXT(unlinkat);
    return is_ours_at(folder, path) && fails(0, NULL, 0, -1) ? -1 : next(folder, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    NEXT(mkdir);
    return is_ours_at(AT_FDCWD, path) && fails(0, NULL, 0, -1) ? -1 : next(path, mode);
}

static int opening(int folder, const char *path, int flags) {
    if (!is_ours_at(folder, path)) return 0;
    return flags & O_CREAT ? fails(0, NULL, 0, -1) : is_gone();
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return opening(AT_FDCWD, path, flags) ? -1 : next(path, flags, mode); \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name) \
    int name(int folder, const char *path, int flags, ...) { \
        NEXT(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        return opening(folder, path, flags) ? -1 : next(folder, path, flags, mode); \
    }
OPENS_AT(openat)
OPENS_AT(openat64)
