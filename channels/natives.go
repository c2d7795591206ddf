package channels

import (
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// natives are the functions of clojure.core.async that are written in Go.
var natives = []*lang.Native{
	{Name: "clojure.core.async/chan", Min: 0, Max: 3, Run: makeChan, Args: "[] [buf-or-n] [buf-or-n xform] [buf-or-n xform ex-handler]",
		Doc: "Makes a channel. Without a buffer a put waits for its take. A number makes a buffer of that many values; xform, a transducer, is what they go through on their way into it. ex-handler gets an exception that xform raises; what it gives, unless nil, takes the value's place. (let [c (chan 2 (map inc))] (>!! c 1) (<!! c)) ;=> 2"},
	{Name: "clojure.core.async/promise-chan", Min: 0, Max: 2, Run: makePromiseChan, Args: "[] [xform] [xform ex-handler]",
		Doc: "Makes a channel that keeps the first value put into it: every take gives that value, for ever; nil once it is closed without one. (let [c (promise-chan)] (>!! c 1) (>!! c 2) [(<!! c) (<!! c)]) ;=> [1 1]"},
	{Name: "clojure.core.async/timeout", Min: 1, Max: 1, Run: makeTimeout, Args: "[msecs]",
		Doc: "Makes a channel that closes once msecs milliseconds have passed. (<!! (timeout 10)) ;=> nil"},
	{Name: "clojure.core.async/buffer", Min: 1, Max: 1, Run: makeBuffer(Fixed), Args: "[n]",
		Doc: "Makes a buffer for n values; once it is full, puts wait. (let [c (chan (buffer 1))] [(offer! c 1) (offer! c 2)]) ;=> [true nil]"},
	{Name: "clojure.core.async/dropping-buffer", Min: 1, Max: 1, Run: makeBuffer(Dropping), Args: "[n]",
		Doc: "Makes a buffer for n values; once it is full, puts succeed and their values are dropped. (let [c (chan (dropping-buffer 1))] (>!! c 1) (>!! c 2) (<!! c)) ;=> 1"},
	{Name: "clojure.core.async/sliding-buffer", Min: 1, Max: 1, Run: makeBuffer(Sliding), Args: "[n]",
		Doc: "Makes a buffer for n values; once it is full, puts succeed and the oldest value is dropped. (let [c (chan (sliding-buffer 1))] (>!! c 1) (>!! c 2) (<!! c)) ;=> 2"},
	{Name: "clojure.core.async/unblocking-buffer?", Min: 1, Max: 1, Pure: isUnblocking, Args: "[buff]",
		Doc: "Whether puts never wait on a channel with this buffer. (mapv unblocking-buffer? [(buffer 1) (sliding-buffer 1)]) ;=> [false true]"},

	{Name: "clojure.core.async/<!!", Min: 1, Max: 1, Run: take(blockTake), Args: "[port]",
		Doc: "Takes a value from a channel, and waits until there is one. It gives nil once the channel is closed and empty. Not for go blocks: there it keeps one of the pool's eight workers busy. (let [c (chan 1)] (>!! c 1) (close! c) [(<!! c) (<!! c)]) ;=> [1 nil]"},
	{Name: "clojure.core.async/>!!", Min: 2, Max: 2, Run: put(blockPut), Args: "[port val]",
		Doc: "Puts a value into a channel, and waits until there is room or a taker. It gives false if the channel is closed. Not for go blocks: there it keeps one of the pool's eight workers busy. (let [c (chan 1)] [(>!! c 1) (do (close! c) (>!! c 2))]) ;=> [true false]"},
	{Name: "clojure.core.async/alts!!", Min: 1, Max: -1, Run: alts(true), Args: "[ports & opts]",
		Doc: "Does one of several operations, the first that can be done, and waits until there is one. ports holds channels to take from and [channel value] pairs to put. It gives [value channel]. With :priority true, those that are ready are tried in order, else at random; with :default v it never waits and may give [v :default]. (let [a (chan) b (chan 1)] (>!! b 1) (first (alts!! [a b]))) ;=> 1"},
	{Name: "clojure.core.async/<!", Min: 1, Max: 1, Run: parking(take(parkTake), "<!"), Args: "[port]",
		Doc: "In a go block: takes a value from a channel, and parks until there is one. It gives nil once the channel is closed and empty. (<!! (go (inc (<! (go 1))))) ;=> 2"},
	{Name: "clojure.core.async/>!", Min: 2, Max: 2, Run: parking(put(parkPut), ">!"), Args: "[port val]",
		Doc: "In a go block: puts a value into a channel, and parks until there is room or a taker. It gives false if the channel is closed. (let [c (chan)] (go (>! c 1)) (<!! c)) ;=> 1"},
	{Name: "clojure.core.async/alts!", Min: 1, Max: -1, Run: parking(alts(false), "alts!"), Args: "[ports & {:as opts}]",
		Doc: "In a go block: does one of several operations, as alts!! does, and parks until one can be done. (<!! (go (first (alts! [(chan) (timeout 5)])))) ;=> nil"},
	{Name: "clojure.core.async/<!*", Min: 1, Max: 1, Run: take(parkTake), Args: "[port]",
		Doc: "What <! is directly in a go block. (<!! (go* (fn [] (<!* (go 1))))) ;=> 1"},
	{Name: "clojure.core.async/>!*", Min: 2, Max: 2, Run: put(parkPut), Args: "[port val]",
		Doc: "What >! is directly in a go block. (let [c (chan 1)] (<!! (go* (fn [] (>!* c 1))))) ;=> true"},
	{Name: "clojure.core.async/alts!*", Min: 1, Max: -1, Run: alts(false), Args: "[ports & opts]",
		Doc: "What alts! is directly in a go block. (<!! (go* (fn [] (alts!* [(chan)] :default 0)))) ;=> [0 :default]"},

	{Name: "clojure.core.async/offer!", Min: 2, Max: 2, Run: put(offerPut), Args: "[port val]",
		Doc: "Puts a value if that can be done at once: true if so, false if the channel is closed, nil if it would have to wait. (let [c (chan 1)] [(offer! c 1) (offer! c 2) (do (close! c) (offer! c 3))]) ;=> [true nil false]"},
	{Name: "clojure.core.async/poll!", Min: 1, Max: 1, Run: take(pollTake), Args: "[port]",
		Doc: "Takes a value if that can be done at once; nil otherwise. (let [c (chan 1)] (>!! c 1) [(poll! c) (poll! c)]) ;=> [1 nil]"},
	{Name: "clojure.core.async/put!", Min: 2, Max: 4, Run: putAsync, Args: "[port val] [port val fn1] [port val fn1 on-caller?]",
		Doc: "Puts a value without waiting; fn1, if given, is called with true once it is taken or buffered, with false if the channel is closed: at once in the caller, unless on-caller? is false, or later in a go block. It gives false if the channel is closed, else true. (let [c (chan 1) p (promise)] (put! c 1 (fn [ok] (deliver p ok))) [(<!! c) @p]) ;=> [1 true]"},
	{Name: "clojure.core.async/take!", Min: 2, Max: 3, Run: takeAsync, Args: "[port fn1] [port fn1 on-caller?]",
		Doc: "Has fn1 called with a value from the channel, nil if it is closed: at once in the caller if there is one, unless on-caller? is false, or later in a go block. It gives nil. (let [c (chan 1) p (promise)] (take! c (fn [v] (deliver p v))) (>!! c 1) @p) ;=> 1"},
	{Name: "clojure.core.async/close!", Min: 1, Max: 1, Run: closeChan, Args: "[chan]",
		Doc: "Closes a channel: it takes no more puts. What is in it, and the puts that wait already, can still be taken; after that, takes give nil. (let [c (chan 1)] (>!! c 1) (close! c) [(<!! c) (<!! c)]) ;=> [1 nil]"},

	{Name: "clojure.core.async/go*", Min: 1, Max: 1, Run: start(runtime.Go), Args: "[f]",
		Doc: "Calls f in a new go block; the channel that it gives gets the result, and closes. (<!! (go* (fn [] 1))) ;=> 1"},
	{Name: "clojure.core.async/thread-call", Min: 1, Max: 1, Run: start(runtime.Thread), Args: "[f]",
		Doc: "Calls f in a thread of its own; the channel that it gives gets the result, and closes. (<!! (thread-call (fn [] 1))) ;=> 1"},
	{Name: "clojure.core.async/chan-info", Min: 1, Max: 1, Run: chanInfo, Args: "[chan]",
		Doc: "What a channel holds, as a map: its name, its buffer with the values in order, the puts and takes that wait on it with their processes, and whether it is closed. (let [c (chan 2)] (>!! c 1) (count (:values (:buffer (chan-info c))))) ;=> 1"},
}

// parkHere is the calls that stand for others directly in a go block.
var parkHere = map[string]string{"<!": "<!*", ">!": ">!*", "alts!": "alts!*"}

type run = func(*runtime.Process, []lang.Value) lang.Value

// parking makes the function of a name that only has its meaning in a go block.
func parking(f run, name string) run {
	hint := lang.Str("use " + name + "! here, or put the call directly into a (go ...); a function inside of a go block is no part of it. `.set park-anywhere on` lifts this.")
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		if here(p).parkAnywhere {
			return f(p, args)
		}
		e := lang.NewException(lang.AssertionError, "Assert failed: %s used not in (go ...) block\nnil", name)
		e.Meta = lang.NewMap(lang.Kw(keyHint), hint)
		panic(e)
	}
}

var keyHint = lang.InternKeyword("conc", "hint")

// Hint gives what to write in place of what raised e, "" if the package knows nothing.
func Hint(e *lang.Exception) string {
	if e.Meta == nil {
		return ""
	}
	hint, _ := e.Meta.GetKw(keyHint).AsString()
	return hint
}

// take and put are not to be inlined: what they give would then be part of the
// initialisation of the table above, which is so large that in it the compiler
// inlines next to nothing.
//
//go:noinline
func take(m *manner) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		c := channel(args[0], m)
		if c.xf != nil || !p.Begin() {
			return performOne(p, op{c: c, m: m})
		}
		if v, ok := c.take(p, m); ok {
			return p.Done(v)
		}
		return c.unready(p, m, &c.takes, lang.Nil)
	}
}

//go:noinline
func put(m *manner) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		c, v := channel(args[0], m), args[1]
		if v.IsNil() {
			refuseNil()
		}
		if c.xf != nil || !p.Begin() {
			return performOne(p, op{c, m, v})
		}
		if r, ok := c.put(p, v, m); ok {
			return p.Done(r)
		}
		return c.unready(p, m, &c.puts, v)
	}
}

// performOne does a put or a take on a channel with a transducer, or before
// which p stops.
func performOne(p *runtime.Process, o op) lang.Value {
	if o.c.xf != nil {
		return p.PerformThen(&lone{op: o}, afterOp, nil)
	}
	return p.Perform(&lone{op: o})
}

// unready goes on with a put or a take that cannot be done at once, on a channel
// without a transducer: only now it goes to the heap, to wait in the queue.
func (c *Channel) unready(p *runtime.Process, m *manner, q *runtime.Line[party], v lang.Value) lang.Value {
	if !m.park {
		return p.Done(c.fail(p, m, v))
	}
	if crowded(q) {
		m.refuse()
	}
	l := c.in.lone()
	l.c, l.m, l.v = c, m, v // a copy of an op would be slower: its words are moved in pairs
	c.enter(q, party{wt: &l.wt})
	return p.Wait(l, &l.wt, m.hold)
}

func putAsync(p *runtime.Process, args []lang.Value) lang.Value {
	o := &async{op: op{c: channel(args[0], asyncPut), m: asyncPut, v: args[1]}}
	if o.v.IsNil() {
		refuseNil()
	}
	return performAsync(p, o, args[2:])
}

func takeAsync(p *runtime.Process, args []lang.Value) lang.Value {
	return performAsync(p, &async{op: op{c: channel(args[0], asyncTake), m: asyncTake}}, args[1:])
}

// performAsync does a put! or take! with a callback, if rest has one, which
// runs in the caller unless a second value in rest says otherwise.
func performAsync(p *runtime.Process, o *async, rest []lang.Value) lang.Value {
	s := &asyncState{puts: o.m.puts, here: len(rest) < 2 || rest[1].Truthy()}
	if len(rest) > 0 {
		fn := rest[0]
		o.fn, s.fn = &fn, &fn
	}
	return p.PerformThen(o, asyncTried, s)
}

type asyncState struct {
	fn         *lang.Value
	puts, here bool
}

// asyncTried gets the result of an async, asyncDone once no work is left of it.
var (
	asyncTried = &runtime.Kont{Name: "put! or take!"}
	asyncDone  = &runtime.Kont{Name: "put! or take!", Return: func(p *runtime.Process, state any, v lang.Value) lang.Value {
		return state.(*asyncState).tell(p, v)
	}}
	called = &runtime.Kont{Name: "callback", Return: func(_ *runtime.Process, state any, _ lang.Value) lang.Value {
		return state.(lang.Value)
	}}
	workNative = lang.Obj(&lang.Native{Name: "clojure.core.async/work", Min: 1, Max: 1, Run: func(p *runtime.Process, args []lang.Value) lang.Value {
		return args[0].Obj().(*work).begin(p)
	}})
)

func init() { // it leads back to itself by way of a call
	asyncTried.Return = func(p *runtime.Process, state any, v lang.Value) lang.Value {
		s := state.(*asyncState)
		if _, ok := v.Obj().(*work); ok {
			return p.Call(asyncDone, s, workNative, v)
		}
		if lang.Identical(v, pending) {
			if s.puts {
				return lang.True
			}
			return lang.Nil
		}
		return s.tell(p, v)
	}
}

// tell calls the callback with v, and gives the result of the function.
func (s *asyncState) tell(p *runtime.Process, v lang.Value) lang.Value {
	result := lang.Nil
	if s.puts {
		result = v
	}
	switch {
	case s.fn == nil:
	case s.here:
		return p.Call(called, result, *s.fn, v)
	default:
		return p.PerformThen(&spawn{kind: runtime.Go, fn: *s.fn, args: []lang.Value{v}}, called, result)
	}
	return result
}

func closeChan(p *runtime.Process, args []lang.Value) lang.Value {
	c, ok := args[0].Obj().(*Channel)
	if !ok {
		refuse(args[0], "Channel", "close!")
	}
	return p.PerformThen(&closeOp{c: c, kind: "close"}, afterOp, nil)
}

func makeBuffer(kind BufferKind) run {
	return func(p *runtime.Process, args []lang.Value) lang.Value {
		return lang.Obj(newBuffer(here(p), kind, size(args[0])))
	}
}

// size reads a number of values, in the manner of (long n).
func size(v lang.Value) int {
	switch {
	case v.IsFixed():
		return int(v.AsInt())
	case v.IsFloat():
		return int(v.AsFloat())
	}
	panic(lang.CastError(v, lang.NumberClass))
}

func isUnblocking(args []lang.Value) lang.Value {
	b, ok := args[0].Obj().(*Buffer)
	return lang.Bool(ok && b.kind != Fixed)
}

func makeChan(p *runtime.Process, args []lang.Value) lang.Value {
	var a [3]lang.Value
	copy(a[:], args)
	if a[1].Truthy() && !a[0].Truthy() {
		raiseAssert("buffer must be supplied when transducer is", "buf-or-n")
	}
	return build(p, bufferArg(p, a[0]), a[1], a[2])
}

func bufferArg(p *runtime.Process, v lang.Value) *Buffer {
	if b, ok := v.Obj().(*Buffer); ok {
		return b
	}
	switch {
	case !v.Truthy():
		return nil
	case v.IsFixed() || v.IsFloat():
		return newBuffer(here(p), Fixed, size(v))
	}
	refuse(v, "Buffer", "full?")
	return nil
}

func build(p *runtime.Process, b *Buffer, xform, handler lang.Value) lang.Value {
	if !xform.Truthy() {
		return lang.Obj(newChannel(here(p), b))
	}
	return p.Call(transformed, &blueprint{b, handler}, xform, lang.Obj(bufferAdd))
}

func makePromiseChan(p *runtime.Process, args []lang.Value) lang.Value {
	var a [2]lang.Value
	copy(a[:], args)
	return build(p, newBuffer(here(p), Promise, 1), a[0], a[1])
}

func makeTimeout(p *runtime.Process, args []lang.Value) lang.Value {
	return lang.Obj(newTimeout(here(p), millis(args[0])))
}
