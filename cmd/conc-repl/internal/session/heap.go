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
// it nears the budget. The ballast is taken after the first collection, since
// taking it would bring that about: a short program ends before.
func TuneGC(budget uint64) {
	debug.SetMemoryLimit(int64(budget))
	if budget <= 8*ballastSize {
		debug.SetGCPercent(steadyGC)
		return
	}
	debug.SetGCPercent(firstGC)
	runtime.AddCleanup(new(sentinel), func(int) {
		ballast = make([]byte, ballastSize)
		runtime.KeepAlive(ballast)
		debug.SetGCPercent(steadyGC)
	}, 0)
}

// The garbage, in percent of what lives, after which Go collects: in the long
// run, and the first time, when it takes 4 MB for living.
const (
	steadyGC = 400
	firstGC  = 2000
)

// sentinel is found dead by the first collection. Without a pointer in it, it might
// share its place with others, and live as long as they do.
type sentinel struct{ _ *byte }
