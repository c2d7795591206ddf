package core

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// typeCases are programs about types, protocols and multimethods, with what
// their last form prints as in Clojure 1.11.
var typeCases = []struct{ name, text, want string }{
	{"superclass before interface", `
		(defprotocol P (m [x]))
		(extend-protocol P Number (m [_] :number) Comparable (m [_] :comparable) Object (m [_] :object) nil (m [_] :nil))
		[(m 1) (m "s") (m []) (m nil)]`, "[:number :comparable :comparable :nil]"},
	{"most special interface", `
		(defprotocol P (m [x]))
		(extend-protocol P clojure.lang.IPersistentCollection (m [_] :coll) clojure.lang.IPersistentVector (m [_] :vector))
		[(m [1]) (m #{1})]`, "[:vector :coll]"},
	{"an extension is seen at once", `
		(defprotocol P (m [x]))
		(extend-type Object P (m [_] 1))
		[(m :k) (do (extend-type clojure.lang.Keyword P (m [_] 2)) (m :k))]`, "[1 2]"},
	{"arity by the signature", `
		(defprotocol P (m [x] [x y]))
		(extend-type Long P (m ([x] x) ([x y] (+ x y))))
		[(m 1) (m 1 2) (try (m 1 2 3) (catch clojure.lang.ArityException e :arity))]`, "[1 3 :arity]"},
	{"mutable field shared by threads", `
		(defprotocol Up (up! [x]))
		(deftype Counter [^:volatile-mutable n] Up (up! [_] (set! n (inc n))) clojure.lang.IDeref (deref [_] n))
		(let [c (->Counter 0)]
		  (run! deref (doall (for [_ (range 4)] (future (dotimes [_ 5] (up! c))))))
		  @c)`, "20"},
	{"objects as keys", `(let [a (reify) b (reify)] [(get {a 1 b 2} b) (= a b) (= a a)])`, "[2 false true]"},
	{"preference", `
		(derive ::r ::s)
		(defmulti f vector)
		(defmethod f [::r ::s] [_ _] 1)
		(defmethod f [::s ::r] [_ _] 2)
		[(try (f ::r ::r) (catch IllegalArgumentException e :ambiguous)) (do (prefer-method f [::s ::r] [::r ::s]) (f ::r ::r))
		 (try (prefer-method f [::r ::s] [::s ::r]) (catch IllegalStateException e :conflict))]`, "[:ambiguous 2 :conflict]"},
	{"dispatch value with lazy parts", `
		(defmulti f (fn [x] (map inc x)))
		(defmethod f '(2 3) [_] :found)
		(f [1 2])`, ":found"},
	{"hierarchy of its own, changed later", `
		(def h (make-hierarchy))
		(defmulti f identity :hierarchy #'h :default :other)
		(defmethod f :top [_] :top)
		(defmethod f :other [_] :other)
		[(f :x) (do (alter-var-root #'h derive :x :top) (f :x)) (f :y)]`, "[:other :top :other]"},
	{"class as tag", `(derive Long ::whole) [(isa? Long ::whole) (isa? Long Number) (isa? [Long :a] [::whole :a])]`, "[true true true]"},
	{"underive", `
		(let [h (-> (make-hierarchy) (derive :a :b) (derive :b :c))]
		  [(ancestors h :a) (ancestors (underive h :b :c) :a)])`, "[#{:c :b} #{:b}]"},
	{"cycle refused", `
		(derive ::a ::b)
		(try (derive ::b ::a) (catch Exception e (.getMessage e)))`, `"Cyclic derivation: :user/a has :user/b as ancestor"`},
}

func TestTypes(t *testing.T) {
	for _, c := range typeCases {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			v, e := eval(newWorld(&out), c.text)
			if e != nil {
				t.Fatalf("%v", e)
			}
			if got := lang.PrString(v); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestTablesUndone checks that a rollback takes back what was extended.
func TestTablesUndone(t *testing.T) {
	var out strings.Builder
	w := newWorld(&out)
	must := func(text string) string {
		t.Helper()
		v, e := eval(w, text)
		if e != nil {
			t.Fatalf("%s: %v", text, e)
		}
		return lang.PrString(v)
	}
	must(`(defprotocol P (m [x])) (extend-type Object P (m [_] :object))
		(defmulti f identity) (defmethod f :default [_] :default)
		(deftype T [^:unsynchronized-mutable n] P (m [_] (set! n (inc n))))
		(def t (->T 0)) (m "s") (f 1) (m t)`)
	cp := w.Checkpoint()
	if got := must(`(extend-type String P (m [_] :string)) (defmethod f 1 [_] :one) (derive ::a ::b)
		[(m "s") (f 1) (m t) (isa? ::a ::b)]`); got != "[:string :one 2 true]" {
		t.Fatalf("before the rollback: %s", got)
	}
	w.Rollback(cp)
	if got := must(`[(m "s") (f 1) (m t) (isa? ::a ::b)]`); got != "[:object :default 2 false]" {
		t.Errorf("after the rollback: %s", got)
	}
}
