#pragma once
// libuv, gRPC.

extern "C" {

struct uv_loop_t {
  void* data;
};
struct uv_handle_t {
  void* data;
};
struct uv_timer_t {
  void* data;
};
struct uv_work_t {
  void* data;
};
struct uv_stream_t {
  void* data;
};
struct uv_async_t {
  void* data;
};
struct uv_fs_t {
  void* data;
  ssize_t result;
};
struct uv_write_t {
  void* data;
};
struct uv_buf_t {
  char* base;
  size_t len;
};
uv_loop_t* uv_default_loop();
int uv_run(uv_loop_t* loop, int mode);
int uv_timer_init(uv_loop_t* loop, uv_timer_t* timer);
int uv_timer_start(uv_timer_t* timer, void (*run)(uv_timer_t*), uint64_t timeout, uint64_t repeat);
int uv_timer_stop(uv_timer_t* timer);
int uv_queue_work(uv_loop_t* loop, uv_work_t* request, void (*work)(uv_work_t*), void (*done)(uv_work_t*, int));
int uv_listen(uv_stream_t* stream, int backlog, void (*connected)(uv_stream_t*, int));
int uv_read_start(uv_stream_t* stream, void (*allocate)(uv_handle_t*, size_t, uv_buf_t*),
                  void (*run)(uv_stream_t*, ssize_t, const uv_buf_t*));
int uv_write(uv_write_t* request, uv_stream_t* stream, const uv_buf_t buffers[], unsigned count,
             void (*done)(uv_write_t*, int));
int uv_async_init(uv_loop_t* loop, uv_async_t* handle, void (*run)(uv_async_t*));
int uv_async_send(uv_async_t* handle);
int uv_fs_open(uv_loop_t* loop, uv_fs_t* request, const char* path, int flags, int mode, void (*done)(uv_fs_t*));
int uv_fs_read(uv_loop_t* loop, uv_fs_t* request, int file, const uv_buf_t buffers[], unsigned count, int64_t at,
               void (*done)(uv_fs_t*));
int uv_fs_stat(uv_loop_t* loop, uv_fs_t* request, const char* path, void (*done)(uv_fs_t*));
void uv_fs_req_cleanup(uv_fs_t* request);
void uv_sleep(unsigned milliseconds);

}  // extern "C"

namespace grpc {

class Status {
 public:
  Status();
  static const Status& OK;
  bool ok() const;
};
class ChannelInterface {
 public:
  virtual ~ChannelInterface();
};
class Channel : public ChannelInterface {};
class ChannelCredentials {};
std::shared_ptr<ChannelCredentials> InsecureChannelCredentials();
std::shared_ptr<Channel> CreateChannel(const std::string& target, const std::shared_ptr<ChannelCredentials>& creds);
class ClientContext {
 public:
  ClientContext();
  ~ClientContext();
  template <class T>
  void set_deadline(const T& deadline) {}
};
class ServerContextBase {};
class ServerContext : public ServerContextBase {};
class CallbackServerContext : public ServerContextBase {};
class ServerUnaryReactor {
 public:
  void Finish(Status status);
};

}  // namespace grpc
