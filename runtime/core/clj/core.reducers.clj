;; clojure.core.reducers: collections that are transformed while they are
;; reduced. A transformation is a transducer; fold reduces in one go, as there
;; are no threads to share the work with.

(defn reduce
  "As clojure.core/reduce, with (f) as the start if there is none; a map is reduced by f of three
  arguments, as by reduce-kv.
    (clojure.core.reducers/reduce + (clojure.core.reducers/map inc [1 2 3])) ;=> 9"
  ([f coll] (reduce f (f) coll))
  ([f init coll]
   (if (map? coll)
     (clojure.core/reduce-kv f init coll)
     (clojure.core/reduce f init coll))))

(defn folder
  "The collection coll, whose elements go through the transformation xform of reducing functions
  when it is reduced or folded.
    (into [] (clojure.core.reducers/folder [1 2] (clojure.core/map inc))) ;=> [2 3]"
  [coll xform]
  (reify clojure.core.protocols/CollReduce
    (coll-reduce [this f] (clojure.core.protocols/coll-reduce this f (f)))
    (coll-reduce [_ f init]
      (reduce (xform (fn ([acc] acc) ([acc x] (f acc x)) ([acc k v] (f acc k v)))) init coll))))

(defn reducer
  "As folder, for a transformation that depends on the order of the elements.
    (into [] (clojure.core.reducers/reducer [1 2 3] (clojure.core/take 2))) ;=> [1 2]"
  [coll xform]
  (folder coll xform))

(defn fold
  "Reduces coll with reducef, from (combinef). n, the size of the parts that the real one reduces
  in parallel, changes nothing.
    (clojure.core.reducers/fold + (range 10)) ;=> 45"
  ([reducef coll] (fold reducef reducef coll))
  ([combinef reducef coll] (fold 512 combinef reducef coll))
  ([n combinef reducef coll] (reduce reducef (combinef) coll)))

(defn monoid
  "A function for fold that combines with op and starts from (ctor).
    (clojure.core.reducers/fold (clojure.core.reducers/monoid + (constantly 1)) [1 2]) ;=> 4"
  [op ctor]
  (fn ([] (ctor)) ([a b] (op a b))))

(defn map
  "coll with f applied to each element when it is reduced; without coll, what makes such of one.
    (into [] (clojure.core.reducers/map inc [1 2])) ;=> [2 3]"
  ([f] (fn [coll] (map f coll)))
  ([f coll]
   (folder coll (fn [step] (fn ([acc] (step acc)) ([acc x] (step acc (f x))) ([acc k v] (step acc (f k v))))))))

(defn mapcat
  "coll with the elements of (f element) in the place of each.
    (into [] (clojure.core.reducers/mapcat range [2 3])) ;=> [0 1 0 1 2]"
  ([f] (fn [coll] (mapcat f coll)))
  ([f coll]
   (folder coll (fn [step]
                  (let [inner (fn [acc x] (let [r (step acc x)] (if (reduced? r) (reduced r) r)))]
                    (fn ([acc] (step acc))
                        ([acc x] (reduce inner acc (f x)))
                        ([acc k v] (reduce inner acc (f k v)))))))))

(defn filter
  "The elements of coll for which pred holds.
    (into [] (clojure.core.reducers/filter even? (range 5))) ;=> [0 2 4]"
  ([pred] (fn [coll] (filter pred coll)))
  ([pred coll]
   (folder coll (fn [step]
                  (fn ([acc] (step acc))
                      ([acc x] (if (pred x) (step acc x) acc))
                      ([acc k v] (if (pred k v) (step acc k v) acc)))))))

(defn remove
  "The elements of coll for which pred does not hold.
    (into [] (clojure.core.reducers/remove even? (range 5))) ;=> [1 3]"
  ([pred] (fn [coll] (remove pred coll)))
  ([pred coll] (filter (complement pred) coll)))

(defn flatten
  "The elements of coll that are not sequential, and those of its parts that are, at any depth.
    (into [] (clojure.core.reducers/flatten [1 [2 [3]]])) ;=> [1 2 3]"
  ([] flatten)
  ([coll]
   (folder coll (fn [step]
                  (fn ([acc] (step acc))
                      ([acc x]
                       (if (sequential? x)
                         (reduce (fn [acc y] (let [r (step acc y)] (if (reduced? r) (reduced r) r))) acc (flatten x))
                         (step acc x))))))))

(defn take-while
  "The elements of coll before the first for which pred does not hold.
    (into [] (clojure.core.reducers/take-while pos? [1 2 0 3])) ;=> [1 2]"
  ([pred] (fn [coll] (take-while pred coll)))
  ([pred coll] (reducer coll (clojure.core/take-while pred))))

(defn take
  "The first n elements of coll.
    (into [] (clojure.core.reducers/take 2 (range 9))) ;=> [0 1]"
  ([n] (fn [coll] (take n coll)))
  ([n coll] (reducer coll (clojure.core/take n))))

(defn drop
  "coll without its first n elements.
    (into [] (clojure.core.reducers/drop 2 (range 4))) ;=> [2 3]"
  ([n] (fn [coll] (drop n coll)))
  ([n coll] (reducer coll (clojure.core/drop n))))

(defn cat
  "The elements of left and then those of right; with one argument, a function for fold that makes
  an empty collection by (ctor).
    (into [] (clojure.core.reducers/cat [1] [2 3])) ;=> [1 2 3]"
  ([] [])
  ([ctor] (fn ([] (ctor)) ([left right] (cat left right))))
  ([left right]
   (cond
     (zero? (count left)) right
     (zero? (count right)) left
     :else (into (vec left) right))))

(defn append!
  "acc with x behind it: a reducing function that cat combines.
    (clojure.core.reducers/append! [1] 2) ;=> [1 2]"
  [acc x]
  (conj acc x))

(defn foldcat
  "All elements of coll, as a vector.
    (clojure.core.reducers/foldcat (clojure.core.reducers/map inc [1 2])) ;=> [2 3]"
  [coll]
  (fold cat append! coll))
