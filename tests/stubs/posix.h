#pragma once
// libc and POSIX.

extern "C" {

using FILE = struct _IO_FILE;
using DIR = struct __dirstream;
using time_t = long;
using off_t = long;
using mode_t = unsigned;
using pid_t = int;
using socklen_t = unsigned;
using nfds_t = unsigned long;
using va_list = __builtin_va_list;

struct timeval {
  time_t tv_sec;
  long tv_usec;
};
struct timespec {
  time_t tv_sec;
  long tv_nsec;
};
struct stat {
  mode_t st_mode;
  off_t st_size;
  time_t st_mtime;
};
struct dirent {
  char d_name[256];
};
struct pollfd {
  int fd;
  short events, revents;
};
struct fd_set {
  long bits[16];
};
struct sockaddr {
  unsigned short sa_family;
};
struct addrinfo {
  int ai_family;
  sockaddr* ai_addr;
  socklen_t ai_addrlen;
  addrinfo* ai_next;
};
struct epoll_event {
  unsigned events;
};
struct passwd {
  char* pw_name;
};

extern FILE *stdin, *stdout, *stderr;
extern int errno;

#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_CREAT 0100
#define O_NONBLOCK 04000
#define O_CLOEXEC 02000000
#define SOCK_STREAM 1
#define SOCK_NONBLOCK 04000
#define AF_INET 2
#define MSG_DONTWAIT 0x40
#define MSG_NOSIGNAL 0x4000
#define F_GETFL 3
#define F_SETFL 4
#define WNOHANG 1
#define POLLIN 1
#define EAGAIN 11
#define EINTR 4
#define LOCK_EX 2
#define LOCK_NB 4
#define SEEK_END 2

unsigned sleep(unsigned seconds);
int usleep(unsigned microseconds);
int nanosleep(const timespec* time, timespec* left);
time_t time(time_t* to);

int open(const char* path, int flags, ...);
int close(int fd);
ssize_t read(int fd, void* data, size_t size);
ssize_t write(int fd, const void* data, size_t size);
ssize_t pread(int fd, void* data, size_t size, off_t at);
int fsync(int fd);
int fcntl(int fd, int command, ...);
int flock(int fd, int operation);
int stat(const char* path, struct stat* to);
int lstat(const char* path, struct stat* to);
int fstat(int fd, struct stat* to);
int access(const char* path, int mode);
int mkdir(const char* path, mode_t mode);
int unlink(const char* path);
DIR* opendir(const char* path);
dirent* readdir(DIR* folder);
int closedir(DIR* folder);
int pipe(int ends[2]);

FILE* fopen(const char* path, const char* mode);
int fclose(FILE* file);
int fflush(FILE* file);
size_t fread(void* data, size_t size, size_t count, FILE* file);
size_t fwrite(const void* data, size_t size, size_t count, FILE* file);
char* fgets(char* line, int size, FILE* file);
int fputs(const char* text, FILE* file);
int fseek(FILE* file, long offset, int from);
long ftell(FILE* file);
int rename(const char* from, const char* to);
int remove(const char* path);
FILE* popen(const char* command, const char* mode);
int pclose(FILE* file);
int printf(const char* format, ...);
int fprintf(FILE* file, const char* format, ...);
int snprintf(char* to, size_t size, const char* format, ...);
int sprintf(char* to, const char* format, ...);
int puts(const char* text);

int system(const char* command);
pid_t fork();
int execl(const char* path, const char* argument, ...);
int execvp(const char* path, char* const arguments[]);
int posix_spawnp(pid_t* pid, const char* path, const void* actions, const void* attributes, char* const arguments[],
                 char* const environment[]);
pid_t waitpid(pid_t pid, int* status, int options);
pid_t getpid();
int kill(pid_t pid, int signal);
char* getenv(const char* name);
[[noreturn]] void exit(int status);
[[noreturn]] void _exit(int status);

int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found);
void freeaddrinfo(addrinfo* found);
int socket(int domain, int type, int protocol);
int connect(int fd, const sockaddr* address, socklen_t size);
int bind(int fd, const sockaddr* address, socklen_t size);
int listen(int fd, int backlog);
int accept(int fd, sockaddr* address, socklen_t* size);
int accept4(int fd, sockaddr* address, socklen_t* size, int flags);
ssize_t send(int fd, const void* data, size_t size, int flags);
ssize_t recv(int fd, void* data, size_t size, int flags);
int setsockopt(int fd, int level, int name, const void* value, socklen_t size);
int select(int count, fd_set* read, fd_set* write, fd_set* error, timeval* timeout);
int poll(pollfd* fds, nfds_t count, int timeout);
int epoll_create1(int flags);
int epoll_ctl(int epoll, int operation, int fd, epoll_event* event);
int epoll_wait(int epoll, epoll_event* events, int size, int timeout);
passwd* getpwnam(const char* name);

void* malloc(size_t size);
void free(void* memory);
void* memcpy(void* to, const void* from, size_t size);
size_t strlen(const char* text);
int strcmp(const char* a, const char* b);
char* crypt(const char* phrase, const char* setting);

using pthread_t = unsigned long;
struct pthread_mutex_t {
  int state;
};
struct pthread_cond_t {
  int state;
};
int pthread_create(pthread_t* thread, const void* attributes, void* (*run)(void*), void* argument);
int pthread_join(pthread_t thread, void** result);
int pthread_detach(pthread_t thread);
int pthread_mutex_lock(pthread_mutex_t* mutex);
int pthread_mutex_trylock(pthread_mutex_t* mutex);
int pthread_mutex_unlock(pthread_mutex_t* mutex);
int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex);

}  // extern "C"

namespace std {
using ::exit;
using ::fclose;
using ::FILE;
using ::fopen;
using ::fread;
using ::free;
using ::fwrite;
using ::getenv;
using ::malloc;
using ::memcpy;
using ::printf;
using ::puts;
using ::remove;
using ::rename;
using ::snprintf;
using ::sprintf;
using ::strlen;
using ::system;
using ::time;
using ::time_t;
}  // namespace std
