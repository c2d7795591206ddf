;; clojure.core, part three: macros beyond those that the compiler's own
;; package has (let, fn, cond, for and the like).

(defmacro when-first
  "Evaluates body with name bound to the first element of coll, if there is one.
    (when-first [x [7 8]] x) ;=> 7"
  [[name coll] & body]
  `(when-let [s# (seq ~coll)]
     (let [~name (first s#)]
       ~@body)))

(defmacro lazy-cat
  "The elements of each coll in turn; a coll is evaluated when its elements are looked at.
    (lazy-cat [1] [2]) ;=> (1 2)"
  [& colls]
  `(concat ~@(map (fn [c] `(lazy-seq ~c)) colls)))

(defmacro defonce
  "Defines name as the value of expr, unless it has a value already."
  [name expr]
  `(let [v# (def ~name)]
     (when-not (bound? v#)
       (def ~name ~expr))))

(defmacro time
  "Evaluates expr, prints how long that took, and gives its value."
  [expr]
  `(let [start# (System/nanoTime)
         value# ~expr]
     (prn (str "Elapsed time: " (/ (double (- (System/nanoTime) start#)) 1000000.0) " msecs"))
     value#))

(defmacro with-open
  "Evaluates body with names bound to values that are closed at the end, the last first."
  [bindings & body]
  (if (seq bindings)
    `(let ~(subvec bindings 0 2)
       (try
         (with-open ~(subvec bindings 2) ~@body)
         (finally (. ~(first bindings) ~'close))))
    `(do ~@body)))

(defmacro with-redefs
  "Evaluates body while each var named in bindings has another root."
  [bindings & body]
  `(with-redefs-fn
     ~(into {} (map (fn [[name value]] [`(var ~name) value]) (partition 2 bindings)))
     (fn [] ~@body)))

(defmacro with-bindings
  "Evaluates body while the vars in map bindings are bound as it says."
  [bindings & body]
  `(with-bindings* ~bindings (fn [] ~@body)))

(defmacro bound-fn
  "As fn; the function runs with the bindings that were in force where it was made."
  [& fntail]
  `(bound-fn* (fn ~@fntail)))

(defmacro with-local-vars
  "Evaluates body with names bound to fresh vars, for var-get and var-set.
    (with-local-vars [v 1] (var-set v 2) @v) ;=> 2"
  [bindings & body]
  (let [pairs (partition 2 bindings)]
    `(let [~@(mapcat (fn [[name _]] [name `(local-var)]) pairs)]
       (push-thread-bindings (hash-map ~@(mapcat identity pairs)))
       (try
         ~@body
         (finally (pop-thread-bindings))))))

(defmacro with-out-str
  "Evaluates body and gives what it printed, as a string.
    (with-out-str (print \"x\")) ;=> \"x\""
  [& body]
  `(let [w# (java.io.StringWriter.)]
     (binding [*out* w#]
       ~@body
       (str w#))))

(defmacro with-in-str
  "Evaluates body with *in* reading from string s."
  [s & body]
  `(binding [*in* (java.io.BufferedReader. (java.io.StringReader. ~s))]
     ~@body))

(defmacro with-precision
  "Evaluates body with results of BigDecimal arithmetic rounded to precision digits, half up
  or as :rounding says (UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN, UNNECESSARY).
    (with-precision 3 (/ 1M 3)) ;=> 0.333M"
  [precision & body]
  (let [rounding? (= :rounding (first body))
        rounding (if rounding? (str (second body)) "HALF_UP")]
    `(binding [*math-context* [~precision ~rounding]]
       ~@(if rounding? (nnext body) body))))

(defmacro future
  "Evaluates body in a thread of its own; deref waits for its value.
    @(future 1) ;=> 1"
  [& body]
  `(future-call (fn [] ~@body)))

(defmacro pvalues
  "The values of exprs, computed in futures, as a lazy sequence."
  [& exprs]
  `(pcalls ~@(map (fn [e] `(fn [] ~e)) exprs)))

(defmacro locking
  "Evaluates body while it holds the lock of x."
  [x & body]
  `(let [lock# ~x]
     (monitor-enter lock#)
     (try
       ~@body
       (finally (monitor-exit lock#)))))

(defmacro memfn
  "A function that calls host method name on its first argument, with the others.
    ((memfn toUpperCase) \"a\") ;=> \"A\""
  [name & args]
  (let [target (gensym "target")]
    `(fn [~target ~@args]
       (. ~target (~name ~@args)))))

(defmacro vswap!
  "Sets volatile vol to (f value args...)."
  [vol f & args]
  `(let [v# ~vol]
     (vreset! v# (~f (deref v#) ~@args))))

(defmacro areduce
  "Evaluates expr with idx going through array a and ret bound to the value before, first init."
  [a idx ret init expr]
  `(let [a# ~a]
     (loop [~idx 0 ~ret ~init]
       (if (< ~idx (alength a#))
         (recur (inc ~idx) ~expr)
         ~ret))))

(defmacro amap
  "A copy of array a, named ret, each element set to what expr gives for index idx."
  [a idx ret expr]
  `(let [a# ~a
         ~ret (aclone a#)]
     (loop [~idx 0]
       (when (< ~idx (alength a#))
         (aset ~ret ~idx ~expr)
         (recur (inc ~idx))))
     ~ret))

(defn libspec-forms
  "What the reference (kind args...) of an ns form means, as forms."
  [[kind & args]]
  (let [quoted (map (fn [a] `(quote ~a)) args)]
    (case kind
      :require `[(require ~@quoted)]
      :use `[(use ~@quoted)]
      :import (if (seq args) `[(import ~@args)] [])
      :refer-clojure `[(refer 'clojure.core ~@quoted)]
      :refer `[(refer ~@quoted)]
      :load `[(load ~@args)]
      (:gen-class :require-macros :use-macros) []
      (throw (IllegalArgumentException.
               (str "ns takes :require :use :import :refer-clojure :refer :load :gen-class, not " kind))))))

(defmacro ns
  "Makes namespace name if there is none, and goes into it. References say what it needs:
  (:require [lib :as alias :refer [names]]), (:use lib), (:import (package Class)),
  (:refer-clojure :exclude [names])."
  [name & more]
  (let [doc (when (string? (first more)) (first more))
        more (if doc (next more) more)
        attrs (when (map? (first more)) (first more))
        refs (if attrs (next more) more)
        m (merge (meta name) (when doc {:doc doc}) attrs)
        m (dissoc m :line :column :file)]
    `(do
       (in-ns '~(with-meta name nil))
       ~@(when (seq m) `[(alter-meta! (find-ns '~name) merge ~m)])
       ~@(when-not (some #(= :refer-clojure (first %)) refs)
           `[(refer 'clojure.core)])
       ~@(mapcat libspec-forms refs)
       nil)))

(defmacro refer-clojure
  "Refers to the names of clojure.core, with the filters of refer."
  [& filters]
  `(refer 'clojure.core ~@filters))

(defmacro import
  "Makes classes known by their short names: java.util.Date, or (java.util Date UUID)."
  [& specs]
  (let [unquoted (map #(if (and (seq? %) (= 'quote (first %))) (second %) %) specs)
        names (mapcat (fn [s]
                        (if (sequential? s)
                          (map #(str (first s) "." %) (rest s))
                          [(str s)]))
                      unquoted)]
    `(do ~@(map (fn [n] `(import-class ~n)) names))))

(defmacro gen-class
  "Refused: conc-repl has no JVM to make a class for."
  [& _]
  (throw (UnsupportedOperationException.
           "gen-class needs the JVM; conc-repl has defrecord, deftype, reify and defprotocol in its place")))

(defmacro proxy
  "Refused: conc-repl has no JVM classes to extend."
  [& _]
  (throw (UnsupportedOperationException.
           "proxy needs the JVM; conc-repl has reify and defprotocol in its place")))

(defmacro sync
  "Evaluates body in a transaction, as dosync does; nothing reads flags.
    (let [r (ref 1)] (sync nil (alter r inc)) @r) ;=> 2"
  [flags-ignored-in-this-version & body]
  `(run-transaction (fn [] ~@body)))

(defmacro dosync
  "Evaluates exprs in a transaction: they see the refs as they stood at one moment, and change
  them all at once at the end, or are tried again if another transaction was first. So they may
  run more than once, and must do nothing that cannot be undone.
    (let [a (ref 3) b (ref 0)] (dosync (alter a - 2) (alter b + 2)) [@a @b]) ;=> [1 2]"
  [& exprs]
  `(sync nil ~@exprs))

(defmacro io!
  "Evaluates body, which must not run in a transaction: there it raises IllegalStateException,
  with the string that body may begin with.
    (io! (+ 1 2)) ;=> 3"
  [& body]
  (let [message (when (string? (first body)) (first body))
        body (if message (rest body) body)]
    `(if (in-transaction?)
       (throw (IllegalStateException. ~(or message "I/O in transaction")))
       (do ~@body))))
