;; clojure.core, part two: what goes through a sequence at once, to one value.

(defn reduce
  "Puts init and the first element of coll through f, the result and the second, and so on; the
  last result. Without init begins with the first two elements: one element is itself the
  result, for none f is called without arguments. A result (reduced x) ends it with x.
    (reduce + [1 2 3]) ;=> 6
    (reduce conj () [1 2 3]) ;=> (3 2 1)"
  ([f coll]
   (if (seqable? coll)
     (let [s (seq coll)]
       (if s
         (reduce-seq f (first s) (next s))
         (f)))
     (clojure.core.protocols/coll-reduce coll f)))
  ([f init coll]
   (if (seqable? coll)
     (reduce-seq f init (seq coll))
     (clojure.core.protocols/coll-reduce coll f init))))

(defn reduce-kv
  "Puts init, and each key and value of map coll (or index and element of a vector) through f.
    (reduce-kv (fn [m k v] (assoc m v k)) {} {:a 1}) ;=> {1 :a}"
  [f init coll]
  (if (vector? coll)
    (let [n (count coll)]
      (loop [i 0 acc init]
        (if (< i n)
          (let [r (f acc i (nth coll i))]
            (if (reduced? r)
              (unreduced r)
              (recur (inc i) r)))
          acc)))
    (loop [s (seq coll) acc init]
      (if s
        (let [e (first s)
              r (f acc (key e) (val e))]
          (if (reduced? r)
            (unreduced r)
            (recur (next s) r)))
        acc))))

(defn completing
  "f as a reducing function of a transduction: its result is put through cf (or left) at the end.
    (transduce (map inc) (completing + str) 0 [1 2]) ;=> \"5\""
  ([f] (completing f identity))
  ([f cf]
   (fn
     ([] (f))
     ([acc] (cf acc))
     ([acc x] (f acc x)))))

(defn transduce
  "reduce with f changed by transducer xform, and completed: (f) is the start without init.
    (transduce (map inc) + [1 2 3]) ;=> 9"
  ([xform f coll] (transduce xform f (f) coll))
  ([xform f init coll]
   (let [step (xform f)]
     (step (reduce step init coll)))))

(defn editable?
  "Whether coll has a transient form.
    (editable? ()) ;=> false"
  [coll]
  (and (or (vector? coll) (map? coll) (set? coll))
       (not (sorted? coll))
       (not (record? coll))))

(defn into-editable
  "The elements of from, put through xform if it is not nil, added to the collection to by way
  of a transient; the metadata of to stays."
  [to xform from]
  (let [made (persistent!
               (if xform
                 (transduce xform conj! (transient to) from)
                 (reduce conj! (transient to) from)))]
    (if-let [m (meta to)] (with-meta made m) made)))

(defn into
  "to with the elements of from added, put through transducer xform if there is one.
    (into [1] '(2 3)) ;=> [1 2 3]
    (into #{} (map inc) [1 1]) ;=> #{2}"
  ([] [])
  ([to] to)
  ([to from]
   (if (editable? to)
     (into-editable to nil from)
     (reduce conj to from)))
  ([to xform from]
   (if (editable? to)
     (into-editable to xform from)
     (transduce xform conj to from))))

(defn halt-when
  "A transducer that ends at the first input for which pred holds: with (retf result input), or
  with that input.
    (transduce (halt-when neg?) conj [1 2 -5 3]) ;=> -5"
  ([pred] (halt-when pred nil))
  ([pred retf]
   (fn [rf]
     (fn
       ([] (rf))
       ([acc]
        (if (and (map? acc) (contains? acc ::halt))
          (::halt acc)
          (rf acc)))
       ([acc x]
        (if (pred x)
          (reduced {::halt (if retf (retf (rf acc) x) x)})
          (rf acc x)))))))

(defn fill-buffer
  "Feeds rf from the sequence in volatile in until volatile out, which it fills, holds an element
  or the source has ended; then in holds nil, and whether out holds any is the result."
  [rf in out]
  (loop []
    (if (pos? (count @out))
      true
      (let [s @in]
        (if (nil? s)
          false
          (let [s (seq s)]
            (if (and s (not (reduced? (rf nil (first s)))))
              (vreset! in (rest s))
              (do (vreset! in nil)
                  (rf nil)))
            (recur)))))))

(defn transform-seq
  "The lazy sequence of what transducer xform makes of coll, n elements at a time; nil if nothing."
  [n xform coll]
  (let [in (volatile! (if (nil? coll) () coll))
        out (volatile! [])
        rf (xform (fn ([acc] acc) ([acc x] (vreset! out (conj @out x)) acc)))
        more (fn [got]
               (if (and (< (count got) n) (fill-buffer rf in out))
                 (let [x @out]
                   (vreset! out [])
                   (recur (into got x)))
                 got))
        step (fn step [todo]
               (lazy-seq
                 (let [got (more todo)
                       k (min n (count got))
                       b (chunk-buffer k)]
                   (loop [i 0]
                     (when (< i k)
                       (chunk-append b (nth got i))
                       (recur (inc i))))
                   (chunk-cons (chunk b)
                               (let [left (subvec got k)]
                                 (when (or (pos? (count left)) (fill-buffer rf in out))
                                   (step left)))))))]
    (when (fill-buffer rf in out)
      (step []))))

(defn sequence
  "coll as a sequence that is never nil; with a transducer, the lazy sequence of what it makes of
  the elements of coll, or of the first, second ... elements of several collections.
    (sequence (filter odd?) (range 6)) ;=> (1 3 5)
    (sequence nil) ;=> ()"
  ([coll]
   (if (seq? coll) coll (or (seq coll) ())))
  ([xform coll]
   (or (transform-seq 32 xform coll) ()))
  ([xform coll & colls]
   (let [spread (fn [rf]
                  (fn
                    ([] (rf))
                    ([acc] (rf acc))
                    ([acc xs] (apply rf acc xs))))]
     (or (transform-seq 32 (comp spread xform) (apply map list coll colls)) ()))))

(defn eduction
  "What the transducers xforms, joined, make of coll: a sequence that computes an element at a time.
    (eduction (map inc) [1 2]) ;=> (2 3)"
  [& xforms]
  (let [xform (apply comp (butlast xforms))
        coll (last xforms)]
    (lazy-seq (transform-seq 1 xform coll))))

(defn run!
  "Calls (proc x) for each x of coll, for its effects; nil.
    (run! identity [1 2]) ;=> nil"
  [proc coll]
  (reduce (fn [_ x] (proc x)) nil coll)
  nil)

(defn dorun
  "Walks through lazy coll, or its first n elements, for its effects; nil."
  ([coll]
   (loop [s (seq coll)]
     (when s
       (recur (next s)))))
  ([n coll]
   (loop [n n s (seq coll)]
     (when (and s (pos? n))
       (recur (dec n) (next s))))))

(defn doall
  "coll, with all its elements, or its first n, computed.
    (doall (map inc [1 2])) ;=> (2 3)"
  ([coll]
   (dorun coll)
   coll)
  ([n coll]
   (dorun n coll)
   coll))

(defn every?
  "Whether (pred x) holds for all x of coll.
    (every? odd? [1 3]) ;=> true"
  [pred coll]
  (loop [s (seq coll)]
    (if s
      (if (pred (first s))
        (recur (next s))
        false)
      true)))

(defn not-every?
  "Whether (pred x) fails for some x of coll.
    (not-every? odd? [1 2]) ;=> true"
  [pred coll]
  (not (every? pred coll)))

(defn some
  "The first (pred x), for x of coll, that is neither nil nor false; nil if there is none.
    (some #{2 3} [1 2 3]) ;=> 2"
  [pred coll]
  (loop [s (seq coll)]
    (when s
      (or (pred (first s))
          (recur (next s))))))

(defn not-any?
  "Whether (pred x) holds for no x of coll.
    (not-any? odd? [2 4]) ;=> true"
  [pred coll]
  (not (some pred coll)))

(defn mapv
  "The vector of (f x) for each x of coll; with several collections as map.
    (mapv inc [1 2]) ;=> [2 3]"
  ([f coll]
   (persistent! (reduce (fn [v x] (conj! v (f x))) (transient []) coll)))
  ([f c1 c2] (into [] (map f c1 c2)))
  ([f c1 c2 c3] (into [] (map f c1 c2 c3)))
  ([f c1 c2 c3 & more] (into [] (apply map f c1 c2 c3 more))))

(defn filterv
  "The vector of the x of coll for which (pred x) holds.
    (filterv odd? [1 2 3]) ;=> [1 3]"
  [pred coll]
  (persistent! (reduce (fn [v x] (if (pred x) (conj! v x) v)) (transient []) coll)))

(defn nthrest
  "What is left of coll behind its first n elements; coll itself for 0.
    (nthrest [1 2 3] 2) ;=> (3)"
  [coll n]
  (loop [n n xs coll]
    (if-let [s (and (pos? n) (seq xs))]
      (recur (dec n) (rest s))
      xs)))

(defn nthnext
  "What is left of coll behind its first n elements as a sequence, nil if nothing.
    (nthnext [1 2 3] 3) ;=> nil"
  [coll n]
  (loop [n n s (seq coll)]
    (if (and s (pos? n))
      (recur (dec n) (next s))
      s)))

(defn last
  "The last element of coll, found by walking through it.
    (last [1 2 3]) ;=> 3"
  [coll]
  (loop [s coll]
    (let [n (next s)]
      (if n
        (recur n)
        (first s)))))

(defn butlast
  "coll without its last element as a sequence, nil if nothing is left.
    (butlast [1 2 3]) ;=> (1 2)"
  [coll]
  (loop [v [] s (seq coll)]
    (if (next s)
      (recur (conj v (first s)) (next s))
      (seq v))))

(defn bounded-count
  "The number of elements of coll, counting no further than n where it must walk.
    (bounded-count 3 (iterate inc 0)) ;=> 3"
  [n coll]
  (if (counted? coll)
    (count coll)
    (loop [i 0 s (seq coll)]
      (if (and s (< i n))
        (recur (inc i) (next s))
        i))))

(defn group-by
  "The map from each (f x) to the vector of the x of coll that have it.
    (group-by odd? [1 2 3]) ;=> {true [1 3], false [2]}"
  [f coll]
  (persistent!
    (reduce (fn [m x]
              (let [k (f x)]
                (assoc! m k (conj (get m k []) x))))
            (transient {})
            coll)))

(defn frequencies
  "The map from each element of coll to how often it is there.
    (frequencies [:a :b :a]) ;=> {:a 2, :b 1}"
  [coll]
  (persistent!
    (reduce (fn [m x] (assoc! m x (inc (get m x 0))))
            (transient {})
            coll)))

(defn zipmap
  "The map of the keys to the vals, one by one.
    (zipmap [:x :y] [1 2 3]) ;=> {:x 1, :y 2}"
  [keys vals]
  (loop [m (transient {}) ks (seq keys) vs (seq vals)]
    (if (and ks vs)
      (recur (assoc! m (first ks) (first vs)) (next ks) (next vs))
      (persistent! m))))

(defn sort-by
  "The elements x of coll sorted by (keyfn x), by compare or comparator comp; equal ones keep
  their order.
    (sort-by count [\"aaa\" \"b\"]) ;=> (\"b\" \"aaa\")"
  ([keyfn coll] (sort (fn [x y] (compare (keyfn x) (keyfn y))) coll))
  ([keyfn comp coll] (sort (fn [x y] (comp (keyfn x) (keyfn y))) coll)))

(defn max-key
  "That x for which (k x), a number, is greatest; the last such.
    (max-key count [1] [1 2]) ;=> [1 2]"
  ([k x] x)
  ([k x y] (if (> (k x) (k y)) x y))
  ([k x y & more]
   (loop [best (max-key k x y) s more]
     (if s
       (recur (max-key k best (first s)) (next s))
       best))))

(defn min-key
  "That x for which (k x), a number, is least; the last such.
    (min-key count [1] [1 2]) ;=> [1]"
  ([k x] x)
  ([k x y] (if (< (k x) (k y)) x y))
  ([k x y & more]
   (loop [best (min-key k x y) s more]
     (if s
       (recur (min-key k best (first s)) (next s))
       best))))

(defn iteration
  "What comes in pages: a seqable and reducible value. (step k) gives the page of token k, first
  of :initk; (:somef page) tells whether there is one, (:vf page) is what it holds, (:kf page) the
  token of the next, nil if none.
    (seq (iteration #(when (< % 3) %) :initk 0 :kf inc)) ;=> (0 1 2)"
  [step & {:keys [somef vf kf initk] :or {vf identity kf identity somef some?}}]
  (let [from (fn from [page]
               (lazy-seq
                 (when (somef page)
                   (cons (vf page)
                         (let [k (kf page)]
                           (when (some? k)
                             (lazy-seq (from (step k)))))))))]
    (lazy-seq (from (step initk)))))

(defn replicate
  "n times x; repeat is its newer name.
    (replicate 2 1) ;=> (1 1)"
  [n x]
  (take n (repeat x)))
