package explore

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/record"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/step"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// walked are programs of which every outcome is walked: those of
// testdata/explore, and some with what they lack.
var walked = []struct{ file, form string }{
	{"article.clj", "(writer-waits)"},
	{"check_register.clj", "(check-register 2)"},
	{"circles.clj", "(peterson true)"},
	{"circles.clj", "(peterson false)"},
	{"circles.clj", "(polite)"},
	{"circles.clj", "(spin)"},
	{"lastzero.clj", "(lastzero 2)"},
	{"locks.clj", "(abba)"},
	{"locks.clj", "(philosophers 3 false)"},
	{"locks.clj", "(philosophers-chan 3)"},
	{"lost_update.clj", "(lost-update 2)"},
	{"popl.clj", "(popl)"},
	{"putters.clj", "(putters 3 (chan))"},
	{"putters.clj", "(pipeline 1)"},
	{"putters.clj", "(alts 3 #(chan 1))"},
	{"putters.clj", "(alts 3 chan)"},
	{"putters.clj", "(counter 2)"},
	{"putters.clj", "(forgotten-close false)"},
	{"readers.clj", "(readers 3)"},
	{"senders.clj", "(senders 3)"},
	{"senders.clj", "(senders-one 3)"},
	{"senders.clj", "(senders-tag 3)"},
	{"servers.clj", "(philosophers-actors 2)"},
	{"servers.clj", "(get-set 2)"},
	{"servers.clj", "(incr 2)"},
	{"servers.clj", "(mutual-call)"},
	{"processes.exs", "Senders.all(3)"},
	{"processes.exs", "Senders.one(3)"},
	{"processes.exs", "Senders.tagged(3)"},
	{"processes.exs", "Forks.philosophers(2)"},
	{"processes.exs", "Counter.get_set(2)"},
	{"processes.exs", "Counter.incr(2)"},
	{"channels.exs", "Channels.putters(3, Chan.new())"},
	{"variables.exs", "LostUpdate.run(2)"},
	{"variables.exs", "CheckRegister.run(2)"},
	{"servers.exs", "Caller.mutual()"},

	{".clj", `(let [me (self)] (spawn (fn [] (Thread/sleep 20) (send me :b))) (spawn (fn [] (send me :a)))
		[(receive x x :after 10 :late) (receive x x :after 10 :late)])`},
	{".clj", `(let [c (chan) t (timeout 20)] (go (<! (timeout 10)) (>! c 1)) (go (<! (timeout 10)) (>! c 2)) [(first (alts!! [c t])) (first (alts!! [c t]))])`},
	{".clj", `(let [c (chan) d (chan 1)] (go (>! c 1)) (go (println (offer! c 2))) (go (println (poll! c))) (>!! d 3) (first (alts!! [c d])))`},
	{".clj", `(let [p (spawn (fn [] (receive :stop (exit :bye))))] (monitor p) (spawn (fn [] (send p :stop))) (receive [:DOWN _ _ _ why] why :after 5 :alive))`},
	{".clj", `(let [a (atom 0) fs (doall (for [_ (range 2)] (future (swap! a inc))))] (run! deref fs) (println @a) (assert (< @a 2)))`},
	{".exs", `(me = self(); spawn(fn -> send(me, {:ok, 1}) end); spawn(fn -> send(me, {:ok, 2}) end)
		receive do {:ok, 2} -> :two after 5 -> (receive do x -> x end) end)`},
	{".exs", `(t = Task.async(fn -> Process.sleep(10); :done end); Task.yield(t, 10) || Task.shutdown(t))`},
	{".exs", `(Process.flag(:trap_exit, true); p = spawn_link(fn -> receive do :go -> raise "no" end end); send(p, :go); receive do {:EXIT, ^p, _} -> :gone after 1 -> :late end)`},
	{".exs", `(p = spawn(fn -> receive do {:ping, from} -> send(from, self()) end end); send(p, {:ping, self()}); receive do q -> {q, p == q} end)`},
}

// walkers is a session in which something was explored.
type walkers struct {
	x   *Explorer
	rec *record.Record
	out bytes.Buffer
}

// walkable explores a form after the definitions of a file.
func walkable(t *testing.T, file, form string, o explore.Options) *walkers {
	t.Helper()
	n := lang.ClojureNotation
	if filepath.Ext(file) == ".exs" {
		n = lang.ElixirNotation
	}
	k := &walkers{}
	s := session.New(session.Options{Options: runtime.Options{Virtual: true}, Notation: n, Out: &k.out, Err: &k.out})
	k.rec = record.New(s.World)
	k.x = &Explorer{S: s, Out: &k.out}
	if !strings.HasPrefix(file, ".") {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "testdata", "explore", file))
		if err != nil {
			t.Fatal(err)
		}
		k.eval(t, string(text))
	}
	read, err := k.x.read(s.Typed(form), form)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.x.explore(read, form, Options{Options: o}); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k *walkers) eval(t *testing.T, text string) {
	t.Helper()
	s := k.x.S
	r := s.Reader(&lang.Source{Name: "test", Text: text})
	for form, ok, err := r.Read(); ok; form, ok, err = r.Read() {
		if err != nil {
			t.Fatal(err)
		}
		s.Eval(form)
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Timers: true})
		if _, e := s.Value(); e != nil {
			t.Fatal(s.Report(e))
		}
	}
	s.World.Run(runtime.Limits{Timers: true})
}

// unnamed are channels to which the views have given names, in the order in
// which they were looked at.
var unnamed = regexp.MustCompile(`\bc\d+\b`)

func told(o *explore.Outcome) string {
	return string(o.Kind) + ": " + unnamed.ReplaceAllString(Summary(o), "c")
}

// walk walks to outcome n, with detours, and gives what the run came to.
func (k *walkers) walk(t *testing.T, n int, rng *rand.Rand) (end string) {
	t.Helper()
	st := &step.Stepper{S: k.x.S, Rec: k.rec, Out: &k.out, Quiet: true, Result: func(lang.Value, *lang.Exception) {}}
	w, at, text, err := k.x.Walk(fmt.Sprint(n))
	if err == nil {
		err = st.Walk(text, w, func() string { end = told(at()); return end })
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 10_000 {
		if end != "" {
			break
		}
		done, of := w.Done()
		switch detour := rng.IntN(8); {
		case done == 0:
		case detour == 0:
			st.Do(fmt.Sprintf("back %d", 1+rng.IntN(done)))
			st.Do(fmt.Sprintf("redo %d", 1+rng.IntN(5)))
		case detour == 1: // another goes on, and comes back
			if ready := st.Ready(); len(ready) > 0 && st.Do("step "+ready[rng.IntN(len(ready))].Name()) == nil {
				end = ""
				st.Do("back")
			}
		}
		if err := st.Do("step"); err != nil && end == "" {
			t.Fatalf("after %d of %d steps: %v", done, of, err)
		}
	}
	st.Do("back 3")
	end = ""
	st.Do("continue")
	first, _ := k.rec.Range()
	if err := st.Do(fmt.Sprintf("goto %d", first-1)); err != nil {
		t.Fatal(err)
	}
	st.Leave()
	return end
}

// TestWalks walks to every outcome of programs, under each delivery and each
// timing: the run comes to what was reported.
func TestWalks(t *testing.T) {
	for i, c := range walked {
		t.Run(c.file+" "+c.form, func(t *testing.T) {
			for j := range 8 {
				o := explore.Options{Delivery: explore.Instant, Timing: explore.Ordered, Retries: j&4 > 0, MaxExecutions: 300, WitnessTime: 20 * time.Millisecond}
				if j&1 > 0 {
					o.Delivery = explore.Async
				}
				if j&2 > 0 {
					o.Timing = explore.Any
				}
				if o.Retries && !strings.Contains(c.form, "swap!") {
					continue
				}
				k := walkable(t, c.file, c.form, o)
				rng := rand.New(rand.NewPCG(uint64(i), uint64(j)))
				for n, o := range k.x.last.Outcomes {
					if got := k.walk(t, n+1, rng); got != told(o) {
						t.Errorf("%s, %s, retries %v: the walk to outcome %d comes to\n%s\nand not to\n%s",
							k.x.last.Delivery, k.x.last.Timing, k.x.opts.Retries, n+1, got, told(o))
					}
				}
			}
		})
	}
}

// TestWalkLater walks in a world that has gone on since it was explored: what
// comes up there is called otherwise, and the runs are the same all the same.
func TestWalkLater(t *testing.T) {
	for _, c := range []struct{ file, form, before string }{
		{".clj", `(let [me (self) c (chan)] (spawn (fn [] (send me 1))) (spawn (fn [] (send me 2))) (go (<! (timeout 10)) (>! c 3)) (go (println (poll! c)))
			[(receive x x) (receive x x) (<!! c)])`, `(def c (chan)) (go (>! c 1)) (<!! c) (send (spawn (fn [] (receive :stop nil))) :stop)`},
		{"processes.exs", "Senders.all(3)", "Senders.one(2); receive do _ -> :ok end; Process.register(spawn(fn -> receive do :stop -> nil end end), :keeper); send(:keeper, :stop)"},
	} {
		k := walkable(t, c.file, c.form, explore.Options{Delivery: explore.Async, Timing: explore.Any, MaxExecutions: 500, WitnessTime: 20 * time.Millisecond})
		if n := len(k.x.last.Outcomes); n < 3 {
			t.Errorf("%s: only %d outcomes", c.form, n)
		}
		for n, o := range k.x.last.Outcomes {
			k.eval(t, c.before)
			if got := k.walk(t, n+1, rand.New(rand.NewPCG(0, uint64(n)))); got != told(o) {
				t.Errorf("the walk to outcome %d comes to\n%s\nand not to\n%s", n+1, got, told(o))
			}
		}
	}
}
