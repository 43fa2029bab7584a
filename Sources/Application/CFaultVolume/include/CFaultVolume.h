// Volumes in memory that SQLite can use as if they were disks, with faults and power cuts on demand.
//
// A path that begins with `/faulty-<n>/` belongs to volume n; every other path goes to SQLite's usual file
// system unchanged. A volume keeps, for each file, what the machine sees and what the medium would hold if the
// power failed now: the content of the last sync, and the writes since, in order.
//
// All functions may be called from any thread.
#ifndef CFAULTVOLUME_H
#define CFAULTVOLUME_H
#include <stdint.h>

// The kinds of calls that are counted and can fail.
enum {
    FAULT_VOLUME_OPEN,
    FAULT_VOLUME_READ,
    FAULT_VOLUME_WRITE,
    FAULT_VOLUME_SYNC,
    FAULT_VOLUME_TRUNCATE,
    FAULT_VOLUME_DELETE,
    FAULT_VOLUME_KINDS
};

typedef struct FaultVolumeDisk FaultVolumeDisk;

// Makes an empty volume and installs the file system on first use; NULL when memory is short or SQLite refuses.
FaultVolumeDisk *fault_volume_make(void);
// The number n of the volume's paths.
int fault_volume_number(FaultVolumeDisk *disk);
// Forgets the volume; its memory goes when the last open file is closed.
void fault_volume_drop(FaultVolumeDisk *disk);

// Calls of a kind since the volume was made.
uint64_t fault_volume_calls(FaultVolumeDisk *disk, int kind);
// Calls that change the medium (write, sync, truncate, delete) since the volume was made.
uint64_t fault_volume_changes(FaultVolumeDisk *disk);

// Lets the nth call of a kind from now (1 = the next) return `code`; a sticky fault stays.
void fault_volume_fail(FaultVolumeDisk *disk, int kind, uint64_t nth, int sticky, int code);
// Ends all faults, the capacity included.
void fault_volume_heal(FaultVolumeDisk *disk);
// Octets after which growing a file returns SQLITE_FULL; negative for no limit.
void fault_volume_capacity(FaultVolumeDisk *disk, int64_t octets);
// Lets every sync report success and do nothing.
void fault_volume_sync_lies(FaultVolumeDisk *disk, int lies);

// Cuts the power: what was synced stays; of the rest a subset chosen by the seed, in whole writes or in sectors of
// 512 octets. Every file that is open fails from now on, and none can be opened until power_on.
void fault_volume_cut_power(FaultVolumeDisk *disk, uint64_t seed);
// Cuts the power at the nth change from now (1 = the next), in the middle of it.
void fault_volume_cut_power_at(FaultVolumeDisk *disk, uint64_t nth, uint64_t seed);
// Lets every open file fail from now on and loses nothing, as when a process is killed.
void fault_volume_end_process(FaultVolumeDisk *disk);
int fault_volume_has_power(FaultVolumeDisk *disk);
void fault_volume_power_on(FaultVolumeDisk *disk);

// Size of a file in octets; negative when there is none.
int64_t fault_volume_size(FaultVolumeDisk *disk, const char *path);
// Copies octets out of or into a file as it is seen now, without faults; 0 when the range is not inside the file.
int fault_volume_peek(FaultVolumeDisk *disk, const char *path, int64_t offset, void *octets, int64_t count);
int fault_volume_poke(FaultVolumeDisk *disk, const char *path, int64_t offset, const void *octets, int64_t count);

#endif
