package actors

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// flagDefaults are the flags of erlang:process_flag/2 with the values that a
// new process has. Of these, max_heap_size has an effect here; the others are
// kept and shown.
var flagDefaults = map[string]lang.Value{
	"priority": kwNormal, "message_queue_data": lang.K("on_heap"), "error_handler": lang.K("error_handler"),
	"min_heap_size": lang.Int(minHeap), "min_bin_vheap_size": lang.Int(minBinHeap), "max_heap_size": heapLimit(0, true, true),
	"fullsweep_after": lang.Int(fullsweepAfter), "sensitive": lang.False, "save_calls": lang.Int(0),
}

// flagWords are the flags whose value is one of some atoms.
var flagWords = map[string]string{
	"priority": "low normal high max", "message_queue_data": "on_heap off_heap", "sensitive": "true false",
}

var (
	kwSize    = lang.K("size")
	kwKills   = lang.K("kill")
	kwMaxHeap = lang.K("max_heap_size")
	kwLogger  = lang.K("error_logger")
)

// heapLimit gives the value of max_heap_size as the BEAM shows it.
func heapLimit(words int64, kill, report bool) lang.Value {
	return lang.Obj(lang.NewErlangMap(kwSize, lang.Int(words), kwKills, lang.Bool(kill), kwLogger, lang.Bool(report)))
}

func isSize(v lang.Value) bool { return v.IsFixed() && v.AsInt() >= 0 }

// flagValue gives the value that a flag has when it is set to v, if it can be.
func flagValue(name string, v lang.Value) (lang.Value, bool) {
	if words, ok := flagWords[name]; ok {
		for word := range strings.FieldsSeq(words) {
			if lang.DisplayString(v) == word || lang.Identical(v, lang.K(word)) {
				return v, true
			}
		}
		return v, false
	}
	switch name {
	case "error_handler":
		return v, isAtom(v)
	case "max_heap_size":
		return limitValue(v)
	}
	return v, isSize(v) && !flagDefaults[name].IsNil()
}

// limitValue reads a max_heap_size: words, or a map with :size, :kill and :error_logger.
func limitValue(v lang.Value) (lang.Value, bool) {
	if isSize(v) {
		return heapLimit(v.AsInt(), true, true), true
	}
	m, ok := v.Obj().(*lang.Map)
	if !ok || !isSize(m.GetKw(mustKeyword(kwSize))) {
		return v, false
	}
	flag := func(k lang.Value) bool { x, ok := m.Get(k); return !ok || x.Truthy() }
	return heapLimit(m.GetKw(mustKeyword(kwSize)).AsInt(), flag(kwKills), flag(kwLogger)), true
}

func processFlag(p *runtime.Process, args []lang.Value) lang.Value {
	k, ok := args[0].AsKeyword()
	if !ok {
		lang.Raise(lang.IllegalArgumentException, "not a process flag: %s", lang.PrString(args[0]))
	}
	name, v := underscored(k.Name), args[1]
	if name == "trap_exit" {
		if !v.IsBool() {
			lang.Raise(lang.IllegalArgumentException, "trap_exit is true or false, not %s", lang.PrString(v))
		}
		return trapExit(p, args[1:])
	}
	if _, ok := flagDefaults[name]; !ok {
		lang.Raise(lang.IllegalArgumentException, "not a process flag: %s", lang.PrString(args[0]))
	}
	if v, ok = flagValue(name, v); !ok {
		lang.Raise(lang.IllegalArgumentException, "not a value of the process flag %s: %s", name, lang.PrString(v))
	}
	return of(p).setFlag(p, name, v)
}

// setFlag sets a flag of q, and gives its old value.
func (s *System) setFlag(q *runtime.Process, name string, v lang.Value) lang.Value {
	b := s.bonds(q)
	old := flagOf(b.ties, name)
	s.w.Touch(b)
	b.flags = b.flags.Assoc(lang.K(name), v)
	s.guardHeap(q)
	return old
}

func flagOf(t ties, name string) lang.Value {
	if v, ok := t.flags.Get(lang.K(name)); ok {
		return v
	}
	return flagDefaults[name]
}

// guardHeap has q looked at after its slices once it has a max_heap_size.
func (s *System) guardHeap(q *runtime.Process) {
	if _, ok := look(q).flags.Get(kwMaxHeap); ok {
		q.AfterSlice(s.checkHeap)
	}
}

// wordsPerSlice is about how much a process can allocate in a slice.
const wordsPerSlice = 8192

// checkHeap does what max_heap_size says. On the BEAM a collection looks;
// here it is one of so many slices that looking costs a constant for each.
func (s *System) checkHeap(q *runtime.Process) {
	m := flagOf(look(q), "max_heap_size").Obj().(*lang.Map)
	limit := m.GetKw(mustKeyword(kwSize)).AsInt()
	if limit == 0 || !Alive(q) || q.Reductions()/s.w.Options().Budget%(limit/wordsPerSlice+1) != 0 {
		return
	}
	total := s.Usage(q).Total
	if total <= limit {
		return
	}
	kill := m.GetKw(mustKeyword(kwKills)).Truthy()
	if m.GetKw(mustKeyword(kwLogger)).Truthy() {
		s.heapReport(q, limit, total, kill)
	}
	if kill {
		s.kill(q, kwKilled)
	}
}
