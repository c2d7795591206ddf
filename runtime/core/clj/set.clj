;; clojure.set: the algebra of sets, and relations as sets of maps.

(defn union
  "The elements that are in any of the sets.
    (clojure.set/union #{1} #{2}) ;=> #{1 2}"
  ([] #{})
  ([s] s)
  ([s t]
   (if (< (count s) (count t))
     (reduce conj t s)
     (reduce conj s t)))
  ([s t & more]
   (reduce union (union s t) more)))

(defn intersection
  "The elements that are in all of the sets.
    (clojure.set/intersection #{1 2} #{2 3}) ;=> #{2}"
  ([s] s)
  ([s t]
   (if (< (count t) (count s))
     (recur t s)
     (reduce (fn [r x] (if (contains? t x) r (disj r x))) s s)))
  ([s t & more]
   (reduce intersection (intersection s t) more)))

(defn difference
  "The elements of the first set that are in none of the others.
    (clojure.set/difference #{1 2} #{2 3}) ;=> #{1}"
  ([s] s)
  ([s t]
   (if (< (count s) (count t))
     (reduce (fn [r x] (if (contains? t x) (disj r x) r)) s s)
     (reduce disj s t)))
  ([s t & more]
   (reduce difference (difference s t) more)))

(defn select
  "The elements of set xset for which pred holds.
    (clojure.set/select odd? #{1 2}) ;=> #{1}"
  [pred xset]
  (reduce (fn [r x] (if (pred x) r (disj r x))) xset xset))

(defn subset?
  "Whether every element of s is in t.
    (clojure.set/subset? #{1} #{1 2}) ;=> true"
  [s t]
  (and (<= (count s) (count t))
       (every? #(contains? t %) s)))

(defn superset?
  "Whether every element of t is in s.
    (clojure.set/superset? #{1} #{1 2}) ;=> false"
  [s t]
  (subset? t s))

(defn project
  "The maps of relation xrel with only the keys ks.
    (clojure.set/project #{{:a 1 :b 2}} [:a]) ;=> #{{:a 1}}"
  [xrel ks]
  (with-meta (set (map #(select-keys % ks) xrel)) (meta xrel)))

(defn rename-keys
  "Map m with its keys renamed as map kmap says.
    (clojure.set/rename-keys {:a 1 :b 2} {:a :aa}) ;=> {:b 2, :aa 1}"
  [m kmap]
  (reduce (fn [r e]
            (if (contains? m (key e))
              (assoc r (val e) (get m (key e)))
              r))
          (apply dissoc m (keys kmap))
          kmap))

(defn rename
  "Relation xrel with the keys of its maps renamed as map kmap says.
    (clojure.set/rename #{{:a 1}} {:a :b}) ;=> #{{:b 1}}"
  [xrel kmap]
  (with-meta (set (map #(rename-keys % kmap) xrel)) (meta xrel)))

(defn index
  "The map from each combination of the values of ks in relation xrel to the maps that have it.
    (clojure.set/index #{{:a 1 :b 2}} [:a]) ;=> {{:a 1} #{{:a 1, :b 2}}}"
  [xrel ks]
  (reduce (fn [r x]
            (let [k (select-keys x ks)]
              (assoc r k (conj (get r k #{}) x))))
          {}
          xrel))

(defn map-invert
  "Map m with its values as keys and its keys as values.
    (clojure.set/map-invert {:a 1}) ;=> {1 :a}"
  [m]
  (persistent! (reduce (fn [r e] (assoc! r (val e) (key e))) (transient {}) m)))

(defn join
  "The natural join of two relations; km says which keys of the first go with which of the
  second, otherwise those go together that both have.
    (clojure.set/join #{{:a 1 :b 2}} #{{:a 1 :c 3}}) ;=> #{{:a 1, :b 2, :c 3}}"
  ([xrel yrel]
   (if (and (seq xrel) (seq yrel))
     (let [ks (intersection (set (keys (first xrel))) (set (keys (first yrel))))]
       (join xrel yrel (zipmap ks ks)))
     #{}))
  ([xrel yrel km]
   (let [swap? (< (count yrel) (count xrel))
         r (if swap? yrel xrel)
         s (if swap? xrel yrel)
         k (if swap? km (map-invert km))
         idx (index r (vals k))]
     (reduce (fn [out x]
               (let [found (idx (rename-keys (select-keys x (keys k)) k))]
                 (reduce #(conj %1 (merge %2 x)) out found)))
             #{}
             s))))
