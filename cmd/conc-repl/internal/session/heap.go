package session

import (
	"bytes"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
)

// fallbackHeap is the heap budget where the size of memory is not known.
const fallbackHeap = 4 << 30

// HeapBudget gives half of the machine's memory, in bytes.
func HeapBudget() uint64 {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return fallbackHeap
	}
	f := bytes.Fields(b)
	if len(f) < 2 || string(f[0]) != "MemTotal:" {
		return fallbackHeap
	}
	kb, err := strconv.ParseUint(string(f[1]), 10, 64)
	if err != nil {
		return fallbackHeap
	}
	return kb << 10 / 2
}

// ballast is memory that is never touched, and so takes none: it makes the
// heap look large to the collector, which then runs after every 80 MB of
// garbage in place of every 16. A program that passes messages makes much
// garbage and keeps little.
var ballast []byte

const ballastSize = 16 << 20

// TuneGC has Go collect seldom while the heap is small, and ever more often as
// it nears the budget.
func TuneGC(budget uint64) {
	if budget > 8*ballastSize {
		ballast = make([]byte, ballastSize)
		runtime.KeepAlive(ballast)
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(int64(budget))
}
