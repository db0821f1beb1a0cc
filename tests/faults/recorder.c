/* Recorder of every write, sync and name under a folder: preloaded into the real station, it changes nothing.
   RECORD_ROOT is the folder, RECORD_TO the log; tests/faults/power.py reads it. One record:
   op (1), length of path (4), offset (8), length of data (4), path, data; little-endian. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
static char *names[FDS];
static const char *root;
static size_t root_length;
static int log_fd = -1;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void)
{
    root = getenv("RECORD_ROOT");
    const char *to = getenv("RECORD_TO");
    if (!root || !to) { root = NULL; return; }
    root_length = strlen(root);
    log_fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int recorded(const char *path) { return root && path && !strncmp(path, root, root_length); }
static const char *of(int fd) { return fd >= 0 && fd < FDS ? names[fd] : NULL; }

static void record(char op, const char *path, uint64_t offset, const void *data, uint32_t length)
{
    uint32_t path_length = strlen(path);
    char head[17];
    head[0] = op;
    memcpy(head + 1, &path_length, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 4);
    struct iovec all[3] = {{head, 17}, {(void *)path, path_length}, {(void *)data, length}};
    syscall(SYS_writev, log_fd, all, 3);
}

static int opened(int fd, const char *path, int flags, int was_there)
{
    if (fd < 0 || fd >= FDS || !recorded(path)) return fd;
    free(names[fd]);
    names[fd] = strdup(path);
    if (!was_there) record('o', path, 0, NULL, 0);
    else if (flags & O_TRUNC) record('t', path, 0, NULL, 0);
    return fd;
}

static int is_there(const char *path) { struct stat s; return !syscall(SYS_newfstatat, AT_FDCWD, path, &s, 0); }

#define OPEN(name) int name(const char *path, int flags, ...) { \
    REAL(name); mode_t mode = 0; \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if (!recorded(path)) return real(path, flags, mode); \
    pthread_mutex_lock(&order); \
    int there = is_there(path); \
    int fd = opened(real(path, flags, mode), path, flags, there); \
    pthread_mutex_unlock(&order); return fd; }
OPEN(open)
OPEN(open64)

#define OPENAT(name) int name(int at, const char *path, int flags, ...) { \
    REAL(name); mode_t mode = 0; \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if (!recorded(path)) return real(at, path, flags, mode); \
    pthread_mutex_lock(&order); \
    int there = is_there(path); \
    int fd = opened(real(at, path, flags, mode), path, flags, there); \
    pthread_mutex_unlock(&order); return fd; }
OPENAT(openat)
OPENAT(openat64)

int close(int fd)
{
    REAL(close);
    if (fd >= 0 && fd < FDS && names[fd]) {
        pthread_mutex_lock(&order);
        free(names[fd]);
        names[fd] = NULL;
        pthread_mutex_unlock(&order);
    }
    return real(fd);
}

ssize_t write(int fd, const void *data, size_t length)
{
    REAL(write);
    const char *path = of(fd);
    if (!path) return real(fd, data, length);
    pthread_mutex_lock(&order);
    off_t at = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, data, length);
    if (done > 0) record('w', path, at, data, done);
    pthread_mutex_unlock(&order);
    return done;
}

#define PWRITE(name, type) ssize_t name(int fd, const void *data, size_t length, type at) { \
    REAL(name); const char *path = of(fd); \
    if (!path) return real(fd, data, length, at); \
    pthread_mutex_lock(&order); \
    ssize_t done = real(fd, data, length, at); \
    if (done > 0) record('w', path, at, data, done); \
    pthread_mutex_unlock(&order); return done; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATE(name, type) int name(int fd, type size) { \
    REAL(name); const char *path = of(fd); \
    if (!path) return real(fd, size); \
    pthread_mutex_lock(&order); \
    int done = real(fd, size); \
    if (!done) record('t', path, size, NULL, 0); \
    pthread_mutex_unlock(&order); return done; }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) int name(int fd) { \
    REAL(name); const char *path = of(fd); \
    if (!path) return real(fd); \
    pthread_mutex_lock(&order); \
    int done = real(fd); \
    if (!done) record('s', path, 0, NULL, 0); \
    pthread_mutex_unlock(&order); return done; }
SYNC(fsync)
SYNC(fdatasync)

int rename(const char *from, const char *to)
{
    REAL(rename);
    if (!recorded(from)) return real(from, to);
    pthread_mutex_lock(&order);
    int done = real(from, to);
    if (!done) record('r', from, 0, to, strlen(to));
    pthread_mutex_unlock(&order);
    return done;
}

int unlink(const char *path)
{
    REAL(unlink);
    if (!recorded(path)) return real(path);
    pthread_mutex_lock(&order);
    int done = real(path);
    if (!done) record('u', path, 0, NULL, 0);
    pthread_mutex_unlock(&order);
    return done;
}
