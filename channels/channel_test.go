package channels

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func TestMeeting(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.chanOf("c")
	b.spawn(runtime.Thread, "w", do(">!!", c, lang.Str("hello")), do(">!!", c, lang.False), do("close!", c), do(">!!", c, num(1)))
	b.spawn(runtime.Thread, "r", do("<!!", c), do("<!!", c), do("<!!", c), do("<!!", c))
	b.settle()
	b.expect(`
	r <!! "hello"
	w >!! true
	w >!! true
	w close! nil
	w >!! false
	r <!! false
	r <!! nil
	r <!! nil`)
}

func TestCloseKeepsWhatIsThere(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c, d := b.chanOf("c"), b.chanOf("d", num(2))
	b.spawn(runtime.Thread, "w", do(">!!", c, num(1)))
	b.settle()
	b.spawn(runtime.Thread, "m", do("close!", c), do("close!", c), do("<!!", c), do("<!!", c), do("put!", d, num(1)), do("put!", d, num(2)),
		do("put!", d, num(3)), do("close!", d), do("offer!", d, num(4)), do("<!!", d), do("<!!", d), do("<!!", d), do("<!!", d), do("poll!", d))
	b.settle()
	b.expect(`
	m close! nil
	m close! nil
	m <!! 1
	m <!! nil
	m put! true
	m put! true
	m put! true
	m close! nil
	m offer! false
	m <!! 1
	m <!! 2
	m <!! 3
	m <!! nil
	m poll! nil
	w >!! true`)
}

func TestBuffers(t *testing.T) {
	b := newBench(t, runtime.Options{})
	fill := func(c lang.Value) []call {
		return []call{do("offer!", c, num(1)), do("offer!", c, num(2)), do("offer!", c, num(3)), do("close!", c),
			do("poll!", c), do("poll!", c), do("poll!", c), do("offer!", c, num(4))}
	}
	for name, want := range map[string]string{
		"buffer":          "true true nil nil 1 2 nil false",
		"dropping-buffer": "true true true nil 1 2 nil false",
		"sliding-buffer":  "true true true nil 2 3 nil false",
	} {
		b.spawn(runtime.Thread, "p", fill(b.chanOf(name, b.now(name, num(2))))...)
		b.settle()
		b.line(name, want)
	}
	b.spawn(runtime.Thread, "p", fill(b.now("promise-chan"))...)
	b.settle()
	b.line("promise", "true true true nil 1 1 1 false")
	p := b.now("promise-chan")
	b.spawn(runtime.Thread, "p", do("poll!", p), do("close!", p), do("<!!", p), do("<!!", p))
	b.settle()
	b.line("promise not kept", "nil nil nil nil")
}

// line compares the results in the log, on one line.
func (b *bench) line(what, want string) {
	b.Helper()
	var got []string
	s, _ := b.log.Val.AsString()
	b.log.Val = lang.Str("")
	for l := range strings.Lines(s) {
		f := strings.SplitN(strings.TrimSpace(l), " ", 3)
		got = append(got, f[2])
	}
	if g := strings.Join(got, " "); g != want {
		b.Errorf("%s: got %s, want %s", what, g, want)
	}
}

func TestPromiseServesAllTakers(t *testing.T) {
	b := newBench(t, runtime.Options{})
	p := b.now("promise-chan")
	for range 3 {
		b.spawn(runtime.Go, "t", do("<!*", p))
	}
	b.settle()
	b.spawn(runtime.Go, "p", do(">!*", p, num(7)))
	b.settle()
	b.line("promise", "true 7 7 7")
}

func TestErrors(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.chanOf("c")
	b.spawn(runtime.Thread, "p",
		do("chan", num(0)), do("buffer", num(-1)), do("chan", lang.Nil, doubling), do("<!!", lang.Nil), do("<!!", num(3)), do(">!!", num(5), lang.Nil),
		do(">!!", c, lang.Nil), do("put!", c, lang.Nil), do("offer!", c, lang.Nil), do("alts!!", lang.Vec(lang.Vec(c, lang.Nil))),
		do("alts!!", lang.Vec()), do("alts!!", lang.Nil), do("alts!!", lang.Vec(num(3))), do("alts!!", lang.Vec(c), lang.K("default")),
		do("close!", num(3)), do("<!", c), do(">!", c, num(1)), do("alts!", lang.Vec(c)), do("timeout", lang.Nil))
	b.settle()
	b.expect(`
	p chan !! Assert failed: fixed buffers must have size > 0
	(pos? n)
	p buffer !! Assert failed: fixed buffers must have size > 0
	(pos? n)
	p chan !! Assert failed: buffer must be supplied when transducer is
	buf-or-n
	p <!! !! No implementation of method: :take! of protocol: #'clojure.core.async.impl.protocols/ReadPort found for class: nil
	p <!! !! No implementation of method: :take! of protocol: #'clojure.core.async.impl.protocols/ReadPort found for class: java.lang.Long
	p >!! !! No implementation of method: :put! of protocol: #'clojure.core.async.impl.protocols/WritePort found for class: java.lang.Long
	p >!! !! Can't put nil on channel
	p put! !! Can't put nil on channel
	p offer! !! Can't put nil on channel
	p alts!! !! Can't put nil on channel
	p alts!! !! Assert failed: alts must have at least one channel operation
	(pos? (count ports))
	p alts!! !! Assert failed: alts must have at least one channel operation
	(pos? (count ports))
	p alts!! !! No implementation of method: :take! of protocol: #'clojure.core.async.impl.protocols/ReadPort found for class: java.lang.Long
	p alts!! !! No value supplied for key: :default
	p close! !! No implementation of method: :close! of protocol: #'clojure.core.async.impl.protocols/Channel found for class: java.lang.Long
	p <! !! Assert failed: <! used not in (go ...) block
	nil
	p >! !! Assert failed: >! used not in (go ...) block
	nil
	p alts! !! Assert failed: alts! used not in (go ...) block
	nil
	p timeout !! Cannot cast nil to java.lang.Number`)
}

func TestParkAnywhere(t *testing.T) {
	b := newBench(t, runtime.Options{})
	SetParkAnywhere(b.w, true)
	c := b.chanOf("c")
	b.spawn(runtime.Thread, "w", do(">!", c, num(1)))
	b.spawn(runtime.Actor, "r", do("<!", c))
	b.settle()
	b.line("park anywhere", "1 true")
}

// TestLimit has 1,500 go blocks put on one channel, of which 1,024 may wait,
// under both kinds of chooser.
func TestLimit(t *testing.T) {
	for _, chooser := range []runtime.Chooser{runtime.FirstCome{}, runtime.Seeded{}} {
		b := newBench(t, runtime.Options{Chooser: chooser})
		c, d := b.chanOf("c"), b.chanOf("d")
		for range 1500 {
			b.spawn(runtime.Go, "g", do("alts!*", lang.Vec(lang.Vec(c, num(1)), d)))
		}
		b.settle()
		s, _ := b.log.Val.AsString()
		if n := strings.Count(s, "No more than 1024 pending"); n != 476 {
			t.Errorf("%d puts were refused, want 476", n)
		}
		if n := count(&c.Obj().(*Channel).puts); n != maxPending {
			t.Errorf("%d puts wait, want %d", n, maxPending)
		}
	}
}

func TestAlts(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c, d, e := b.chanOf("c", num(1)), b.chanOf("d", num(1)), b.chanOf("e")
	b.spawn(runtime.Thread, "p",
		do("alts!!", lang.Vec(c, lang.Vec(d, num(1))), lang.K("priority"), lang.True),
		do("alts!!", lang.Vec(c, d), lang.K("priority"), lang.True),
		do("alts!!", lang.Vec(c, d), lang.K("default"), lang.Nil),
		do("alts!!", lang.Vec(e, b.now("timeout", num(20)))),
		do("close!", e),
		do("alts!!", lang.Vec(c, e)),
		do("alts!!", lang.Vec(lang.Vec(e, num(1)))))
	b.settle()
	b.expect(`
	p alts!! [true d]
	p alts!! [1 d]
	p alts!! [nil :default]
	p alts!! [nil c1]
	p close! nil
	p alts!! [nil e]
	p alts!! [false e]`)
}

// TestAltsLeavesNothing: the branches that lost wait no longer.
func TestAltsLeavesNothing(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c, d := b.chanOf("c"), b.chanOf("d")
	g := b.spawn(runtime.Go, "g", do("alts!*", lang.Vec(c, d, lang.Vec(d, num(5)))))
	b.settle()
	if g.Status != runtime.Parked || len(Info(c.Obj().(*Channel)).Takes) != 1 || len(Info(d.Obj().(*Channel)).Puts) != 1 {
		t.Fatalf("the choice does not wait in its queues: %s", g.Status)
	}
	b.spawn(runtime.Thread, "p", do("offer!", c, num(1)), do("offer!", d, num(2)), do("poll!", d))
	b.settle()
	b.expect(`
	p offer! true
	p offer! nil
	p poll! nil
	g alts!* [1 c]`)
	if x := d.Obj().(*Channel); x.takes.Len() != 0 || x.puts.Len() != 0 {
		t.Error("a branch that lost is still in a queue")
	}
}

// TestAltsOnOneChannel: a choice does not meet itself.
func TestAltsOnOneChannel(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.chanOf("c")
	b.spawn(runtime.Go, "g", do("alts!*", lang.Vec(c, lang.Vec(c, num(1)))))
	b.settle()
	b.spawn(runtime.Go, "h", do("<!*", c))
	b.settle()
	b.expect(`
	h <!* 1
	g alts!* [true c]`)
}

func TestTimeouts(t *testing.T) {
	b := newBench(t, runtime.Options{})
	for _, ms := range []int{900, 100, 500} {
		b.spawn(runtime.Go, "t"+lang.PrString(num(ms)), do("<!*", b.now("timeout", num(ms))), do("timeout", num(0)))
	}
	zero, minus := b.now("timeout", num(0)), b.now("timeout", num(-5))
	b.spawn(runtime.Thread, "p", do("<!!", zero), do("<!!", minus), do(">!!", zero, num(1)))
	b.settle()
	b.expect(`
	p <!! nil
	p <!! nil
	p >!! false
	t100 <!* nil
	t100 timeout c1
	t500 <!* nil
	t500 timeout c2
	t900 <!* nil
	t900 timeout c3`)
	if at := b.w.Now(); at < 900*time.Millisecond || at > 901*time.Millisecond {
		t.Errorf("it is %v o'clock", at)
	}
}

// TestTimeoutsLeaveNothing: a timer is armed only while somebody waits.
func TestTimeoutsLeaveNothing(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.chanOf("c")
	for range 100 {
		b.spawn(runtime.Go, "g", do("alts!*", lang.Vec(c, b.now("timeout", num(60_000)))))
	}
	b.spawn(runtime.Go, "h", do("close!", c))
	b.w.Run(runtime.Limits{})
	if n := b.w.TimersArmed(); n != 0 {
		t.Errorf("%d timers are armed", n)
	}
}

func TestCallbacks(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c, d := b.chanOf("c"), b.chanOf("d", num(1))
	tell := func(name string) lang.Value {
		return native(func(p *runtime.Process, args []lang.Value) lang.Value {
			b.note("%s in %s got %s", name, p.Kind, b.show(args[0]))
			return lang.Nil
		})
	}
	b.spawn(runtime.Thread, "p",
		do("take!", c, tell("take")), do("put!", c, num(42)),
		do("put!", d, num(1), tell("put1")), do("put!", d, num(2), tell("put2")), do("put!", d, num(3), tell("put3"), lang.False),
		do("take!", d, tell("take1")), do("take!", d, tell("take2"), lang.False),
		do("close!", c), do("put!", c, num(1), tell("put4")), do("take!", c, tell("take4")))
	b.settle()
	b.expect(`
	p take! nil
	p put! true
	put1 in thread got true
	p put! true
	p put! true
	p put! true
	take1 in thread got 1
	p take! nil
	p take! nil
	p close! nil
	put4 in thread got false
	p put! false
	take4 in thread got nil
	p take! nil
	take in go got 42
	put2 in go got true
	put3 in go got true
	take2 in go got 2`)
}

// TestPool: a go block that blocks keeps its worker, so eight of them stop all others.
func TestPool(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c, d := b.chanOf("c"), b.chanOf("d")
	for range 8 {
		b.spawn(runtime.Go, "g", do("alts!!", lang.Vec(c, d)))
	}
	b.settle()
	b.spawn(runtime.Go, "h", do("offer!", c, num(1)))
	b.settle()
	b.line("held", "")
	b.spawn(runtime.Thread, "t", do("offer!", c, num(2)))
	b.settle()
	b.line("freed", "true true [2 c] [1 c]")
}

func TestGoResult(t *testing.T) {
	b := newBench(t, runtime.Options{})
	var reported []string
	b.w.Uncaught = func(_ *runtime.World, _ *runtime.Process, e *lang.Exception) {
		reported = append(reported, e.Message())
	}
	fails := native(func(*runtime.Process, []lang.Value) lang.Value {
		lang.Raise(lang.RuntimeException, "boom")
		return lang.Nil
	})
	seven := native(func(*runtime.Process, []lang.Value) lang.Value { return num(7) })
	for _, start := range []string{"go*", "thread-call"} {
		res := b.started(start, seven)
		bad := b.started(start, fails)
		b.spawn(runtime.Thread, "p", do("<!!", res), do("<!!", res), do("<!!", bad))
		b.settle()
		b.line(start, "7 nil nil")
	}
	if strings.Join(reported, " ") != "boom boom" {
		t.Errorf("reported: %q", reported)
	}
}

// TestGoFailsStepwise: the end of a go block by an exception is an operation, too.
func TestGoFailsStepwise(t *testing.T) {
	b := newBench(t, runtime.Options{})
	reported := 0
	b.w.Uncaught = func(*runtime.World, *runtime.Process, *lang.Exception) { reported++ }
	b.w.StopBeforeOps(true)
	res := newResult(houseOf(b.w))
	p := b.w.Spawn(nil, runtime.Spawn{Kind: runtime.Go, Exit: deliver, State: res, Fn: native(func(*runtime.Process, []lang.Value) lang.Value {
		lang.Raise(lang.RuntimeException, "boom")
		return lang.Nil
	})})
	b.settle()
	if p.Status != runtime.AtOp || p.Waiting().About(p) != "result nil on c1" || res.Closed() {
		t.Fatalf("it is %s", p.Status)
	}
	b.w.Grant(p)
	b.settle()
	if _, e := p.Result(); !res.Closed() || e == nil || e.Message() != "boom" || reported != 1 {
		t.Errorf("closed %v, ended by %v, reported %d times", res.Closed(), e, reported)
	}
}

// started gives the channel of a go block or thread.
func (b *bench) started(fn string, f lang.Value) lang.Value {
	var res lang.Value
	b.w.Spawn(nil, runtime.Spawn{Kind: runtime.Thread, Fn: native(func(p *runtime.Process, _ []lang.Value) lang.Value {
		return p.Call(&runtime.Kont{Name: "keep", Return: func(_ *runtime.Process, _ any, v lang.Value) lang.Value {
			res = v
			return v
		}}, nil, byName[fn], f)
	})})
	b.settle()
	return res
}

func TestPrinting(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.now("chan")
	got := lang.PrString(c)
	if want := `#object[clojure.core.async.impl.channels.ManyToManyChannel 0x`; !strings.HasPrefix(got, want) || !strings.Contains(got, ` "clojure.core.async.impl.channels.ManyToManyChannel@`) {
		t.Errorf("printed as %s", got)
	}
	if got != lang.PrString(c) || strings.Contains(lang.DisplayString(c), `"`) || lang.Inspect(c) != "#Channel<c1>" {
		t.Errorf("printed as %s, %s, %s", lang.PrString(c), lang.DisplayString(c), lang.Inspect(c))
	}
	if h := lang.Hash(c); h == 0 || !strings.Contains(got, strconv.FormatUint(uint64(h), 16)) {
		t.Errorf("the hash %x is not the identity hash of %s", h, got)
	}
}

func TestInfo(t *testing.T) {
	b := newBench(t, runtime.Options{})
	c := b.chanOf("c", num(2))
	b.spawn(runtime.Go, "g", do(">!*", c, num(1)), do(">!*", c, num(2)), do(">!*", c, num(3)))
	b.settle()
	i := Info(c.Obj().(*Channel))
	if len(i.Puts) != 1 || i.Puts[0].Value.AsInt() != 3 || i.Puts[0].Proc == nil || len(i.Buffer.Values) != 2 || i.Closed {
		t.Errorf("%+v", i)
	}
	v, _ := b.w.Private(lang.Nil, byName["chan-info"], c)
	if got, want := lang.PrString(v), `{:name "c", :closed false, :buffer {:kind :fixed, :size 2, :values [1 2]}, :puts [{:value 3, :process #PID<`; !strings.HasPrefix(got, want) {
		t.Errorf("chan-info gives %s", got)
	}
	if all := All(b.w); len(all) != 1 || all[0].Name() != "c" {
		t.Errorf("All gives %d channels", len(all))
	}
}

// TestAll finds channels through vars, collections, closures and each other.
func TestAll(t *testing.T) {
	b := newBench(t, runtime.Options{})
	var cs []lang.Value
	for range 6 {
		cs = append(cs, b.now("chan", num(3)))
	}
	hold := lang.Obj(&lang.Closure{Fn: &lang.Fn{Name: "user/f"}, Up: []lang.Value{cs[1]}})
	user := b.w.NS("user")
	user.Intern(b.w, "requests").Bind(nil, cs[0])
	user.Intern(b.w, "state").Bind(nil, lang.Vec(hold, lang.Obj(lang.NewMap(lang.K("a"), cs[2])), lang.Obj(lang.NewCons(cs[3], lang.Nil))))
	b.now("put!", cs[3], cs[4])
	var got []string
	for _, c := range All(b.w) {
		got = append(got, c.Name())
	}
	if s := strings.Join(got, " "); s != "c1 c2 c3 c4 requests" {
		t.Errorf("All gives %s", s)
	}
}
