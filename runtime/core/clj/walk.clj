;; clojure.walk: trees of collections, changed at every node.

(defn walk
  "form with inner applied to each element, and outer to the collection of the results.
    (clojure.walk/walk inc vec '(1 2)) ;=> [2 3]"
  [inner outer form]
  (cond
    (list? form) (outer (with-meta (apply list (map inner form)) (meta form)))
    (map-entry? form) (outer (map-entry (inner (key form)) (inner (val form))))
    (seq? form) (outer (with-meta (doall (map inner form)) (meta form)))
    (record? form) (outer (reduce (fn [r x] (conj r (inner x))) form form))
    (coll? form) (outer (with-meta (into (empty form) (map inner form)) (meta form)))
    :else (outer form)))

(defn postwalk
  "form with f applied to each part of it, leaves first.
    (clojure.walk/postwalk #(if (number? %) (inc %) %) [1 [2]]) ;=> [2 [3]]"
  [f form]
  (walk #(postwalk f %) f form))

(defn prewalk
  "form with f applied to each part of it, before the parts of what f gives.
    (clojure.walk/prewalk #(if (= % :x) [:y] %) [:x]) ;=> [[:y]]"
  [f form]
  (walk #(prewalk f %) identity (f form)))

(defn postwalk-demo
  "Prints each form that postwalk visits, and gives form."
  [form]
  (postwalk #(do (print "Walked: ") (prn %) %) form))

(defn prewalk-demo
  "Prints each form that prewalk visits, and gives form."
  [form]
  (prewalk #(do (print "Walked: ") (prn %) %) form))

(defn keywordize-keys
  "m with keywords in place of string keys, in all its maps.
    (clojure.walk/keywordize-keys {\"a\" {\"b\" 1}}) ;=> {:a {:b 1}}"
  [m]
  (let [f (fn [[k v]] [(if (string? k) (keyword k) k) v])]
    (postwalk #(if (map? %) (with-meta (into {} (map f %)) (meta %)) %) m)))

(defn stringify-keys
  "m with strings in place of keyword keys, in all its maps.
    (clojure.walk/stringify-keys {:a 1}) ;=> {\"a\" 1}"
  [m]
  (let [f (fn [[k v]] [(if (keyword? k) (name k) k) v])]
    (postwalk #(if (map? %) (with-meta (into {} (map f %)) (meta %)) %) m)))

(defn prewalk-replace
  "form with each part that is a key of smap replaced by its value, before its own parts.
    (clojure.walk/prewalk-replace {:x :y} [:x [:x]]) ;=> [:y [:y]]"
  [smap form]
  (prewalk #(if (contains? smap %) (smap %) %) form))

(defn postwalk-replace
  "form with each part that is a key of smap replaced by its value, after its own parts.
    (clojure.walk/postwalk-replace {:x :y} [:x [:x]]) ;=> [:y [:y]]"
  [smap form]
  (postwalk #(if (contains? smap %) (smap %) %) form))

(defn macroexpand-all
  "form with all macro calls in it expanded, also in places that are no code."
  [form]
  (prewalk #(if (seq? %) (macroexpand %) %) form))
