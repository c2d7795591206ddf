package channels

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// A test's program is a script for each process: calls of the package's own
// natives, one after the other. What each call gave is written to a journal
// that rolls back with the world.

type call struct {
	fn   string
	args []lang.Value
}

func do(fn string, args ...lang.Value) call { return call{fn, args} }

// bench is a world with scripts in it.
type bench struct {
	*testing.T
	w   *runtime.World
	log *runtime.Cell
}

func newBench(t *testing.T, o runtime.Options) *bench {
	o.Virtual = true
	w := runtime.NewWorld(o)
	Install(w)
	return &bench{t, w, &runtime.Cell{}}
}

var byName = func() map[string]lang.Value {
	m := map[string]lang.Value{}
	for _, n := range natives {
		m[strings.TrimPrefix(n.Name, "clojure.core.async/")] = lang.Obj(n)
	}
	return m
}()

// script is what is left to do for a process.
type script struct {
	b     *bench
	name  string
	calls []call
	done  bool // the first of calls has returned
}

func (b *bench) note(format string, args ...any) {
	b.w.Touch(b.log)
	s, _ := b.log.Val.AsString()
	b.log.Val = lang.Str(s + fmt.Sprintf(format, args...) + "\n")
}

var follow = &runtime.Kont{Name: "script"}

func init() {
	follow.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(*script)
		if s.done {
			s.b.note("%s %s %s", s.name, s.calls[0].fn, s.b.show(v))
			s = &script{s.b, s.name, s.calls[1:], false}
		}
		if len(s.calls) == 0 {
			return v
		}
		c := s.calls[0]
		return p.Call(follow, &script{s.b, s.name, s.calls, true}, byName[c.fn], c.args...)
	}
	follow.Raise = func(p *runtime.Process, state any, e *lang.Exception) (lang.Value, bool) {
		s := state.(*script)
		s.b.note("%s %s !! %s", s.name, s.calls[0].fn, e.Message())
		return follow.Return(p, &script{s.b, s.name, s.calls[1:], false}, lang.Nil), true
	}
}

// show prints a result; a channel goes by its name.
func (b *bench) show(v lang.Value) string {
	switch x := v.Obj().(type) {
	case *Channel:
		return x.Name()
	case *lang.Vector:
		var parts []string
		x.Each(func(e lang.Value) bool { parts = append(parts, b.show(e)); return true })
		return "[" + strings.Join(parts, " ") + "]"
	}
	return lang.PrString(v)
}

func (b *bench) body(name string, calls []call) lang.Value {
	return lang.Obj(&lang.Native{Name: "test/" + name, Max: -1, Run: func(p *runtime.Process, _ []lang.Value) lang.Value {
		return follow.Return(p, &script{b, name, calls, false}, lang.Nil)
	}})
}

// spawn starts a process that follows a script.
func (b *bench) spawn(kind runtime.Kind, name string, calls ...call) *runtime.Process {
	return b.w.Spawn(nil, runtime.Spawn{Kind: kind, Fn: b.body(name, calls)})
}

// settle runs the world until nothing can happen any more.
func (b *bench) settle() runtime.Why {
	return b.w.Run(runtime.Limits{Timers: true, Wall: 5 * time.Second})
}

// now has a script done at once by a process that must not wait.
func (b *bench) now(fn string, args ...lang.Value) lang.Value {
	b.Helper()
	v, e := b.w.Private(lang.Nil, byName[fn], args...)
	if e != nil {
		b.Fatalf("%s raised %v", fn, e)
	}
	return v
}

func (b *bench) chanOf(name string, args ...lang.Value) lang.Value {
	v := b.now("chan", args...)
	v.Obj().(*Channel).SetName(name)
	return v
}

func (b *bench) expect(want string) {
	b.Helper()
	got, _ := b.log.Val.AsString()
	b.log.Val = lang.Str("")
	want = strings.TrimSpace(strings.ReplaceAll(want, "\t", "")) + "\n"
	if got != want {
		b.Errorf("got\n%swant\n%s", got, want)
	}
}

func num(i int) lang.Value { return lang.Int(int64(i)) }

// native makes a function for a test.
func native(f func(p *runtime.Process, args []lang.Value) lang.Value) lang.Value {
	return lang.Obj(&lang.Native{Name: "test/f", Max: -1, Run: f})
}

// step makes a transducer whose step function is f, which gets the reducing
// function below it and a value.
func step(f func(p *runtime.Process, rf, acc, v lang.Value) lang.Value, end func(p *runtime.Process, rf, acc lang.Value) lang.Value) lang.Value {
	return native(func(_ *runtime.Process, outer []lang.Value) lang.Value {
		rf := outer[0]
		return native(func(p *runtime.Process, args []lang.Value) lang.Value {
			if len(args) == 2 {
				return f(p, rf, args[0], args[1])
			}
			if end != nil {
				return end(p, rf, args[0])
			}
			return p.TailCall(rf, args...)
		})
	})
}

// reducedValue stands for the library's.
type reducedValue struct{}

var reducedClass = lang.DefineClass("clojure.lang.Reduced", lang.ObjectClass)

func (*reducedValue) Class() *lang.Class { return reducedClass }

var doubling = step(func(p *runtime.Process, rf, acc, v lang.Value) lang.Value {
	return p.TailCall(rf, acc, lang.Int(2*v.AsInt()))
}, nil)
