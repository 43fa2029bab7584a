#include "CFaultVolume.h"
