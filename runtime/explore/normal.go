package explore

import (
	"regexp"
	"strconv"
	"sync"

	"github.com/conc-repl/conc-repl/runtime"
)

// printedPid matches a pid as it is printed, by the order in which the world
// has made the processes, which differs between runs that come to the same.
var printedPid = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`#PID<[0-9.]+>`) })

// normal gives a text in which each process is named alike in all runs: by its
// id, which derives from who started it.
func (r *run) normal(text string) string {
	if !printedPid().MatchString(text) {
		return text
	}
	ids := map[string]runtime.ID{}
	for _, t := range r.threads {
		ids[t.p.String()] = t.id
	}
	return printedPid().ReplaceAllStringFunc(text, func(s string) string {
		if id, ok := ids[s]; ok {
			return "#PID<" + strconv.FormatUint(uint64(id), 16) + ">"
		}
		return s
	})
}
