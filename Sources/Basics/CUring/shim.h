// liburing's interface is half macros and inline functions over unions; these few are what Swift calls.
#ifndef CURING_SHIM_H
#define CURING_SHIM_H
#include <errno.h>
#include <liburing.h>
#include <stdint.h>

// A completion as the poller reads it.
struct curing_completion {
    uint64_t identity;
    int32_t result;
    uint32_t flags;
};

// The completion is not the last one of its request.
enum { curing_more = IORING_CQE_F_MORE };

// Opens a ring; returns zero or a negative errno. ENOSYS also stands for a kernel before Linux 5.19.
static inline int curing_open(struct io_uring *ring, unsigned requests, unsigned completions) {
    struct io_uring_params parameters = {0};
    parameters.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_COOP_TASKRUN;
    parameters.cq_entries = completions;
    int status = io_uring_queue_init_params(requests, ring, &parameters);
    if (status < 0) return status == -EINVAL ? -ENOSYS : status;
    unsigned needed = IORING_FEAT_EXT_ARG | IORING_FEAT_NODROP | IORING_FEAT_CQE_SKIP;
    if ((parameters.features & needed) == needed) return 0;
    io_uring_queue_exit(ring);
    return -ENOSYS;
}

// The next free request; hands the full queue to the kernel first when it must. NULL when the kernel takes none.
static inline struct io_uring_sqe *curing_request(struct io_uring *ring) {
    struct io_uring_sqe *request = io_uring_get_sqe(ring);
    if (request) return request;
    io_uring_submit(ring);
    return io_uring_get_sqe(ring);
}

// Queues a poll for `events`, answered once or, with `repeats`, at each change; false when there is no room.
static inline bool curing_poll(
    struct io_uring *ring, int descriptor, unsigned events, bool repeats, uint64_t identity) {
    struct io_uring_sqe *request = curing_request(ring);
    if (!request) return false;
    if (repeats) {
        io_uring_prep_poll_multishot(request, descriptor, events);
    } else {
        io_uring_prep_poll_add(request, descriptor, events);
    }
    request->user_data = identity;
    return true;
}

// Queues the end of the poll `target`, answered only if it fails; false when there is no room.
static inline bool curing_cancel(struct io_uring *ring, uint64_t target, uint64_t identity) {
    struct io_uring_sqe *request = curing_request(ring);
    if (!request) return false;
    io_uring_prep_poll_remove(request, target);
    request->flags |= IOSQE_CQE_SKIP_SUCCESS;
    request->user_data = identity;
    return true;
}

// Hands over what is queued and waits for one completion, in one system call.
static inline int curing_wait(struct io_uring *ring, int64_t nanoseconds) {
    struct io_uring_cqe *first;
    struct __kernel_timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    return io_uring_submit_and_wait_timeout(ring, &first, 1, &limit, NULL);
}

// Takes up to `capacity` completions off the ring and returns their number.
static inline unsigned curing_take(struct io_uring *ring, struct curing_completion *into, unsigned capacity) {
    struct io_uring_cqe *completion;
    unsigned head, count = 0;
    io_uring_for_each_cqe(ring, head, completion) {
        if (count == capacity) break;
        into[count++] = (struct curing_completion){completion->user_data, completion->res, completion->flags};
    }
    io_uring_cq_advance(ring, count);
    return count;
}
#endif
