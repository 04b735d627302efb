/*
 * A disk that fails as told: stands before the C library's writes and syncs to the store's files, and does nothing else.
 * The file named by KAOCHANG_DISK holds "ok", "full" (ENOSPC), "broken" (EIO on sync) or "slow N" (a sync takes N ms).
 * Built and loaded by preload.ts in front of the server's own, unchanged process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void order(char *text, size_t size) {
  text[0] = 0;
  const char *path = getenv("KAOCHANG_DISK");
  if (path == NULL) return;
  int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return;
  ssize_t got = syscall(SYS_read, fd, text, size - 1);
  syscall(SYS_close, fd);
  text[got < 0 ? 0 : got] = 0;
}

static int is_store(int fd) {
  char link[64], target[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, target, sizeof target - 1);
  if (length < 0) return 0;
  target[length] = 0;
  return strstr(target, "/store.db") != NULL;
}

static int refuse_write(int fd) {
  char text[32];
  order(text, sizeof text);
  if (strncmp(text, "full", 4) != 0 || !is_store(fd)) return 0;
  errno = ENOSPC;
  return 1;
}

static int refuse_sync(int fd) {
  char text[32];
  order(text, sizeof text);
  if (!is_store(fd)) return 0;
  if (strncmp(text, "slow ", 5) == 0) {
    long ms = atol(text + 5);
    struct timespec wait = {ms / 1000, (ms % 1000) * 1000000L};
    nanosleep(&wait, NULL);
  }
  if (strncmp(text, "broken", 6) != 0) return 0;
  errno = EIO;
  return 1;
}

ssize_t write(int fd, const void *data, size_t size) {
  static ssize_t (*real)(int, const void *, size_t);
  if (real == NULL) real = dlsym(RTLD_NEXT, "write");
  return refuse_write(fd) ? -1 : real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (real == NULL) real = dlsym(RTLD_NEXT, "pwrite64");
  return refuse_write(fd) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  return pwrite64(fd, data, size, at);
}

int fsync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fsync");
  return refuse_sync(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (real == NULL) real = dlsym(RTLD_NEXT, "fdatasync");
  return refuse_sync(fd) ? -1 : real(fd);
}
