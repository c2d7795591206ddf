package explore_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime/explore"
)

// vocabulary is a kind of random programs: what the processes share, and the
// operations that they are made of.
type vocabulary struct {
	name   string
	shared string
	forms  []form
	o      explore.Options
	once   bool // each behaviour is to be run once, and none begun in vain
}

// form is an operation. In its text $v stands for a value of its own, $0 for 0
// or 1, $b for more operations, and $p for another process.
type form struct {
	weight int
	text   string
}

var (
	atoms = []form{{2, "@a"}, {1, "@b"}, {2, "(reset! a $v)"}, {1, "(reset! b $v)"}, {2, "(swap! a inc)"}, {1, "(when (zero? @b)$b)"},
		{1, "(compare-and-set! a 0 $v)"}}
	locks  = []form{{2, "(locking l$b)"}, {2, "(locking m$b)"}}
	chans  = []form{{2, "(>!! c $v)"}, {2, "(<!! c)"}, {2, "(>!! d $v)"}, {2, "(<!! d)"}, {1, "(alts!! [c d])"}, {1, "(alts!! [[c $v] d])"}}
	queues = []form{{1, "(close! c)"}, {1, "(close! d)"}, {1, "(offer! d $v)"}, {1, "(offer! c $v)"}, {1, "(poll! c)"}, {1, "(poll! d)"},
		{1, "(put! c $v)"}, {1, "(take! d identity)"}, {1, "(alts!! [c d] :default $v)"}, {1, "(alts!! [c [d $v]] :priority true)"}}
	leaky = []form{{2, "(>!! s $v)"}, {2, "(<!! s)"}, {2, "(>!! t $v)"}, {2, "(<!! t)"}, {1, "(alts!! [s [t $v]])"}}
	mail  = []form{{3, "(send me [$0 $v])"}, {1, "(send $p [$0 $v])"}, {2, "(receive [$0 x] x)"}, {2, "(receive [$0 x] x :after 0 :late)"}, {1, "(receive [_ x] x :after 10 :late)"}}
	time_ = []form{{1, "(Thread/sleep 10)"}, {1, "(Thread/sleep 20)"}, {1, "(alts!! [c (timeout 10)])"}}
	lives = []form{{1, "(link $p)"}, {1, "(monitor $p)"}, {1, "(exit $p :kill)"}, {1, "(exit $p :bye)"}, {1, "(exit (self) :bye)"}, {1, "(alive? $p)"}, {1, "(process-flag :trap-exit true)"},
		{1, "(receive x x :after 0 :none)"}}
	names  = []form{{2, "(register :n (self))"}, {2, "(whereis :n)"}, {1, "(unregister :n)"}, {1, "(send :n $v)"}}
	others = []form{{1, "(send g inc)"}, {1, "@g"}, {1, "(await g)"}, {1, "(deliver q $v)"}, {1, "@q"}, {1, "(deref q 10 :late)"}, {1, "(realized? q)"},
		{1, "(dosync (alter r inc))"}, {1, "(dosync (ref-set r (inc @k)))"}, {1, "(dosync (ref-set k (inc @r)))"}, {1, "@r"}, {1, "(dosync (ensure r) (ref-set k $v))"}, {1, "(dosync (commute r inc))"}}
	draws = []form{{2, "(rand-int 2)"}, {1, "(when (zero? (rand-int 2))$b)"}, {1, "(rand-nth [0 1 2])"}}
	fresh = []form{{2, "(let [a (atom 0)] (spawn (fn []$b)) @a (reset! a $v))"}, {1, "(let [c (chan)] (spawn (fn []$b)) (>!! c 1))"}, {1, "(let [q (promise)] (spawn (fn [] (deliver q 1))) @q)"}, {1, "(let [r (ref 0)] (spawn (fn [] (dosync (alter r inc)))) @r)"},
		{1, "(let [l (Object.)] (spawn (fn [] (locking l @b))) (locking l$b))"}}
	prints = []form{{1, "(println $v)"}}
)

func joined(lists ...[]form) (all []form) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

const (
	cells     = "a (atom 0) b (atom 0) l (Object.) m (Object.)"
	channels_ = "c (chan) d (chan 1)"
)

var vocabularies = []vocabulary{
	{name: "atoms, locks", shared: cells, forms: joined(atoms, locks, prints), once: true},
	{name: "channels", shared: cells + " " + channels_, forms: joined(atoms[:3], chans), once: true},
	{name: "queues", shared: cells + " " + channels_, forms: joined(atoms[:3], chans, queues)},
	{name: "leaky buffers", shared: cells + " s (chan (sliding-buffer 1)) t (chan (dropping-buffer 1))", forms: joined(atoms[:2], leaky), once: true},
	{name: "mail", shared: cells, forms: joined(atoms[:3], mail), once: true},
	{name: "mail, async", shared: cells, forms: joined(atoms[:3], mail), o: explore.Options{Delivery: explore.Async}},
	{name: "time", shared: cells + " " + channels_, forms: joined(atoms[:3], chans, mail, time_)},
	{name: "any time", shared: cells + " " + channels_, forms: joined(atoms[:3], chans[:4], mail, time_), o: explore.Options{Timing: explore.Any}},
	{name: "any time, async", shared: cells, forms: joined(atoms[:3], mail, time_[:2]), o: explore.Options{Timing: explore.Any, Delivery: explore.Async}},
	{name: "lives", shared: cells, forms: joined(atoms[:3], mail[:4], lives)},
	{name: "names", shared: cells, forms: joined(atoms[:3], mail[:4], names, lives[:4])},
	{name: "refs", shared: cells + " g (agent 0) q (promise) r (ref 0) k (ref 0)", forms: joined(atoms[:3], others)},
	{name: "draws", shared: cells + " " + channels_, forms: joined(atoms[:4], chans[:4], mail[:3], draws), o: explore.Options{BranchRand: true}, once: true},
	{name: "made on the way", shared: cells + " c (chan)", forms: joined(atoms[:3], atoms[5:6], fresh, chans[:2]), once: true},
	{name: "all", shared: cells + " " + channels_, forms: joined(atoms, locks, chans, queues, mail, time_, prints)},
}

// program makes a small random program of a vocabulary.
func (v *vocabulary) program(r *rand.Rand) string {
	var b strings.Builder
	n := 2 + r.IntN(2)
	fmt.Fprintf(&b, "(let [%s me (self)\n", v.shared)
	for i := range n {
		fmt.Fprintf(&b, "  p%d (spawn (fn []%s))\n", i, v.body(r, i, i, 1+r.IntN(2), 2))
	}
	fmt.Fprintf(&b, "  ]%s :end)", v.body(r, n, n, 1+r.IntN(3), 2))
	return b.String()
}

// body makes n operations of process who, which knows the first processes; depth bounds operations in operations.
func (v *vocabulary) body(r *rand.Rand, who, known, n, depth int) string {
	var b strings.Builder
	sum := 0
	for _, f := range v.forms {
		sum += f.weight
	}
	for k := range n {
		at := r.IntN(sum)
		i := 0
		for ; at >= v.forms[i].weight; i++ {
			at -= v.forms[i].weight
		}
		text := v.forms[i].text
		if strings.Contains(text, "$b") {
			if depth == 0 {
				continue
			}
			text = strings.Replace(text, "$b", v.body(r, who, known, 1, depth-1), 1)
		}
		other := "me"
		if known > 0 && r.IntN(3) > 0 {
			other = fmt.Sprintf("p%d", r.IntN(known))
		}
		b.WriteString(" " + strings.NewReplacer("$v", fmt.Sprint(10*who+k), "$0", fmt.Sprint(r.IntN(2)), "$p", other).Replace(text))
	}
	return b.String()
}

// TestRandomPrograms compares the search with all interleavings of random
// programs: the same behaviours, each once.
func TestRandomPrograms(t *testing.T) {
	for _, v := range vocabularies {
		t.Run(v.name, func(t *testing.T) {
			t.Parallel()
			compared, behaviours, more := 0, 0, 0
			for seed := range uint64(*programs) {
				text := v.program(rand.New(rand.NewPCG(seed, 7)))
				w := newWorld(t)
				v.o.Show = lang.PrString
				all := explore.Count(w, starter(t, w, text), 4000, v.o)
				if !all.Complete {
					continue
				}
				compared++
				behaviours += len(all.Classes)
				r := exploreText(t, w, text, v.o)
				more += r.Executions - r.Behaviours + r.Redundant
				if r.Behaviours != len(all.Classes) || v.once && (r.Executions != r.Behaviours || r.Redundant != 0) {
					t.Errorf("seed %d: %d behaviours in %d executions, %d redundant; all interleavings have %d\n%s",
						seed, r.Behaviours, r.Executions, r.Redundant, len(all.Classes), text)
				}
			}
			t.Logf("%d programs, %d behaviours, %d executions that showed no other", compared, behaviours, more)
			if compared < *programs/3 {
				t.Errorf("only %d programs were small enough", compared)
			}
		})
	}
}

// TestWaitsForWhatWasTaken is about a process that waits only since another has
// taken what there was: where that one is to come later, so is the wait.
func TestWaitsForWhatWasTaken(t *testing.T) {
	for _, options := range []string{"", ":default 30"} {
		form := fmt.Sprintf(`(let [c (chan) d (chan 1)]
		  (spawn (fn [] (alts!! [[d 0]] :priority true) (put! c 1)))
		  (spawn (fn [] (offer! d 10) (<!! d)))
		  (spawn (fn [] (<!! d)))
		  (alts!! [c d] %s) :end)`, options)
		w := newWorld(t)
		all := explore.Count(w, starter(t, w, form), 20_000, explore.Options{})
		r := exploreText(t, w, form, explore.Options{})
		if !all.Complete || r.Behaviours != len(all.Classes) || r.Redundant != 0 {
			t.Errorf("%q: %d behaviours, %d redundant; all interleavings have %d", options, r.Behaviours, r.Redundant, len(all.Classes))
		}
	}
}

// TestMadeOnTheWay is about entities that a process makes while others run: in
// each execution they are others, and yet the same.
func TestMadeOnTheWay(t *testing.T) {
	const program = `(let [a (atom 0) b (atom 0)]
	  (spawn (fn [] (reset! a 1)))
	  (spawn (fn [] @b (let [n %s] (spawn (fn [] @b %s)) %s)))
	  :end)`
	for _, c := range [][3]string{
		{"(Object.)", "(locking n) (locking n)", "(locking n (reset! a 2))"},
		{"(chan 1)", "(>!! n 2) (<!! n) (>!! n 3) (<!! n)", "(>!! n 1) (reset! a 2) (<!! n)"},
		{"(atom 0)", "(reset! n 2) (reset! n 3)", "(reset! n 1) (reset! a 2) (reset! n 5)"},
		{"(ref 0)", "(dosync (alter n inc)) (dosync (alter n inc))", "(dosync (alter n inc)) (reset! a 2) (dosync (alter n inc))"},
		{"(spawn (fn [] (receive x (receive y (receive z 1)))))", "(send n 1) (send n 2)", "(send n 3) (reset! a 2)"},
	} {
		form := fmt.Sprintf(program, c[0], c[1], c[2])
		w := newWorld(t)
		all := explore.Count(w, starter(t, w, form), 20_000, explore.Options{})
		r := exploreText(t, w, form, explore.Options{})
		if !all.Complete || r.Behaviours != len(all.Classes) || r.Executions != r.Behaviours || r.Redundant != 0 {
			t.Errorf("%s: %d behaviours in %d executions, %d redundant; all interleavings have %d", form, r.Behaviours, r.Executions, r.Redundant, len(all.Classes))
		}
	}
}
