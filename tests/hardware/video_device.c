/* A camera on the bus that is none: preloaded into the real station, it answers the kernel's calls of Video4Linux.
   VIDEO_DEVICE is a file; its first letter says how the camera is, and may change at any time:
   o(k), s(talls), m(etadata node), r(aw format nobody knows). Removed: unplugged. Locked by another: in use there.
   Its pictures are the files VIDEO_DEVICE.0.jpg and .1.jpg in turn, of VIDEO_SIZE "1600x1200".
   Source: linux/videodev2.h, and what uvcvideo does: the first who sets a format has the camera until he closes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define FDS 4096
#define BUFFERS 4
#define BUFFER_BYTES (4u << 20)
#define FRAME_NANOSECONDS 50000000
#define MJPG V4L2_PIX_FMT_MJPEG
#define UNKNOWN v4l2_fourcc('X', 'X', 'X', 'X')

/* The descriptor the caller gets is a timer: readable when a frame is due. */
static struct camera { int is_open, file, memory, is_queued[BUFFERS]; unsigned sequence; } cameras[FDS];

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

static const char *device(void) { return getenv("VIDEO_DEVICE"); }
static struct camera *of(int fd) { return fd >= 0 && fd < FDS && cameras[fd].is_open ? &cameras[fd] : NULL; }
static int refuse(int why) { errno = why; return -1; }

static char mood(void)
{
    char letter = 0; /* unplugged */
    int fd = syscall(SYS_openat, AT_FDCWD, device(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return 0;
    if (read(fd, &letter, 1) != 1) letter = 'o';
    syscall(SYS_close, fd);
    return letter;
}

static int plug(void)
{
    int file = syscall(SYS_openat, AT_FDCWD, device(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (fd < 0 || fd >= FDS) abort();
    cameras[fd] = (struct camera){1, file, memfd_create("frames", MFD_CLOEXEC), {0}, 0};
    if (ftruncate(cameras[fd].memory, BUFFERS * BUFFER_BYTES)) abort();
    return fd;
}

static void run(int fd, int on)
{
    struct itimerspec every = {{0, on ? FRAME_NANOSECONDS : 0}, {0, on ? FRAME_NANOSECONDS : 0}};
    timerfd_settime(fd, 0, &every, NULL);
}

static int is_mine(struct camera *camera) { return !flock(camera->file, LOCK_EX | LOCK_NB); }

static unsigned expose(struct camera *camera, unsigned index)
{
    static char jpeg[BUFFER_BYTES];
    char path[4096];
    snprintf(path, sizeof path, "%s.%u.jpg", device(), camera->sequence++ % 2);
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    ssize_t bytes = read(fd, jpeg, sizeof jpeg);
    syscall(SYS_close, fd);
    if (bytes < 0 || pwrite(camera->memory, jpeg, bytes, (off_t)index * BUFFER_BYTES) != bytes) abort();
    return bytes;
}

static int give_frame(int fd, struct camera *camera, struct v4l2_buffer *buffer, char how)
{
    unsigned long long due;
    if (read(fd, &due, sizeof due) != sizeof due) return refuse(EAGAIN);
    if (how == 's') { run(fd, 0); return refuse(EAGAIN); }
    for (unsigned index = 0; index < BUFFERS; index++)
        if (camera->is_queued[index]) {
            camera->is_queued[index] = 0;
            buffer->index = index;
            buffer->length = BUFFER_BYTES;
            buffer->bytesused = expose(camera, index);
            buffer->sequence = camera->sequence;
            return 0;
        }
    return refuse(EAGAIN);
}

static void fill(struct v4l2_format *format, char how)
{
    unsigned width = 0, height = 0;
    sscanf(getenv("VIDEO_SIZE"), "%ux%u", &width, &height);
    format->fmt.pix = (struct v4l2_pix_format){
        .width = width, .height = height, .pixelformat = how == 'r' ? UNKNOWN : MJPG,
        .field = V4L2_FIELD_NONE, .sizeimage = BUFFER_BYTES};
}

static int answer(int fd, struct camera *camera, unsigned long request, void *with, char how)
{
    struct v4l2_buffer *buffer = with;
    if (!how) return refuse(ENODEV);
    switch (request) {
    case VIDIOC_QUERYCAP: {
        struct v4l2_capability *able = with;
        *able = (struct v4l2_capability){.driver = "uvcvideo", .card = "Twin camera"};
        able->device_caps = how == 'm' ? V4L2_CAP_META_CAPTURE : V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        able->capabilities = able->device_caps | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_DEVICE_CAPS;
        return 0;
    }
    case VIDIOC_ENUM_FMT:
        if (((struct v4l2_fmtdesc *)with)->index) return refuse(EINVAL);
        ((struct v4l2_fmtdesc *)with)->pixelformat = how == 'r' ? UNKNOWN : MJPG;
        return 0;
    case VIDIOC_S_FMT:
        if (!is_mine(camera)) return refuse(EBUSY); /* falls through */
    case VIDIOC_G_FMT:
        if (((struct v4l2_format *)with)->type != V4L2_BUF_TYPE_VIDEO_CAPTURE) return refuse(EINVAL);
        fill(with, how);
        return 0;
    case VIDIOC_S_PARM:
    case VIDIOC_G_PARM:
        ((struct v4l2_streamparm *)with)->parm.capture.timeperframe = (struct v4l2_fract){1, 20};
        return 0;
    case VIDIOC_REQBUFS:
        if (!is_mine(camera)) return refuse(EBUSY);
        if (((struct v4l2_requestbuffers *)with)->count > BUFFERS)
            ((struct v4l2_requestbuffers *)with)->count = BUFFERS;
        memset(camera->is_queued, 0, sizeof camera->is_queued);
        return 0;
    case VIDIOC_QUERYBUF:
        buffer->length = BUFFER_BYTES;
        buffer->m.offset = buffer->index * BUFFER_BYTES;
        return 0;
    case VIDIOC_QBUF: camera->is_queued[buffer->index] = 1; return 0;
    case VIDIOC_DQBUF: return give_frame(fd, camera, buffer, how);
    case VIDIOC_STREAMON: run(fd, 1); return 0;
    case VIDIOC_STREAMOFF: run(fd, 0); return 0;
    default: return refuse(EINVAL); /* inputs and controls: it has none */
    }
}

int ioctl(int fd, unsigned long request, ...)
{
    REAL(ioctl);
    va_list more;
    va_start(more, request);
    void *with = va_arg(more, void *);
    va_end(more);
    struct camera *camera = of(fd);
    return camera ? answer(fd, camera, request, with, mood()) : real(fd, request, with);
}

#define OPEN(name)                                                                  \
    int name(const char *path, int flags, ...)                                      \
    {                                                                               \
        REAL(name);                                                                 \
        va_list more;                                                               \
        va_start(more, flags);                                                      \
        int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, int) : 0;           \
        va_end(more);                                                               \
        return device() && !strcmp(path, device()) ? plug() : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define MMAP(name, offset_type)                                                                           \
    void *name(void *at, size_t length, int protection, int flags, int fd, offset_type offset)            \
    {                                                                                                     \
        REAL(name);                                                                                       \
        return real(at, length, protection, flags, of(fd) ? cameras[fd].memory : fd, offset);             \
    }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

int close(int fd)
{
    REAL(close);
    struct camera *camera = of(fd);
    if (camera) {
        camera->is_open = 0;
        real(camera->file);
        real(camera->memory);
    }
    return real(fd);
}
