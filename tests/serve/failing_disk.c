/* A disk that fails when a test says so: loaded before the C library (LD_PRELOAD).
 *
 * HATTAMA_DISK names a file with one line, "CALLS ERRNO WHERE": CALLS is "sync", "write" or "both"; WHERE is a part of a path, or
 * "inode=N". While the file is there, such calls on such files fail. HATTAMA_KILL_AT=N kills the process before the Nth of its calls
 * that write, sync or rename. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static void count(void) {
    const char *at = getenv("HATTAMA_KILL_AT");
    if (at && __sync_add_and_fetch(&calls, 1) == atoi(at))
        raise(SIGKILL);
}

static int fails(int fd, const char *call) {
    const char *control = getenv("HATTAMA_DISK");
    char which[16], where[256], link[64], path[4096];
    int code;
    count();
    FILE *file = control ? fopen(control, "re") : NULL;
    if (!file)
        return 0;
    int fields = fscanf(file, "%15s %d %255s", which, &code, where);
    fclose(file);
    if (fields != 3 || (strcmp(which, "both") && strcmp(which, call)))
        return 0;
    if (!strncmp(where, "inode=", 6)) {
        struct stat found;
        if (fstat(fd, &found) || (unsigned long)found.st_ino != strtoul(where + 6, NULL, 10))
            return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path - 1);
        if (length < 0)
            return 0;
        path[length] = 0;
        if (!strstr(path, where))
            return 0;
    }
    errno = code;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int fd) { return fails(fd, "sync") ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(fd, "sync") ? -1 : NEXT(fdatasync)(fd); }
int sync_file_range(int fd, off64_t from, off64_t count, unsigned flags) {
    return fails(fd, "sync") ? -1 : NEXT(sync_file_range)(fd, from, count, flags);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    return fails(fd, "write") ? -1 : NEXT(pwrite64)(fd, bytes, count, at);
}
int rename(const char *from, const char *to) {
    count();
    return NEXT(rename)(from, to);
}
