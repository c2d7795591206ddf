package core

import (
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// Thread is java.lang.Thread: a function that is to run in a process of its
// own, and the box that is filled when it has ended.
type Thread struct {
	box
	f       lang.Value
	name    string
	proc    *runtime.Process // nil until it is started
	handler lang.Value       // of what it does not catch; nil: the default one
}

type threadNote struct {
	box     any
	name    string
	proc    *runtime.Process
	handler lang.Value
}

// Save gives the state.
func (t *Thread) Save() any { return threadNote{t.box.Save(), t.name, t.proc, t.handler} }

// Restore puts a state back.
func (t *Thread) Restore(s any) {
	n := s.(threadNote)
	t.box.Restore(n.box)
	t.name, t.proc, t.handler = n.name, n.proc, n.handler
}

// Class gives Java's class of such a value.
func (t *Thread) Class() *lang.Class { return lang.ThreadClass }

// Text gives the thread as Java shows it.
func (t *Thread) Text() string { return "Thread[" + t.name + ",5,main]" }

// PrintTo prints the thread.
func (t *Thread) PrintTo(p *lang.Printer) { p.Object(lang.ThreadClass.Name, t.hash(), t.Text()) }

func (t *Thread) kind() runtime.Wording { return wordsThread }

// Process gives the process that the thread is, nil until it is started.
func (t *Thread) Process() *runtime.Process { return t.proc }

var threadSlot = runtime.NewSlot()

// threadOf gives the thread that a process is.
func threadOf(p *runtime.Process) *Thread {
	if t, ok := p.Slot(threadSlot).(*Thread); ok {
		return t
	}
	t := &Thread{box: box{id: p.NewID()}, proc: p, name: p.Name()}
	if p.Kind == runtime.Shell {
		t.name = "main"
	}
	p.SetSlot(threadSlot, t)
	return t
}

func thread(v lang.Value) *Thread { return object[*Thread](v, lang.ThreadClass) }

// newThread is (Thread. f), (Thread. f name) and (Thread. name).
func newThread(p *runtime.Process, args []lang.Value) lang.Value {
	t := &Thread{box: box{id: p.NewID()}}
	for _, v := range args {
		if s, ok := v.AsString(); ok {
			t.name = s
		} else {
			t.f = v
		}
	}
	if t.name == "" {
		t.name = "Thread-" + lang.PrString(lang.Int(int64(threadNumber(p.W))))
	}
	return lang.Obj(t)
}

// threadCount counts the threads without names of their own.
type threadCount struct {
	runtime.Stamped
	n int
}

// Save gives the number.
func (c *threadCount) Save() any { return c.n }

// Restore puts the number back.
func (c *threadCount) Restore(s any) { c.n = s.(int) }

type threadCountKey struct{}

func threadNumber(w *runtime.World) int {
	c := keep(w, threadCountKey{}, func() *threadCount { return &threadCount{} })
	w.Touch(c)
	c.n++
	return c.n - 1
}

var threadExit = &runtime.Kont{
	Name: "thread",
	Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		state.(*Thread).fill(p.W, p, lang.Nil, nil)
		return v
	},
	Raise: func(p *runtime.Process, state any, _ *lang.Exception) (lang.Value, bool) {
		state.(*Thread).fill(p.W, p, lang.Nil, nil)
		return lang.Nil, false
	},
}

// runFn is what a Runnable does: a function is called, an object's run too.
func runFn(w *runtime.World, f lang.Value) (fn lang.Value, args []lang.Value) {
	for _, name := range []string{"run", "call"} {
		if m := ownMethod(w, f, name); m.Truthy() {
			return m, []lang.Value{f}
		}
	}
	return f, nil
}

func startThread(p *runtime.Process, args []lang.Value) lang.Value {
	t := thread(args[0])
	return p.Perform(&runtime.Effect{Name: wordsStart, With: []any{t.name}, On: []runtime.Access{{Entity: t, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			if t.proc != nil {
				silent(illegalThreadState)
			}
			fn, args := runFn(w, t.f)
			w.Touch(t)
			t.proc = w.Spawn(p, runtime.Spawn{Kind: runtime.Thread, Fn: fn, Args: args, Name: t.name, Exit: threadExit, State: t})
			t.proc.SetSlot(threadSlot, t)
			return lang.Nil
		}})
}

var illegalThreadState = lang.DefineClass("java.lang.IllegalThreadStateException", lang.IllegalArgumentException)

// joinThread waits for the end of a thread, for some milliseconds at most if given.
func joinThread(p *runtime.Process, args []lang.Value) lang.Value {
	t := thread(args[0])
	if t.proc == nil || t.proc.Status == runtime.Done {
		return lang.Nil
	}
	wait := &awaitBox{&t.box, t}
	if ms := optional(args, 1); !ms.IsNil() && integer(ms) > 0 {
		return p.Perform(&runtime.Choice{Name: wordsJoin, Priority: true,
			Branches: []runtime.Branch{{Op: wait}, {Op: sleepFor(p, millis(integer(ms)))}}})
	}
	return p.Perform(wait)
}

// interrupt raises InterruptedException in a thread that waits.
func interrupt(p *runtime.Process, args []lang.Value) lang.Value {
	t := thread(args[0])
	return p.Perform(&runtime.Effect{Name: wordsInterrupt, With: []any{t.name}, On: []runtime.Access{{Entity: t, Mode: runtime.Write}},
		Do: func(w *runtime.World, p *runtime.Process) lang.Value {
			w.Emit(runtime.Event{Kind: "interrupt", Proc: p, Peer: t.proc})
			if q := t.proc; q != nil && (q.Status == runtime.Parked || q.Status == runtime.AtOp && !q.Waiting().Ready(w, q)) {
				w.Raise(t.proc, lang.NewException(lang.InterruptedException, "sleep interrupted"))
			}
			return lang.Nil
		}})
}

// handlers holds the default handler of uncaught exceptions of a world.
type handlers struct{ runtime.Cell }

type handlersKey struct{}

// defaultHandler gives the place of the default handler. When it is first
// asked for, the world's report of uncaught exceptions learns to call handlers.
func defaultHandler(w *runtime.World) *handlers {
	return keep(w, handlersKey{}, func() *handlers {
		h, report := &handlers{}, w.Uncaught
		w.Uncaught = func(w *runtime.World, p *runtime.Process, e *lang.Exception) {
			f := h.Val
			if t, ok := p.Slot(threadSlot).(*Thread); ok && t.handler.Truthy() {
				f = t.handler
			}
			if m := ownMethod(w, f, "uncaughtException"); m.Truthy() && e.Kind == lang.KindError {
				w.Spawn(p, runtime.Spawn{Kind: runtime.Thread, Fn: m, Args: []lang.Value{f, lang.Obj(threadOf(p)), lang.Obj(e)}, Exit: handlerExit})
			} else if report != nil {
				report(w, p, e)
			}
		}
		return h
	})
}

// handlerExit keeps what a handler itself does not catch from being reported
// to that handler.
var handlerExit = &runtime.Kont{
	Name:   "uncaught exception handler",
	Return: func(*runtime.Process, any, lang.Value) lang.Value { return lang.Nil },
	Raise:  func(*runtime.Process, any, *lang.Exception) (lang.Value, bool) { return lang.Nil, true },
}

func setHandler(w *runtime.World, h *handlers, f lang.Value) lang.Value {
	w.Touch(h)
	h.Val = f
	return lang.Nil
}

var _ = lang.DefineClass("java.lang.Thread$UncaughtExceptionHandler", lang.ObjectClass)

var threadStatics = []*lang.Native{
	{Name: "java.lang.Thread/sleep", Min: 1, Max: 2, Args: "[ms] [ms nanos]", Doc: "Waits for ms milliseconds.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			if integer(args[0]) < 0 {
				lang.Raise(lang.IllegalArgumentException, "timeout value is negative")
			}
			return p.Perform(sleepFor(p, millis(integer(args[0]))))
		}},
	{Name: "java.lang.Thread/yield", Args: "[]", Doc: "Lets others go first.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return p.Perform(giveWay{}) }},
	{Name: "java.lang.Thread/onSpinWait", Args: "[]", Doc: "Lets others go first.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return p.Perform(giveWay{}) }},
	{Name: "java.lang.Thread/currentThread", Args: "[]", Doc: "The thread that asks.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return lang.Obj(threadOf(p)) }},
	{Name: "java.lang.Thread/interrupted", Args: "[]", Doc: "Whether the thread was interrupted while it did not wait: never, here.", Pure: func([]lang.Value) lang.Value { return lang.False }},
	{Name: "java.lang.Thread/setDefaultUncaughtExceptionHandler", Min: 1, Max: 1, Args: "[handler]", Doc: "Has the method uncaughtException of handler called with each exception that ends a process, in place of a report.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return setHandler(p.W, defaultHandler(p.W), args[0])
		}},
	{Name: "java.lang.Thread/getDefaultUncaughtExceptionHandler", Args: "[]", Doc: "What setDefaultUncaughtExceptionHandler set, nil if nothing.",
		Run: func(p *runtime.Process, _ []lang.Value) lang.Value { return defaultHandler(p.W).Val }},
}

var threadMethods = []*lang.Native{
	{Name: "java.lang.Thread/start", Min: 1, Max: 1, Args: "[thread]", Run: startThread, Doc: "Has the thread begin."},
	{Name: "java.lang.Thread/join", Min: 1, Max: 2, Args: "[thread] [thread ms]", Run: joinThread, Doc: "Waits for the end of the thread, for ms milliseconds at most."},
	{Name: "java.lang.Thread/interrupt", Min: 1, Max: 1, Args: "[thread]", Run: interrupt, Doc: "Raises InterruptedException in the thread if it waits."},
	{Name: "java.lang.Thread/run", Min: 1, Max: 1, Args: "[thread]", Doc: "Calls the thread's function here.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			fn, own := runFn(p.W, thread(args[0]).f)
			return p.TailCall(fn, own...)
		}},
	{Name: "java.lang.Thread/isAlive", Min: 1, Max: 1, Args: "[thread]", Doc: "Whether the thread has begun and not ended.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			t := thread(args[0])
			return lang.Bool(t.proc != nil && t.proc.Status != runtime.Done)
		}},
	{Name: "java.lang.Thread/isInterrupted", Min: 1, Max: 1, Args: "[thread]", Doc: "Whether the thread was interrupted while it did not wait: never, here.", Pure: one(func(lang.Value) lang.Value { return lang.False })},
	{Name: "java.lang.Thread/isDaemon", Min: 1, Max: 1, Args: "[thread]", Doc: "Whether the program may end without the thread: here, any.", Pure: one(func(lang.Value) lang.Value { return lang.True })},
	{Name: "java.lang.Thread/setDaemon", Min: 2, Max: 2, Args: "[thread on]", Doc: "Says whether the program may end without the thread, which it may anyway.", Pure: two(func(_, _ lang.Value) lang.Value { return lang.Nil })},
	{Name: "java.lang.Thread/getName", Min: 1, Max: 1, Args: "[thread]", Doc: "The thread's name.", Run: func(_ *runtime.Process, args []lang.Value) lang.Value { return lang.Str(thread(args[0]).name) }},
	{Name: "java.lang.Thread/setName", Min: 2, Max: 2, Args: "[thread name]", Doc: "Sets the thread's name.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			t := thread(args[0])
			p.W.Touch(t)
			t.name = text(args[1])
			return lang.Nil
		}},
	{Name: "java.lang.Thread/getId", Min: 1, Max: 1, Args: "[thread]", Doc: "The thread's number, 0 before it has begun.",
		Run: func(_ *runtime.Process, args []lang.Value) lang.Value {
			if t := thread(args[0]); t.proc != nil {
				return lang.Int(int64(t.proc.Num))
			}
			return lang.Int(0)
		}},
	{Name: "java.lang.Thread/setUncaughtExceptionHandler", Min: 2, Max: 2, Args: "[thread handler]", Doc: "Has the method uncaughtException of handler called with what the thread does not catch.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			t := thread(args[0])
			defaultHandler(p.W)
			p.W.Touch(t)
			t.handler = args[1]
			return lang.Nil
		}},
}

var timeUnitMethods = []*lang.Native{
	{Name: "java.util.concurrent.TimeUnit/sleep", Min: 2, Max: 2, Args: "[unit n]", Doc: "Waits for n of the unit.",
		Run: func(p *runtime.Process, args []lang.Value) lang.Value {
			return p.Perform(sleepFor(p, args[0].Obj().(*TimeUnit).of(integer(args[1]))))
		}},
	{Name: "java.util.concurrent.TimeUnit/toMillis", Min: 2, Max: 2, Args: "[unit n]", Doc: "n of the unit in milliseconds.",
		Pure: two(func(u, n lang.Value) lang.Value {
			return lang.Int(u.Obj().(*TimeUnit).of(integer(n)).Milliseconds())
		})},
}

// of gives the time of n units.
func (u *TimeUnit) of(n int64) time.Duration {
	if n > maxSleep/int64(u.d) {
		return maxSleep
	}
	return time.Duration(n) * u.d
}
