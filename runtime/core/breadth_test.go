package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// What Clojure 1.11.1 printed, by pr-str, for the values of these forms, or
// the class and message of what they threw.
var breadth = []struct{ form, want string }{
	{`(do (defrecord P [x]) (defmethod print-method P [p ^java.io.Writer w] (.write w (str "<P " (:x p) ">"))) [(->P 1) {:k (->P 2)} [1 (->P 3)] (list 1 (->P 4))])`, `[<P 1> {:k <P 2>} [1 <P 3>] (1 <P 4>)]`},
	{`(do (deftype T [x]) (defmethod print-method T [t w] (print-method (.-x t) w)) (pr-str (T. {:a "b"}) (T. nil)))`, `"{:a \"b\"} nil"`},
	{`(do (defrecord Q [x]) (defmethod print-method Q [p w] (.write w "q")) [(print-str (->Q 1)) (str (->Q 1))])`, `["q" "user.Q@3c6f1169"]`},
	{`(do (defmethod print-method ::secret [x w] (.write w "***")) [(with-meta [1] {:type ::secret}) [1]])`, `[*** [1]]`},
	{`(do (deftype U [x]) (defmethod print-method U [t w] (print-method (map inc (.-x t)) w)) (with-out-str (prn (U. [1 2]))))`, `"(2 3)\n"`},
	{`(do (deftype V []) (defmethod print-method V [t w] (throw (Exception. "cannot be shown"))) (pr-str (V.)))`, `java.lang.Exception: cannot be shown`},
	{`(do (deftype W []) (defmethod print-dup W [t w] (.write w "#=(W.)")) (binding [*print-dup* true] (pr-str (W.))))`, `"#=(W.)"`},
	{`(with-out-str (print-method [1 "a" \b] *out*))`, `"[1 \"a\" \\b]"`},
	{`(with-out-str (print-simple "a" *out*))`, `"a"`},
	{`(with-out-str (print-ctor 5 (fn [o w] (.write w (str o))) *out*))`, `"#=(java.lang.Long. 5)"`},
	{`(let [t (tagged-literal 'point [1 2])] [t (:tag t) (:form t) (= t (tagged-literal 'point [1 2])) (tagged-literal? t) (:other t 5)])`, `[#point [1 2] point [1 2] true true 5]`},
	{`(do (defstruct pt :x :y) [(struct pt 1 2) (struct-map pt :y 5) ((accessor pt :y) (struct pt 1 7))])`, `[{:x 1, :y 2} {:x nil, :y 5} 7]`},
	{`(struct (create-struct :a) 1 2)`, `java.lang.IllegalArgumentException: Too many arguments to struct constructor`},
	{`(seque 2 (range 10))`, `(0 1 2 3 4 5 6 7 8 9)`},
	{`[(bytes? (byte-array 2)) (bytes? "a") (uri? 1)]`, `[true false false]`},
	{`(do (definline sq [x] (list '* x x)) [(sq 5) (map sq [1 2])])`, `[25 (1 4)]`},
	{`[(unchecked-add-int 2147483647 1) (unchecked-multiply-int 65536 65536) (unchecked-divide-int 7 -2) (unchecked-remainder-int -7 2) (unchecked-char 65) (unchecked-short 40000)]`, `[-2147483648 0 -3 -1 \A -25536]`},
	{`(unchecked-divide-int 1 0)`, `java.lang.ArithmeticException: / by zero`},
	{`[(hash-ordered-coll [1 2 3]) (hash [1 2 3]) (hash-unordered-coll #{1 2}) (hash #{1 2}) (mix-collection-hash 5 2)]`, `[736442005 736442005 460223544 460223544 -624268693]`},
	{`(eval (list 'let (destructure '[[a & b] [1 2 3] {:keys [c]} {:c 4}]) '[a b c]))`, `[1 (2 3) 4]`},
	{`(load-reader (java.io.StringReader. "(+ 1 2) (+ 3 4)"))`, `7`},
	{`(namespace-munge 'a-b.c-d)`, `"a_b.c_d"`},
	{`(do (defn ^{:test (fn [] (assert false "tested"))} tt []) (try (test #'tt) (catch AssertionError e (ex-message e))))`, `"Assert failed: tested\nfalse"`},
	{`[(vector-of :int 1 2) (conj (vector-of :long 1) 2)]`, `[[1 2] [1 2]]`},
	{`(do (require '[clojure.core.reducers :as r]) [(r/fold + (r/map inc (r/filter even? (range 100)))) (into [] (r/take 3 (r/map inc (range)))) (into [] (r/take 2 (r/flatten [1 [2 [3]] 4]))) (into [] (r/take 3 (r/mapcat range [2 3 4]))) (into [] ((comp (r/map inc) (r/filter even?)) [1 2 3]))])`, `[2500 [1 2 3] [1 2] [0 1 0] [3]]`},
	{`(do (require '[clojure.core.reducers :as r]) [(r/fold (r/monoid merge (constantly {})) (fn [m x] (assoc m x 1)) [1 2]) (r/reduce (fn [a k v] (+ a v)) 0 {:a 1 :b 2}) (seq (r/foldcat (r/remove odd? [1 2]))) (reduce + 10 (r/drop 1 [1 2]))])`, `[{1 1, 2 1} 3 (2) 12]`},
	{`(let [r (reify clojure.lang.IReduceInit (reduce [_ f init] (f (f init 1) 2)))] [(reduce + 0 r) (into [] (map inc) r) (transduce (map inc) + r)])`, `[3 [2 3] 5]`},
	{`(reduce + 0 5)`, `java.lang.IllegalArgumentException: Don't know how to create ISeq from: java.lang.Long`},
	{`(do (require '[clojure.stacktrace :as st]) [(ex-message (st/root-cause (ex-info "a" {} (Exception. "b")))) (with-out-str (st/print-throwable (ex-info "x" {:a 1})))])`, `["b" "clojure.lang.ExceptionInfo: x\n{:a 1}"]`},
	{`(vector-of :nope 1)`, `java.lang.IllegalArgumentException: Unrecognized type :nope`},
}

func TestBreadth(t *testing.T) {
	for _, c := range breadth {
		var out strings.Builder
		v, e := eval(newWorld(&out), "(pr-str (eval '(do "+c.form+")))")
		got := lang.DisplayString(v)
		if e != nil {
			got = e.Error()
		}
		if got != c.want {
			t.Errorf("%s\n gives %s\n  want %s", c.form, got, c.want)
		}
	}
}

// ownMap is a type of a program that is a map.
const ownMap = `(deftype M [m]
  clojure.lang.IPersistentMap
  (assoc [_ k v] (M. (assoc m k v))) (without [_ k] (M. (dissoc m k))) (cons [this e] (M. (conj m e)))
  (containsKey [_ k] (contains? m k)) (entryAt [_ k] (find m k)) (empty [_] (M. {})) (count [_] (count m))
  clojure.lang.ILookup (valAt [_ k] (get m k)) (valAt [_ k d] (get m k d))
  clojure.lang.Seqable (seq [_] (seq m))
  clojure.lang.Sorted (seq [_ ascending] (if ascending (seq m) (reverse m)))
  clojure.lang.IPersistentStack (peek [_] (first m)) (pop [_] (M. (into {} (rest m))))
  clojure.lang.IObj (meta [_] :none) (withMeta [this x] [:with x]))
`

func TestOwnCollections(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	if _, e := eval(w, ownMap); e != nil {
		t.Fatal(e)
	}
	for form, want := range map[string]string{
		`(seq (assoc (M. {:a 1}) :b 2 :c 3))`:        `([:a 1] [:b 2] [:c 3])`,
		`(seq (dissoc (M. {:a 1 :b 2 :c 3}) :a :c))`: `([:b 2])`,
		`(seq (conj (M. {}) [:a 1] [:b 2]))`:         `([:a 1] [:b 2])`,
		`(seq (into (M. {}) {:a 1}))`:                `([:a 1])`,
		`(let [m (M. {:a 1 :b 2})] [(contains? m :a) (contains? m :x) (find m :b) (:a m) (get m :x 5) (count m) (seq (empty m))])`: `[true false [:b 2] 1 5 2 nil]`,
		`(let [m (M. {:a 1 :b 2})] [(keys m) (vals m) (peek m) (seq (pop m)) (keys (M. {}))])`:                                     `[(:a :b) (1 2) [:a 1] ([:b 2]) nil]`,
		`[(meta (M. {})) (with-meta (M. {}) {:k 1})]`:                                                                              `[:none [:with {:k 1}]]`,
		`(let [m (M. {:a 1 :b 2})] [(first m) (rest m) (.seq m false)])`:                                                           `[[:a 1] ([:b 2]) ([:b 2] [:a 1])]`,
		`[(M. {:a "x" :b (M. {})}) (pr-str (M. {})) (print-str (M. {:k "v"}))]`:                                                    `[{:a "x", :b {}} "{}" "{:k v}"]`,
		`(seq (update (M. {:a 1}) :a inc))`:                                                                                        `([:a 2])`,
		`(let [e (clojure.lang.MapEntry. :a 1)] [(key e) (val e) (map-entry? e) e])`:                                               `[:a 1 true [:a 1]]`,
		`(clojure.datafy/datafy (with-meta {:a 1} {'clojure.core.protocols/datafy (fn [x] [:data x])}))`:                           `[:data {:a 1}]`,
	} {
		v, e := eval(w, "(pr-str "+form+")")
		got := lang.DisplayString(v)
		if e != nil {
			got = e.Error()
		}
		if got != want {
			t.Errorf("%s\n gives %s\n  want %s", form, got, want)
		}
	}
}
