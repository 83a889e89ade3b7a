// needs: hiredis/hiredis.h uv.h
#include <hiredis/hiredis.h>

#include <uv.h>

static redisContext* cache = redisConnectWithTimeout("cache", 6379, {1, 0});  // finding: import-time-work

static void beat(uv_timer_t*) {
  void* reply = redisCommand(cache, "PING");  // finding: async-blocking-call
  freeReplyObject(reply);
}

static void work(uv_work_t*) { freeReplyObject(redisCommand(cache, "PING")); }
static void done(uv_work_t*, int) {}

void start(uv_loop_t* loop, uv_timer_t* timer, uv_work_t* request) {
  uv_timer_init(loop, timer);
  uv_timer_start(timer, beat, 0, 1000);
  uv_queue_work(loop, request, work, done);
}
