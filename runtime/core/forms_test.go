package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// forms are programs about forms, classes and calls, with what Clojure 1.11.1
// prints for the value of each, or the class and message of what it throws.
var forms = []struct{ program, want string }{
	{`(defmacro m [] (with-meta (list 'identity 1) {:k (map inc [1 2])}))
(m)`, `1`},
	{`(defmacro m [] (list 'quote (with-meta ['a] {:k (map (fn [x] (with-meta [x] {:in (map inc [x])})) [1])})))
(meta (first (:k (meta (m)))))`, `{:in (2)}`},
	{`(eval (with-meta (list 'identity 1) {:k (map inc [1 2])}))`, `1`},
	{`(meta '(a b))`, `{:line 1, :column 16}`},
	{`(meta (list 1 2))`, `nil`},
	{`(meta (with-meta '(a) {:k 1}))`, `{:k 1}`},
	{`(defmacro m [] (meta &form))
(m)`, `{:line 2, :column 9}`},
	{`(def f nil)
(f 1 2)`, `java.lang.NullPointerException: Cannot invoke "clojure.lang.IFn.invoke(Object, Object)" because the value that is called is null`},
	{`("f")`, `java.lang.ClassCastException: class java.lang.String cannot be cast to class clojure.lang.IFn (java.lang.String is in module java.base of loader 'bootstrap'; clojure.lang.IFn is in unnamed module of loader 'app')`},
	{`(defprotocol P (m [_])) (defrecord R [] P (m [_] 1)) (extend-type String P (m [_] 2))
[(extenders P) (extends? P R) (m (->R))]`, `[(java.lang.String) true 1]`},
	{`(defrecord R [])
(= R (Class/forName "user.R"))`, `true`},
	{`(Class/forName "user.Nope")`, `java.lang.ClassNotFoundException: user.Nope`},
	{`(def n (atom 0)) (defrecord R [] java.io.Closeable (close [_] (swap! n inc)))
[(with-open [r (->R)] (instance? java.io.Closeable r)) @n]`, `[true 1]`},
	{`(first (apply concat (repeat [1 2])))`, `1`},
	{`(apply (fn [a & r] [a (first r)]) (range))`, `[0 1]`},
	{"(def n (atom 0))\n[(apply (fn ([a] 0) ([a b & r] [a b (first r)])) (map (fn [x] (swap! n inc) x) (iterate inc 0))) @n]", `[[0 1 2] 3]`},
	{`(apply (fn [a & r] [a r]) [1])`, `[1 nil]`},
	{`(apply (fn [& r] r) [])`, `nil`},
	{`(apply (fn ([a b] :two) ([a b & r] :more)) 1 [2])`, `:two`},
	{`(apply (fn [a & r] [a r]) 1 2 3 [4 5])`, `[1 (2 3 4 5)]`},
	{`(apply (fn [a & {:keys [b]}] [a b]) 1 [:b 2])`, `[1 2]`},
	{`(apply (fn [a] a) (range))`, `clojure.lang.ArityException: Wrong number of args (21) passed to: user/fn`},
	{"(defn f [& r] (count r))\n[(apply f (range 1000000)) (f 1 2) (apply #'f 1 [2 3])]", `[1000000 2 3]`},
	{"(def n (atom 0))\n[(first (for [x (range 100)] (do (swap! n inc) x))) @n]", `[0 32]`},
	{"(def n (atom 0))\n[(first (for [x (vec (range 10)) y (range 100)] (do (swap! n inc) x))) @n]", `[0 32]`},
	{"(def n (atom 0))\n[(count (for [x (range 100) :while (< x 10)] (do (swap! n inc) x))) @n]", `[10 10]`},
	{"(def n (atom 0))\n[(first (for [x (iterate inc 0)] (do (swap! n inc) x))) @n]", `[0 1]`},
	{`(for [x (range 5) y (iterate inc 0) :while (< y x) :let [z (* x y)] :when (even? z)] z)`, `(0 0 2 0 6 0 4 8 12)`},
	{"(def s (atom []))\n(do (doseq [x [1 2 3] y '(a b) :when (odd? x) :let [z [x y]] w [7] :while (= w 7)] (swap! s conj z)) @s)", `[[1 a] [1 b] [3 a] [3 b]]`},
	{"(def n (atom 0))\n(do (doseq [x (map (fn [x] (swap! n inc) x) (range 70)) :while (< x 40)]) @n)", `64`},
	{"(deftype P [a] Comparable (compareTo [_ o] (- a (.a o))))\n[(map #(.a %) (sort [(P. 3) (P. 1) (P. 2)])) (compare (P. 1) (P. 2)) (map #(.a %) (sorted-set (P. 3) (P. 1)))]", `[(1 2 3) -1 (1 3)]`},
	{"(deftype C [] clojure.lang.Counted (count [_] 7))\n(count (C.))", `7`},
	{"(deftype S [] clojure.lang.Seqable (seq [_] (list 1 2)))\n[(seq (S.)) (map inc (S.)) (first (S.)) (rest (S.)) (next (S.)) (reduce + (S.))]", `[(1 2) (2 3) 1 (2) (2) 3]`},
	{"(deftype E [a] Object (equals [_ o] (= a (.a o))) (hashCode [_] 42))\n[(apply = [(E. 1) (E. 1)]) (apply = [(E. 1) (E. 2)]) (apply not= [(E. 1) (E. 1)]) (hash (E. 1))]", `[true false false 42]`},
	{"(deftype E [a] Object (equals [_ o] (= (:k a) (:k (.a o)))) (hashCode [_] 42))\n(let [x (E. {:k 1}) y (E. {:k 1 :l 2}) z (E. {:k 2})] [(= x y) (= x z) (not= x y) (if (= x z) 1 2) (if (= x y) (if (= z x) 3 4) 5) (loop [n 0] (if (= x y) (if (< n 9) (recur (inc n)) n) :no))])", `[true false false 2 4 9]`},
	{`[(class (iterate inc 0)) (class (cycle [1 2])) (class (rest (iterate inc 0))) (cycle []) (class (take 1 [1]))]`, `[clojure.lang.Iterate clojure.lang.Cycle clojure.lang.LazySeq () clojure.lang.LazySeq]`},
	{`[(reduce + (take 100000 (iterate inc 0))) (reduce + (map inc (take 100000 (iterate #(+ 1 %) 0))))]`, `[4999950000 5000050000]`},
	{`[(take 5 (cycle [1 2])) (take 5 (cycle (map inc (iterate inc 0)))) (take 3 (cycle (take 2 (iterate inc 0)))) (take 0 [1]) (take 3 nil) (take 2 "abc")]`, `[(1 2 1 2 1) (1 2 3 4 5) (0 1 0) () () (\a \b)]`},
	{`[(filter odd? (take 5 (iterate inc 0))) (filter #(odd? %) (take 5 (iterate inc 0))) (map str (filter odd? nil)) (first (filter #(> % 50000) (iterate inc 0)))]`, `[(1 3) (1 3) () 50001]`},
	{"(def n (atom 0))\n(let [s (iterate (fn [x] (swap! n inc) (inc x)) 0)] [(nth s 3) (nth s 3) @n (take 2 (map inc s))])", `[3 3 3 (1 2)]`},
	{`(try (doall (take 3 (iterate (fn [x] (if (= x 1) (throw (Exception. "at 1")) (inc x))) 0))) (catch Exception e (.getMessage e)))`, `"at 1"`},
	{`(first (reduce (fn [s _] (map inc s)) (iterate inc 0) (range 3000)))`, `3000`},
	{`(vec (take 3 (cons 9 (iterate inc 0))))`, `[9 0 1]`},
}

func TestForms(t *testing.T) {
	for _, c := range forms {
		checkProgram(t, c.program, c.want)
	}
}

// checkProgram compares what the last line of a program gives in a new world.
func checkProgram(t *testing.T, program, want string) {
	t.Helper()
	var out strings.Builder
	w := newWorld(&out)
	cut := strings.LastIndex(program, "\n") + 1
	v, e := eval(w, program[:cut]+"(pr-str "+program[cut:]+")")
	got := lang.DisplayString(v)
	if e != nil {
		got = e.Error()
	}
	if got != want {
		t.Errorf("%s\n gives %s\n  want %s", program, got, want)
	}
}

func TestSuggestLittle(t *testing.T) {
	var out strings.Builder
	r := NewResolver(newWorld(&out).Shell)
	for name, want := range map[string]string{"b": "", "frst": "first", "xy": "", "mpa": "map", "filtre": "filter"} {
		near := r.Suggest(lang.NewSymbol("", name))
		if want == "" && len(near) > 0 || want != "" && (len(near) == 0 || near[0] != want) {
			t.Errorf("for %s: %v, want %s", name, near, want)
		}
	}
}
