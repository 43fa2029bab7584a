#ifndef CFAULTVOLUME_H
#define CFAULTVOLUME_H
#endif
