package compile

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// everything is a set of forms that cover the compiler; all of their code is
// checked against the instruction table.
var everything = []string{
	`1`, `nil`, `"s"`, `:k`, `[]`, `()`, `[1 2 {:a #{1 2}}]`, `'(a b)`, `f`, `(f)`, `(f 1 2)`, `((f) 1)`,
	`(def x 1)`, `(def x)`, `(def ^:dynamic ^{:doc "d"} x (f))`, `(def x "doc" 2)`,
	`(let [a 1 b (f a)] [a b])`, `(let [[a & b :as c] (f) {:keys [x y] :or {x 1} z :zz} (g)] [a b c x y z])`,
	`(fn [a b] (+ a b))`, `(fn self ([a] (self a 1)) ([a b] (self a)))`, `(fn [a & r] (recur (inc a) (f r)))`,
	`(fn [x] (fn [y] (fn [z] [x y z])))`, `(fn me [] (fn [] (me)))`,
	`(defn fib "doc" [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))`,
	`(loop [i 0 acc []] (if (< i 10) (recur (inc i) (f acc i)) acc))`, `(f (loop [i 0] (if (> i 5) i (recur (+ i 1)))))`,
	`(loop [a 1 b 2] (recur b a))`, `(loop [[a b] [1 2]] (when a (recur [b nil])))`,
	`(if (and (f) (< 1 2) (g)) 1 2)`, `(if (or (f) (nil? (g))) 1 2)`, `(let [x (and (f) (g))] x)`,
	`(if (not (= (f) 3)) 1)`, `(when-not (some? (f)) (g) 2)`, `(if (>= 5 (f)) 1 2)`, `(if (not (or (f) (and (g) (h)))) 1 2)`,
	`(cond (f) 1 (g) 2 :else 3)`, `(case (f) 1 :one (2 3) :many :k "k" :other)`,
	`(case (f) 1 1, 2 2, 3 3, 4 4, 5 5, 6 6, 7 7, 8 8, 9 9)`, `(case (f) a 1 "b" 2)`,
	`(try (f) (catch Exception e (g e)) (finally (h)))`, `(try (f) (finally (g)))`, `(try (f) (catch Exception e e))`,
	`(let [x (try (f) (catch ArithmeticException a 1) (catch Exception e 2) (finally (g)))] x)`, `(try (throw (Exception. "x")) (finally 1))`,
	`(fn [s] (try (f s) (catch Exception e (f s)) (finally (f s))))`,
	`(letfn [(a [x] (b x)) (b [x] (a x))] (a 1))`, `(fn [y] (letfn [(a [x] (b x y)) (b [x] (a x))] (fn [] (a 1))))`,
	`(throw (f))`, `(set! *out* 1)`, `(binding [*out* 1] (f))`, `(var f)`,
	`(.foo (f) 1)`, `(.-foo (f))`, `(. (f) foo 1)`, `(Math/sqrt 4)`, `Math/PI`, `(Exception. "x")`, `(new Exception)`, `Exception`, `(.. (f) a (b 1))`,
	`(match* (f) ([:ok x] true x) ([:err & r] (h r) r) (_ true 0))`,
	`(match* (f) ((a b & c) true [a b c]) ({:k v, 1 [w]} (> v 1) w) (() true 1) ([x x] true x))`,
	`(let [v 1] (receive* (100 :timeout) ([:ok ~v y] (> y 1) (f y)) (:stop true nil)))`, `(receive* nil (x true x))`, `(receive* nil)`,
	`(doseq [x (f) :when (pos? x) y (g x) :let [z 1] :while (f y)] (f x y z))`, `(for [x (f) y (g) :when (< x y)] [x y])`,
	`(dotimes [i 3] (f i))`, `(while (f) (g))`, `(condp = (f) 1 2 3 :>> inc 4)`, `(some-> (f) g (h 1))`, `(cond-> (f) (g) inc (h) (+ 1))`,
	`(as-> 1 x (f x) (g x))`, `(doto (f) g (h 1))`, `(lazy-seq (f))`, `(delay (f))`, `(comment f)`, `(if-let [x (f)] x 1)`, `(when-some [x (f)] x)`,
	`(fn* ^:go [] (<! (f)))`, `(fn [{:keys [a]} [b]] {:pre [(pos? a)] :post [(f %)]} (+ a b))`,
	`(fn [x] {:a x [x] #{x}})`, `^{:a 1} [(f)]`, `(f (if (g) 1 2) (do (h) 3))`, `(let [x (f)] (let [x (g x)] (+ x (h x))))`,
	`(loop [i 0 fs []] (if (< i 3) (recur (inc i) (f fs (fn [] i))) fs))`, `(- 5 (f))`, `(- (f) 5)`, `(+ 1 2 (f) 4)`, `(- 1)`, `(== (f) 2.5)`,
	`(monitor-enter (f))`, `(assert (f) "m")`, `(defmacro m [x] x)`, `(declare a)`,
}

func TestEverythingChecks(t *testing.T) {
	for _, text := range everything {
		compileText(t, newFake(), text)
	}
}

func TestLimits(t *testing.T) {
	f := newFake()
	many := strings.Repeat(" (f)", 300)
	compileText(t, f, "(f"+many+")")
	compileText(t, f, "["+many+"]")
	big := strings.Repeat(" (f 1 2 3)", 12000)
	compileText(t, f, "(match* (f) ([1] (h 1) "+big+") (_ true "+big+"))")
}

// TestLongJumps runs a loop whose body is longer than a short jump.
func TestLongJumps(t *testing.T) {
	m := newMini()
	big := strings.Repeat(" (str 1 2)", 12000)
	form := "(loop [i 0] (if (< i 2) (do " + big + " (recur (inc i))) i))"
	if v := m.eval(t, read(form)); v != lang.Int(2) {
		t.Errorf("the loop gives %s", lang.PrString(v))
	}
}

func BenchmarkCompile(b *testing.B) {
	form := read("(defn fib [n] (let [a 1 {:keys [b]} n] (cond (< n 2) n :else (+ (fib (- n a)) (fib (- n b))))))")
	f := newFake()
	b.ReportAllocs()
	for b.Loop() {
		Start(form, f)
	}
}
