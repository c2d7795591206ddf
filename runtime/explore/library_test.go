package explore_test

import (
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
	"github.com/conc-repl/conc-repl/runtime/core"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// TestLibrary explores from inside of a program.
func TestLibrary(t *testing.T) {
	w := newWorld(t)
	explore.Install(w)
	eval(t, w, `(defn race [change]
	  (let [x (atom 0) a (future (change x)) b (future (change x))] @a @b @x))
	(def read-and-set (fn [x] (reset! x (inc @x))))
	(def swap (fn [x] (swap! x inc)))`)
	for _, c := range []struct{ form, want string }{
		{"(explores-to (race read-and-set) #{1 2})", "true"},
		{"(explores-to (race swap) #{1 2})", "false"},
		{"(:only-first (compare-outcomes (race read-and-set) (race swap)))", "#{1}"},
		{"(explores-to (explore (race swap)) #{:error})", "true"},
		{"(explores-to (<!! (chan)) #{:deadlock})", "true"},
		{"(:exhaustive (explore (race read-and-set) :executions 1))", "false"},
		{"(every? #(<= (count (:token %)) 40) (:outcomes (explore (race read-and-set))))", "true"},
		{"(every? #(= % (assoc (replay (race read-and-set) (:token %)) :behaviours (:behaviours %) :token (:token %) :witness (:witness %))) (:outcomes (explore (race read-and-set))))", "true"},
	} {
		w.Eval(lang.Obj(core.EvalNative), read(t, w, "(pr-str "+c.form+")")[0])
		w.Run(runtime.Limits{Timers: true, Until: func() bool { return w.Shell.Status == runtime.Done }})
		v, e := w.Shell.Result()
		if got, _ := v.AsString(); e != nil || got != c.want {
			t.Errorf("%s: %v %v, want %s", c.form, v, e, c.want)
		}
	}
}

// TestLiveProcesses explores forms that use processes which were there before,
// and which are as they were afterwards.
func TestLiveProcesses(t *testing.T) {
	w := newWorld(t)
	eval(t, w, `(def server (spawn (fn [] (loop [n 0] (receive [:incr from] (do (send from n) (recur (inc n))))))))
	(def c (chan))
	(thread (loop [] (when-let [k (<!! c)] (recur))))`)
	for range 2 {
		r := exploreText(t, w, `(let [ask (fn [] (send server [:incr (self)]) (receive x x))
		  a (future (ask)) b (future (ask))] (>!! c 1) [@a @b])`, explore.Options{})
		if len(r.Outcomes) != 2 || !r.Exhaustive {
			t.Errorf("%d outcomes: %+v", len(r.Outcomes), r.Outcomes)
		}
	}
}

// TestCallRules explores from inside of a program with rules of its own.
func TestCallRules(t *testing.T) {
	for _, c := range []struct{ form, want string }{
		{"(outcome-set (explore (do (send (self) 1) (receive x x :after 0 :none)) :delivery :async))", "#{1 :none}"},
		{"(outcome-set (explore (let [me (self)] (spawn (fn [] (send me 1))) (receive x x :after 5 :late)) :time :any))", "#{1 :late}"},
		{"(outcome-set (explore (do (reset! hits 1) (reset! hits 0) :end) :invariant (zero? @hits)))", "#{:error}"},
		{"(let [r (explore (rand-int 3) :branch-rand true)] [(:draws r) (outcome-set r)])", "[:branches #{0 1 2}]"},
		{"(select-keys (explore 1 :delays 2 :time :any) [:search :delivery :time])", "{:search :bounded, :delivery :instant, :time :any}"},
	} {
		w := newWorld(t)
		explore.Install(w)
		eval(t, w, "(def hits (atom 0))")
		w.Eval(lang.Obj(core.EvalNative), read(t, w, "(pr-str "+c.form+")")[0])
		w.Run(runtime.Limits{Timers: true, Until: func() bool { return w.Shell.Status == runtime.Done }})
		v, e := w.Shell.Result()
		if got, _ := v.AsString(); e != nil || got != c.want {
			t.Errorf("%s: %s, %v; want %s", c.form, got, e, c.want)
		}
	}
}

// TestPids counts outcomes as one that differ only in the numbers of processes.
func TestPids(t *testing.T) {
	const start = `(let [me (self)
	  boss (fn [k] (fn [] (send me [k (spawn (fn [] nil))])))]
	  (spawn (boss :a)) (spawn (boss :b)) `
	for form, want := range map[string]int{
		start + "[(receive [:a p] p) (receive [:b p] p)])": 1,
		start + "(receive [_ p] p))":                       2,
	} {
		if r := exploreText(t, newWorld(t), form, explore.Options{}); len(r.Outcomes) != want || !r.Exhaustive {
			t.Errorf("%s: %d outcomes; want %d: %s", form, len(r.Outcomes), want, outcomes(r))
		}
	}
}
