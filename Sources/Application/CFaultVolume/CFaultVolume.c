#include "CFaultVolume.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>

#define SECTOR 512
#define PREFIX "/faulty-"

typedef struct Octets {
    unsigned char *at;
    int64_t count, room;
} Octets;

// One call that changed a file and was not synced; a truncation has no octets.
typedef struct Change {
    struct Change *next;
    int truncates;
    int64_t offset, count;
    unsigned char octets[];
} Change;

// A file's content; a path names it, open handles keep it.
typedef struct Node {
    struct Node *next;
    char *path;
    int references;
    // Whether the machine sees the name, and whether the medium does.
    int visible, named_durably;
    Octets seen, durable;
    Change *first, **last;
    // SQLite's file locks.
    int shared;
    void *reserved, *pending, *exclusive;
    // SQLite's shared-memory index.
    int mappers, regions, region_size;
    void **region;
    int shm_shared[SQLITE_SHM_NLOCK];
    void *shm_exclusive[SQLITE_SHM_NLOCK];
} Node;

typedef struct Fault {
    uint64_t countdown;
    int sticky, code, armed;
} Fault;

struct FaultVolumeDisk {
    FaultVolumeDisk *next;
    int number, references, generation, powered, sync_lies;
    pthread_mutex_t mutex;
    Node *nodes;
    uint64_t calls[FAULT_VOLUME_KINDS], changes;
    Fault fault[FAULT_VOLUME_KINDS];
    int64_t capacity;
    uint64_t cut_countdown, cut_seed;
};

typedef struct Handle {
    sqlite3_file base;
    FaultVolumeDisk *disk;
    Node *node;
    int generation, level, delete_on_close, read_only, mapped;
    unsigned shm_shared, shm_exclusive;
} Handle;

static pthread_mutex_t registry_mutex = PTHREAD_MUTEX_INITIALIZER;
static FaultVolumeDisk *registry;
static int last_number;
static sqlite3_vfs file_system;
static sqlite3_vfs *usual;

// MARK: Octets and nodes

static int grow(Octets *octets, int64_t count) {
    if (count > octets->room) {
        int64_t room = octets->room ? octets->room : 4096;
        while (room < count) room *= 2;
        unsigned char *at = realloc(octets->at, (size_t)room);
        if (!at) return 0;
        octets->at = at;
        octets->room = room;
    }
    if (count > octets->count) {
        memset(octets->at + octets->count, 0, (size_t)(count - octets->count));
        octets->count = count;
    }
    return 1;
}

static int put(Octets *octets, int64_t offset, const void *from, int64_t count) {
    if (!grow(octets, offset + count)) return 0;
    memcpy(octets->at + offset, from, (size_t)count);
    return 1;
}

static void forget_changes(Node *node) {
    while (node->first) {
        Change *change = node->first;
        node->first = change->next;
        free(change);
    }
    node->last = &node->first;
}

static Node *make_node(const char *path) {
    Node *node = calloc(1, sizeof *node);
    if (!node) return NULL;
    node->path = strdup(path);
    node->last = &node->first;
    node->references = 1;
    node->visible = 1;
    if (node->path) return node;
    free(node);
    return NULL;
}

static void free_regions(Node *node) {
    for (int i = 0; i < node->regions; i++) free(node->region[i]);
    free(node->region);
    node->region = NULL;
    node->regions = 0;
}

static void release_node(Node *node) {
    if (--node->references > 0) return;
    forget_changes(node);
    free_regions(node);
    free(node->seen.at);
    free(node->durable.at);
    free(node->path);
    free(node);
}

static Node *find(FaultVolumeDisk *disk, const char *path) {
    for (Node *node = disk->nodes; node; node = node->next)
        if (node->visible && !strcmp(node->path, path)) return node;
    return NULL;
}

static void unlink_node(FaultVolumeDisk *disk, Node *node) {
    for (Node **link = &disk->nodes; *link; link = &(*link)->next)
        if (*link == node) {
            *link = node->next;
            release_node(node);
            return;
        }
}

static int note(Node *node, int truncates, int64_t offset, const void *from, int64_t count) {
    Change *change = malloc(sizeof *change + (size_t)count);
    if (!change) return 0;
    change->next = NULL;
    change->truncates = truncates;
    change->offset = offset;
    change->count = count;
    if (count) memcpy(change->octets, from, (size_t)count);
    *node->last = change;
    node->last = &change->next;
    return 1;
}

// MARK: Power

// SplitMix64.
static uint64_t draw(uint64_t *state) {
    uint64_t mixed = (*state += 0x9E3779B97F4A7C15u);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

// What one cut does to unsynced changes.
typedef struct Cut {
    uint64_t state;
    unsigned percent;
    int by_sector;
    // Only the process ends: the machine keeps what it saw.
    int spares;
} Cut;

static int survives(Cut *cut) { return draw(&cut->state) % 100 < cut->percent; }

// The medium writes sectors back in any order, but never an older state of a sector over a newer one, so dropping any
// set of sectors while keeping the order covers every reordering.
static int settle(Node *node, Cut *cut) {
    for (Change *change = node->first; change; change = change->next) {
        if (change->truncates) {
            if (survives(cut) && change->offset < node->durable.count) node->durable.count = change->offset;
        } else if (!cut->by_sector) {
            if (survives(cut) && !put(&node->durable, change->offset, change->octets, change->count)) return 0;
        } else {
            int64_t done = 0;
            while (done < change->count) {
                int64_t start = change->offset + done, part = SECTOR - start % SECTOR;
                if (part > change->count - done) part = change->count - done;
                if (survives(cut) && !put(&node->durable, start, change->octets + done, part)) return 0;
                done += part;
            }
        }
    }
    return 1;
}

static Node *find_other(FaultVolumeDisk *disk, Node *than) {
    for (Node *node = disk->nodes; node; node = node->next)
        if (node != than && !strcmp(node->path, than->path)) return node;
    return NULL;
}

// Whether the medium still has this node under its name after the cut.
static int keeps_name(FaultVolumeDisk *disk, Node *node, Cut *cut) {
    if (cut->spares) return node->visible;
    if (node->visible && node->named_durably) return 1;
    if (!node->visible && !node->named_durably) return 0;
    // A name that came or went without a sync; of an old and a new file under one name only one is there.
    if (!node->visible && find_other(disk, node)) return 0;
    return survives(cut);
}

// Replaces every file by what is left of it, so that open handles no longer reach the volume.
static void orphan_handles(FaultVolumeDisk *disk, Cut cut) {
    Node *after = NULL;
    for (Node *node = disk->nodes; node; node = node->next) {
        if (!keeps_name(disk, node, &cut)) continue;
        Node *copy = make_node(node->path);
        if (!copy || !settle(node, &cut)) abort();
        copy->named_durably = 1;
        if (node->durable.count
            && (!put(&copy->durable, 0, node->durable.at, node->durable.count)
                || !put(&copy->seen, 0, node->durable.at, node->durable.count)))
            abort();
        copy->next = after;
        after = copy;
    }
    while (disk->nodes) unlink_node(disk, disk->nodes);
    disk->nodes = after;
    disk->generation++;
}

static void cut_power(FaultVolumeDisk *disk, uint64_t seed) {
    static const unsigned percents[] = {0, 10, 50, 90, 100};
    Cut cut = {seed, 0, 0, 0};
    cut.percent = percents[draw(&cut.state) % 5];
    cut.by_sector = (int)(draw(&cut.state) % 2);
    orphan_handles(disk, cut);
    disk->powered = 0;
    disk->cut_countdown = 0;
}

// MARK: Counting and failing

static int is_change(int kind) { return kind >= FAULT_VOLUME_WRITE; }

// Counts a call; the code it must return at once, or SQLITE_OK.
static int enter(FaultVolumeDisk *disk, int generation, int kind) {
    if (!disk->powered || generation != disk->generation) return SQLITE_IOERR;
    disk->calls[kind]++;
    if (is_change(kind)) disk->changes++;
    Fault *fault = &disk->fault[kind];
    if (!fault->armed) return SQLITE_OK;
    if (fault->countdown > 1) {
        fault->countdown--;
        return SQLITE_OK;
    }
    if (!fault->sticky) fault->armed = 0;
    return fault->code;
}

// Whether the power fails in the middle of the change that was just noted.
static int loses_power(FaultVolumeDisk *disk) {
    if (!disk->cut_countdown || --disk->cut_countdown) return 0;
    cut_power(disk, disk->cut_seed);
    return 1;
}

static int64_t used(FaultVolumeDisk *disk) {
    int64_t sum = 0;
    for (Node *node = disk->nodes; node; node = node->next)
        if (node->visible) sum += node->seen.count;
    return sum;
}

// MARK: SQLite's file methods

static void enter_disk(FaultVolumeDisk *disk) { pthread_mutex_lock(&disk->mutex); }
static void leave_disk(FaultVolumeDisk *disk) { pthread_mutex_unlock(&disk->mutex); }

static void release_disk(FaultVolumeDisk *disk) {
    pthread_mutex_lock(&registry_mutex);
    int left = --disk->references;
    pthread_mutex_unlock(&registry_mutex);
    if (left > 0) return;
    while (disk->nodes) unlink_node(disk, disk->nodes);
    pthread_mutex_destroy(&disk->mutex);
    free(disk);
}

static int file_unlock(sqlite3_file *file, int level);
static int file_shm_unmap(sqlite3_file *file, int deletes);

static int file_close(sqlite3_file *file) {
    Handle *handle = (Handle *)file;
    FaultVolumeDisk *disk = handle->disk;
    file_unlock(file, SQLITE_LOCK_NONE);
    file_shm_unmap(file, 0);
    enter_disk(disk);
    if (handle->delete_on_close && handle->generation == disk->generation && handle->node->visible)
        unlink_node(disk, handle->node);
    release_node(handle->node);
    leave_disk(disk);
    release_disk(disk);
    file->pMethods = NULL;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *file, void *into, int count, sqlite3_int64 offset) {
    Handle *handle = (Handle *)file;
    enter_disk(handle->disk);
    int code = enter(handle->disk, handle->generation, FAULT_VOLUME_READ);
    if (code == SQLITE_OK) {
        Octets *seen = &handle->node->seen;
        int64_t there = seen->count - offset;
        if (there > count) there = count;
        if (there < 0) there = 0;
        if (there) memcpy(into, seen->at + offset, (size_t)there);
        if (there < count) {
            memset((char *)into + there, 0, (size_t)(count - there));
            code = SQLITE_IOERR_SHORT_READ;
        }
    }
    leave_disk(handle->disk);
    return code;
}

static int file_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset) {
    Handle *handle = (Handle *)file;
    FaultVolumeDisk *disk = handle->disk;
    enter_disk(disk);
    int code = enter(disk, handle->generation, FAULT_VOLUME_WRITE);
    Node *node = handle->node;
    int64_t growth = offset + count - node->seen.count;
    if (code == SQLITE_OK && handle->read_only) code = SQLITE_IOERR_WRITE;
    if (code == SQLITE_OK && disk->capacity >= 0 && growth > 0 && used(disk) + growth > disk->capacity)
        code = SQLITE_FULL;
    if (code == SQLITE_OK && (!note(node, 0, offset, from, count) || !put(&node->seen, offset, from, count)))
        code = SQLITE_IOERR_NOMEM;
    if (code == SQLITE_OK && loses_power(disk)) code = SQLITE_IOERR_WRITE;
    leave_disk(disk);
    return code;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    Handle *handle = (Handle *)file;
    enter_disk(handle->disk);
    int code = enter(handle->disk, handle->generation, FAULT_VOLUME_TRUNCATE);
    if (code == SQLITE_OK && handle->read_only) code = SQLITE_IOERR_TRUNCATE;
    if (code == SQLITE_OK) {
        Node *node = handle->node;
        if (!note(node, 1, size, NULL, 0)) code = SQLITE_IOERR_NOMEM;
        if (size < node->seen.count) node->seen.count = size;
        if (loses_power(handle->disk)) code = SQLITE_IOERR_TRUNCATE;
    }
    leave_disk(handle->disk);
    return code;
}

static int file_sync(sqlite3_file *file, int flags) {
    (void)flags;
    Handle *handle = (Handle *)file;
    FaultVolumeDisk *disk = handle->disk;
    enter_disk(disk);
    int code = enter(disk, handle->generation, FAULT_VOLUME_SYNC);
    if (code == SQLITE_OK && loses_power(disk)) code = SQLITE_IOERR_FSYNC;
    if (code == SQLITE_OK && !disk->sync_lies) {
        Node *node = handle->node;
        Cut none = {0, 100, 0, 0};
        if (!settle(node, &none)) code = SQLITE_IOERR_NOMEM;
        forget_changes(node);
        if (node->visible && !node->named_durably) {
            node->named_durably = 1;
            Node *old = find_other(disk, node);
            if (old) unlink_node(disk, old);
        }
    }
    leave_disk(disk);
    return code;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    Handle *handle = (Handle *)file;
    enter_disk(handle->disk);
    *size = handle->node->seen.count;
    leave_disk(handle->disk);
    return SQLITE_OK;
}

static int try_lock(Handle *handle, int level) {
    Node *node = handle->node;
    void *me = handle;
    int others = node->shared - (handle->level >= SQLITE_LOCK_SHARED);
    if (level == SQLITE_LOCK_SHARED) {
        if ((node->pending && node->pending != me) || (node->exclusive && node->exclusive != me)) return SQLITE_BUSY;
        node->shared++;
    } else if (handle->read_only) {
        return SQLITE_IOERR_LOCK;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (node->reserved && node->reserved != me) return SQLITE_BUSY;
        node->reserved = me;
    } else {
        if ((node->reserved && node->reserved != me) || (node->pending && node->pending != me)) return SQLITE_BUSY;
        node->pending = me;
        if (others > 0) {
            handle->level = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
        node->reserved = me;
        node->exclusive = me;
    }
    handle->level = level;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level) {
    Handle *handle = (Handle *)file;
    if (level <= handle->level) return SQLITE_OK;
    enter_disk(handle->disk);
    int code = handle->generation == handle->disk->generation ? try_lock(handle, level) : SQLITE_IOERR_LOCK;
    leave_disk(handle->disk);
    return code;
}

static int file_unlock(sqlite3_file *file, int level) {
    Handle *handle = (Handle *)file;
    if (level >= handle->level) return SQLITE_OK;
    enter_disk(handle->disk);
    Node *node = handle->node;
    void *me = handle;
    if (node->exclusive == me) node->exclusive = NULL;
    if (node->pending == me) node->pending = NULL;
    if (node->reserved == me) node->reserved = NULL;
    if (level == SQLITE_LOCK_NONE) node->shared--;
    handle->level = level;
    leave_disk(handle->disk);
    return SQLITE_OK;
}

static int file_is_reserved(sqlite3_file *file, int *answer) {
    Handle *handle = (Handle *)file;
    enter_disk(handle->disk);
    *answer = handle->node->reserved != NULL || handle->node->exclusive != NULL;
    leave_disk(handle->disk);
    return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
    (void)file, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file) {
    (void)file;
    return 4096;
}

// As the Unix file system says of ordinary disks: a write never harms the octets beside it.
static int file_characteristics(sqlite3_file *file) {
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int file_shm_map(sqlite3_file *file, int index, int size, int extends, void volatile **at) {
    Handle *handle = (Handle *)file;
    Node *node = handle->node;
    int code = SQLITE_OK;
    *at = NULL;
    enter_disk(handle->disk);
    if (!handle->mapped) {
        handle->mapped = 1;
        node->mappers++;
    }
    if (index >= node->regions && extends) {
        void **regions = realloc(node->region, sizeof *regions * (size_t)(index + 1));
        if (regions) {
            node->region = regions;
            while (node->regions <= index && (regions[node->regions] = calloc(1, (size_t)size))) node->regions++;
        }
        if (node->regions <= index) code = SQLITE_IOERR_NOMEM;
    }
    if (index < node->regions) *at = node->region[index];
    leave_disk(handle->disk);
    return code;
}

static int file_shm_lock(sqlite3_file *file, int offset, int count, int flags) {
    Handle *handle = (Handle *)file;
    Node *node = handle->node;
    int code = SQLITE_OK;
    enter_disk(handle->disk);
    for (int slot = offset; slot < offset + count && code == SQLITE_OK && flags & SQLITE_SHM_LOCK; slot++) {
        int mine = (handle->shm_shared >> slot) & 1;
        if (node->shm_exclusive[slot] && node->shm_exclusive[slot] != handle) code = SQLITE_BUSY;
        if (flags & SQLITE_SHM_EXCLUSIVE && node->shm_shared[slot] > mine) code = SQLITE_BUSY;
    }
    for (int slot = offset; slot < offset + count && code == SQLITE_OK; slot++) {
        unsigned bit = 1u << slot;
        if (flags & SQLITE_SHM_UNLOCK) {
            if (handle->shm_shared & bit) node->shm_shared[slot]--;
            if (handle->shm_exclusive & bit) node->shm_exclusive[slot] = NULL;
            handle->shm_shared &= ~bit;
            handle->shm_exclusive &= ~bit;
        } else if (flags & SQLITE_SHM_EXCLUSIVE) {
            node->shm_exclusive[slot] = handle;
            handle->shm_exclusive |= bit;
        } else if (!(handle->shm_shared & bit)) {
            node->shm_shared[slot]++;
            handle->shm_shared |= bit;
        }
    }
    leave_disk(handle->disk);
    return code;
}

static void file_shm_barrier(sqlite3_file *file) {
    Handle *handle = (Handle *)file;
    enter_disk(handle->disk);
    leave_disk(handle->disk);
}

static int file_shm_unmap(sqlite3_file *file, int deletes) {
    (void)deletes;
    Handle *handle = (Handle *)file;
    if (!handle->mapped) return SQLITE_OK;
    file_shm_lock(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK);
    enter_disk(handle->disk);
    handle->mapped = 0;
    // The next to map it recovers the index from the log, as the first process after a restart does.
    if (--handle->node->mappers == 0) free_regions(handle->node);
    leave_disk(handle->disk);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    2, file_close, file_read, file_write, file_truncate, file_sync, file_size, file_lock, file_unlock,
    file_is_reserved, file_control, file_sector_size, file_characteristics, file_shm_map, file_shm_lock,
    file_shm_barrier, file_shm_unmap, NULL, NULL,
};

// MARK: SQLite's file system methods

static int is_ours(const char *path) { return path && !strncmp(path, PREFIX, sizeof PREFIX - 1); }

// The volume of a path, with a reference; NULL when there is none.
static FaultVolumeDisk *disk_of(const char *path) {
    int number = atoi(path + sizeof PREFIX - 1);
    pthread_mutex_lock(&registry_mutex);
    FaultVolumeDisk *disk = registry;
    while (disk && disk->number != number) disk = disk->next;
    if (disk) disk->references++;
    pthread_mutex_unlock(&registry_mutex);
    return disk;
}

static int open_node(FaultVolumeDisk *disk, const char *path, int flags, Handle *handle) {
    int code = enter(disk, disk->generation, FAULT_VOLUME_OPEN);
    if (code == SQLITE_IOERR) code = SQLITE_CANTOPEN;
    if (code != SQLITE_OK) return code;
    Node *node = find(disk, path);
    if (!node) {
        if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
        if (!(node = make_node(path))) return SQLITE_NOMEM;
        node->next = disk->nodes;
        disk->nodes = node;
    }
    node->references++;
    handle->node = node;
    handle->generation = disk->generation;
    handle->delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->read_only = (flags & SQLITE_OPEN_READONLY) != 0;
    return SQLITE_OK;
}

static int system_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    if (!is_ours(path)) return usual->xOpen(usual, path, file, flags, out);
    memset(file, 0, sizeof(Handle));
    FaultVolumeDisk *disk = disk_of(path);
    if (!disk) return SQLITE_CANTOPEN;
    Handle *handle = (Handle *)file;
    enter_disk(disk);
    int code = open_node(disk, path, flags, handle);
    leave_disk(disk);
    if (code != SQLITE_OK) {
        release_disk(disk);
        return code;
    }
    handle->disk = disk;
    handle->base.pMethods = &methods;
    if (out) *out = flags;
    return SQLITE_OK;
}

static int system_delete(sqlite3_vfs *vfs, const char *path, int syncs) {
    (void)vfs;
    if (!is_ours(path)) return usual->xDelete(usual, path, syncs);
    FaultVolumeDisk *disk = disk_of(path);
    if (!disk) return SQLITE_IOERR_DELETE;
    enter_disk(disk);
    int code = enter(disk, disk->generation, FAULT_VOLUME_DELETE);
    Node *node = find(disk, path);
    if (code == SQLITE_OK && !node) code = SQLITE_IOERR_DELETE_NOENT;
    if (code == SQLITE_OK) {
        node->visible = 0;
        if (loses_power(disk))
            code = SQLITE_IOERR_DELETE;
        else if (!node->named_durably || (syncs && !disk->sync_lies))
            unlink_node(disk, node);
    }
    leave_disk(disk);
    release_disk(disk);
    return code;
}

static int system_access(sqlite3_vfs *vfs, const char *path, int flags, int *answer) {
    (void)vfs;
    if (!is_ours(path)) return usual->xAccess(usual, path, flags, answer);
    FaultVolumeDisk *disk = disk_of(path);
    *answer = 0;
    if (!disk) return SQLITE_OK;
    enter_disk(disk);
    Node *node = find(disk, path);
    // As on Unix, a journal of no octets counts as none.
    *answer = node && (flags != SQLITE_ACCESS_EXISTS || node->seen.count > 0);
    leave_disk(disk);
    release_disk(disk);
    return SQLITE_OK;
}

static int system_full_path(sqlite3_vfs *vfs, const char *path, int room, char *out) {
    (void)vfs;
    if (!is_ours(path)) return usual->xFullPathname(usual, path, room, out);
    sqlite3_snprintf(room, out, "%s", path);
    return SQLITE_OK;
}

static void *system_dl_open(sqlite3_vfs *vfs, const char *path) {
    (void)vfs;
    return usual->xDlOpen(usual, path);
}
static void system_dl_error(sqlite3_vfs *vfs, int room, char *out) {
    (void)vfs;
    usual->xDlError(usual, room, out);
}
static void (*system_dl_symbol(sqlite3_vfs *vfs, void *library, const char *name))(void) {
    (void)vfs;
    return usual->xDlSym(usual, library, name);
}
static void system_dl_close(sqlite3_vfs *vfs, void *library) {
    (void)vfs;
    usual->xDlClose(usual, library);
}
static int system_randomness(sqlite3_vfs *vfs, int room, char *out) {
    (void)vfs;
    return usual->xRandomness(usual, room, out);
}
static int system_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return usual->xSleep(usual, microseconds);
}
static int system_time(sqlite3_vfs *vfs, double *out) {
    (void)vfs;
    return usual->xCurrentTime(usual, out);
}
static int system_last_error(sqlite3_vfs *vfs, int room, char *out) {
    (void)vfs;
    return usual->xGetLastError(usual, room, out);
}
static int system_time64(sqlite3_vfs *vfs, sqlite3_int64 *out) {
    (void)vfs;
    return usual->xCurrentTimeInt64(usual, out);
}

// Called with registry_mutex held.
static int install(void) {
    if (usual) return 1;
    if (sqlite3_initialize() != SQLITE_OK) return 0;
    sqlite3_vfs *found = sqlite3_vfs_find(NULL);
    if (!found || found->iVersion < 2) return 0;
    usual = found;
    file_system.iVersion = 2;
    file_system.szOsFile = found->szOsFile > (int)sizeof(Handle) ? found->szOsFile : (int)sizeof(Handle);
    file_system.mxPathname = found->mxPathname;
    file_system.zName = "fault-volume";
    file_system.xOpen = system_open;
    file_system.xDelete = system_delete;
    file_system.xAccess = system_access;
    file_system.xFullPathname = system_full_path;
    file_system.xDlOpen = system_dl_open;
    file_system.xDlError = system_dl_error;
    file_system.xDlSym = system_dl_symbol;
    file_system.xDlClose = system_dl_close;
    file_system.xRandomness = system_randomness;
    file_system.xSleep = system_sleep;
    file_system.xCurrentTime = system_time;
    file_system.xGetLastError = system_last_error;
    file_system.xCurrentTimeInt64 = system_time64;
    return sqlite3_vfs_register(&file_system, 1) == SQLITE_OK;
}

// MARK: For the test

FaultVolumeDisk *fault_volume_make(void) {
    FaultVolumeDisk *disk = calloc(1, sizeof *disk);
    if (!disk) return NULL;
    pthread_mutex_init(&disk->mutex, NULL);
    disk->references = 1;
    disk->powered = 1;
    disk->capacity = -1;
    pthread_mutex_lock(&registry_mutex);
    int installed = install();
    disk->number = ++last_number;
    if (installed) {
        disk->next = registry;
        registry = disk;
    }
    pthread_mutex_unlock(&registry_mutex);
    if (installed) return disk;
    free(disk);
    return NULL;
}

int fault_volume_number(FaultVolumeDisk *disk) { return disk->number; }

void fault_volume_drop(FaultVolumeDisk *disk) {
    pthread_mutex_lock(&registry_mutex);
    for (FaultVolumeDisk **link = &registry; *link; link = &(*link)->next)
        if (*link == disk) {
            *link = disk->next;
            break;
        }
    pthread_mutex_unlock(&registry_mutex);
    release_disk(disk);
}

uint64_t fault_volume_calls(FaultVolumeDisk *disk, int kind) {
    enter_disk(disk);
    uint64_t calls = disk->calls[kind];
    leave_disk(disk);
    return calls;
}

uint64_t fault_volume_changes(FaultVolumeDisk *disk) {
    enter_disk(disk);
    uint64_t changes = disk->changes;
    leave_disk(disk);
    return changes;
}

void fault_volume_fail(FaultVolumeDisk *disk, int kind, uint64_t nth, int sticky, int code) {
    enter_disk(disk);
    disk->fault[kind] = (Fault){nth, sticky, code, 1};
    leave_disk(disk);
}

void fault_volume_heal(FaultVolumeDisk *disk) {
    enter_disk(disk);
    memset(disk->fault, 0, sizeof disk->fault);
    disk->capacity = -1;
    leave_disk(disk);
}

void fault_volume_capacity(FaultVolumeDisk *disk, int64_t octets) {
    enter_disk(disk);
    disk->capacity = octets;
    leave_disk(disk);
}

void fault_volume_sync_lies(FaultVolumeDisk *disk, int lies) {
    enter_disk(disk);
    disk->sync_lies = lies;
    leave_disk(disk);
}

void fault_volume_cut_power(FaultVolumeDisk *disk, uint64_t seed) {
    enter_disk(disk);
    if (disk->powered) cut_power(disk, seed);
    leave_disk(disk);
}

void fault_volume_end_process(FaultVolumeDisk *disk) {
    enter_disk(disk);
    orphan_handles(disk, (Cut){0, 100, 0, 1});
    leave_disk(disk);
}

void fault_volume_cut_power_at(FaultVolumeDisk *disk, uint64_t nth, uint64_t seed) {
    enter_disk(disk);
    disk->cut_countdown = nth;
    disk->cut_seed = seed;
    leave_disk(disk);
}

int fault_volume_has_power(FaultVolumeDisk *disk) {
    enter_disk(disk);
    int powered = disk->powered;
    leave_disk(disk);
    return powered;
}

void fault_volume_power_on(FaultVolumeDisk *disk) {
    enter_disk(disk);
    disk->powered = 1;
    disk->cut_countdown = 0;
    leave_disk(disk);
}

int64_t fault_volume_size(FaultVolumeDisk *disk, const char *path) {
    enter_disk(disk);
    Node *node = find(disk, path);
    int64_t size = node ? node->seen.count : -1;
    leave_disk(disk);
    return size;
}

static Node *range(FaultVolumeDisk *disk, const char *path, int64_t offset, int64_t count) {
    Node *node = find(disk, path);
    return node && offset >= 0 && count >= 0 && count <= node->seen.count - offset ? node : NULL;
}

int fault_volume_peek(FaultVolumeDisk *disk, const char *path, int64_t offset, void *octets, int64_t count) {
    enter_disk(disk);
    Node *node = range(disk, path, offset, count);
    if (node && count) memcpy(octets, node->seen.at + offset, (size_t)count);
    leave_disk(disk);
    return node != NULL;
}

int fault_volume_poke(FaultVolumeDisk *disk, const char *path, int64_t offset, const void *octets, int64_t count) {
    enter_disk(disk);
    Node *node = range(disk, path, offset, count);
    if (node && count) memcpy(node->seen.at + offset, octets, (size_t)count);
    if (node && offset + count <= node->durable.count) memcpy(node->durable.at + offset, octets, (size_t)count);
    leave_disk(disk);
    return node != NULL;
}
