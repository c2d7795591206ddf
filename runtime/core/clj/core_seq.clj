;; clojure.core, part one: sequences made from sequences, lazily, and the
;; transducers of the same names. A step looks at a whole chunk where its
;; source comes in chunks, so that side effects come 32 at a time as they do
;; on the JVM, and the inner loop is a plain count.

(defn map
  "The sequence of (f x) for each x of coll, computed as it is looked at. With several
  collections f takes one element of each, until the shortest ends. Without a
  collection: a transducer.
    (map inc [1 2]) ;=> (2 3)
    (map + [1 2] [10 20 30]) ;=> (11 22)"
  ([f]
   (fn [rf]
     (fn
       ([] (rf))
       ([acc] (rf acc))
       ([acc x] (rf acc (f x)))
       ([acc x & more] (rf acc (apply f x more))))))
  ([f coll] (map-seq f coll))
  ([f c1 c2]
   (lazy-seq
     (let [s1 (seq c1) s2 (seq c2)]
       (when (and s1 s2)
         (cons (f (first s1) (first s2)) (map f (rest s1) (rest s2)))))))
  ([f c1 c2 c3]
   (lazy-seq
     (let [s1 (seq c1) s2 (seq c2) s3 (seq c3)]
       (when (and s1 s2 s3)
         (cons (f (first s1) (first s2) (first s3)) (map f (rest s1) (rest s2) (rest s3)))))))
  ([f c1 c2 c3 & more]
   (let [heads (fn heads [cs]
                 (lazy-seq
                   (let [ss (map seq cs)]
                     (when (every? identity ss)
                       (cons (map first ss) (heads (map rest ss)))))))]
     (map #(apply f %) (heads (list* c1 c2 c3 more))))))

(defn filter
  "The elements x of coll for which (pred x) holds. Without coll: a transducer.
    (filter odd? (range 6)) ;=> (1 3 5)"
  ([pred]
   (fn [rf]
     (fn
       ([] (rf))
       ([acc] (rf acc))
       ([acc x] (if (pred x) (rf acc x) acc)))))
  ([pred coll] (filter-seq pred coll)))

(defn remove
  "The elements x of coll for which (pred x) does not hold. Without coll: a transducer.
    (remove odd? (range 6)) ;=> (0 2 4)"
  ([pred] (filter (complement pred)))
  ([pred coll] (filter (complement pred) coll)))

(defn keep-chunk
  "The chunk of those (f x) that are not nil, for x of chunk c."
  [f c]
  (let [n (count c)
        b (chunk-buffer n)]
    (loop [i 0]
      (when (< i n)
        (let [y (f (nth c i))]
          (when (some? y)
            (chunk-append b y))
          (recur (inc i)))))
    (chunk b)))

(defn keep
  "The results (f x), for x of coll, that are not nil; false stays. Without coll: a transducer.
    (keep :a [{:a 1} {} {:a false}]) ;=> (1 false)"
  ([f]
   (fn [rf]
     (fn
       ([] (rf))
       ([acc] (rf acc))
       ([acc x] (let [y (f x)] (if (nil? y) acc (rf acc y)))))))
  ([f coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (if (chunked-seq? s)
         (chunk-cons (keep-chunk f (chunk-first s)) (keep f (chunk-rest s)))
         (let [y (f (first s))]
           (if (nil? y)
             (keep f (rest s))
             (cons y (keep f (rest s))))))))))

(defn map-indexed
  "The sequence of (f i x) for each x of coll and its position i. Without coll: a transducer.
    (map-indexed vector [:a :b]) ;=> ([0 :a] [1 :b])"
  ([f]
   (fn [rf]
     (let [i (volatile! -1)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x] (rf acc (f (vreset! i (inc @i)) x)))))))
  ([f coll]
   (let [step (fn step [i coll]
                (lazy-seq
                  (when-let [s (seq coll)]
                    (if (chunked-seq? s)
                      (let [c (chunk-first s)
                            n (count c)
                            b (chunk-buffer n)]
                        (loop [k 0]
                          (when (< k n)
                            (chunk-append b (f (+ i k) (nth c k)))
                            (recur (inc k))))
                        (chunk-cons (chunk b) (step (+ i n) (chunk-rest s))))
                      (cons (f i (first s)) (step (inc i) (rest s)))))))]
     (step 0 coll))))

(defn keep-indexed
  "The results (f i x), for each x of coll and its position i, that are not nil. Without
  coll: a transducer.
    (keep-indexed #(when (odd? %1) %2) [:a :b :c :d]) ;=> (:b :d)"
  ([f]
   (fn [rf]
     (let [i (volatile! -1)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x] (let [y (f (vreset! i (inc @i)) x)] (if (nil? y) acc (rf acc y))))))))
  ([f coll]
   (let [step (fn step [i coll]
                (lazy-seq
                  (when-let [s (seq coll)]
                    (if (chunked-seq? s)
                      (let [c (chunk-first s)
                            n (count c)
                            b (chunk-buffer n)]
                        (loop [k 0]
                          (when (< k n)
                            (let [y (f (+ i k) (nth c k))]
                              (when (some? y) (chunk-append b y)))
                            (recur (inc k))))
                        (chunk-cons (chunk b) (step (+ i n) (chunk-rest s))))
                      (let [y (f i (first s))]
                        (if (nil? y)
                          (step (inc i) (rest s))
                          (cons y (step (inc i) (rest s)))))))))]
     (step 0 coll))))

(defn concat
  "The elements of each collection in turn.
    (concat [1 2] nil '(3)) ;=> (1 2 3)"
  ([] (lazy-seq nil))
  ([a] (lazy-seq a))
  ([a b]
   (lazy-seq
     (let [s (seq a)]
       (if s
         (if (chunked-seq? s)
           (chunk-cons (chunk-first s) (concat (chunk-rest s) b))
           (cons (first s) (concat (rest s) b)))
         b))))
  ([a b & more] (joined (concat a b) more)))

(defn joined
  "The elements of xs, then those of each collection in sequence ss."
  [xs ss]
  (lazy-seq
    (let [s (seq xs)]
      (if s
        (if (chunked-seq? s)
          (chunk-cons (chunk-first s) (joined (chunk-rest s) ss))
          (cons (first s) (joined (rest s) ss)))
        (when ss
          (joined (first ss) (next ss)))))))

(defn mapcat
  "The elements of (f x) for each x of colls, joined. Without colls: a transducer.
    (mapcat range [1 2 3]) ;=> (0 0 1 0 1 2)"
  ([f] (comp (map f) cat))
  ([f & colls]
   (let [ss (seq (apply map f colls))]
     (nthnext ss 3) ; as far as Clojure looks to find the arity of concat
     (joined nil ss))))

(defn cat
  "A transducer that joins: each input is a collection whose elements go on one by one.
    (into [] cat [[1 2] [3]]) ;=> [1 2 3]"
  [rf]
  (let [inner (fn [acc x] (let [r (rf acc x)] (if (reduced? r) (reduced r) r)))]
    (fn
      ([] (rf))
      ([acc] (rf acc))
      ([acc coll] (reduce inner acc coll)))))

(defn take
  "The first n elements of coll, or all if there are fewer. Without coll: a transducer.
    (take 2 [1 2 3]) ;=> (1 2)"
  ([n]
   (fn [rf]
     (let [left (volatile! n)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (let [had @left
                has (vreset! left (dec had))
                r (if (pos? had) (rf acc x) acc)]
            (if (pos? has) r (ensure-reduced r))))))))
  ([n coll] (take-seq n coll)))

(defn take-while
  "The elements of coll up to the first for which (pred x) does not hold. Without coll: a
  transducer.
    (take-while neg? [-2 -1 0 -1]) ;=> (-2 -1)"
  ([pred]
   (fn [rf]
     (fn
       ([] (rf))
       ([acc] (rf acc))
       ([acc x] (if (pred x) (rf acc x) (reduced acc))))))
  ([pred coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (let [x (first s)]
         (when (pred x)
           (cons x (take-while pred (rest s)))))))))

(defn take-nth
  "Every nth element of coll, from the first on. Without coll: a transducer.
    (take-nth 2 (range 6)) ;=> (0 2 4)"
  ([n]
   (fn [rf]
     (let [i (volatile! -1)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x] (if (zero? (rem (vreset! i (inc @i)) n)) (rf acc x) acc))))))
  ([n coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (cons (first s) (take-nth n (drop n s)))))))

(defn drop
  "coll without its first n elements. Without coll: a transducer.
    (drop 2 [1 2 3]) ;=> (3)"
  ([n]
   (fn [rf]
     (let [left (volatile! n)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (let [k @left]
            (vreset! left (dec k))
            (if (pos? k) acc (rf acc x))))))))
  ([n coll]
   (let [step (fn [n coll]
                (loop [n n s (seq coll)]
                  (if (and (pos? n) s)
                    (recur (dec n) (next s))
                    s)))]
     (lazy-seq (step n coll)))))

(defn drop-while
  "coll from the first element on for which (pred x) does not hold. Without coll: a transducer.
    (drop-while neg? [-2 -1 0 -1]) ;=> (0 -1)"
  ([pred]
   (fn [rf]
     (let [dropping (volatile! true)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (if (and @dropping (pred x))
            acc
            (do (vreset! dropping nil)
                (rf acc x))))))))
  ([pred coll]
   (let [step (fn [pred coll]
                (loop [s (seq coll)]
                  (if (and s (pred (first s)))
                    (recur (next s))
                    s)))]
     (lazy-seq (step pred coll)))))

(defn drop-last
  "coll without its last n elements, or without the last one.
    (drop-last 2 [1 2 3]) ;=> (1)"
  ([coll] (drop-last 1 coll))
  ([n coll] (map (fn [x _] x) coll (drop n coll))))

(defn take-last
  "The last n elements of coll as a sequence, nil if there are none.
    (take-last 2 [1 2 3]) ;=> (2 3)"
  [n coll]
  (loop [s (seq coll) lead (seq (drop n coll))]
    (if lead
      (recur (next s) (next lead))
      s)))

(defn split-at
  "[(take n coll) (drop n coll)]
    (split-at 1 [1 2 3]) ;=> [(1) (2 3)]"
  [n coll]
  [(take n coll) (drop n coll)])

(defn split-with
  "[(take-while pred coll) (drop-while pred coll)]
    (split-with neg? [-1 0 -1]) ;=> [(-1) (0 -1)]"
  [pred coll]
  [(take-while pred coll) (drop-while pred coll)])

(defn repeatedly
  "The results of calling f, of no arguments, again and again: n times, or without end.
    (repeatedly 2 (constantly 1)) ;=> (1 1)"
  ([f] (lazy-seq (cons (f) (repeatedly f))))
  ([n f] (take n (repeatedly f))))

(defn interleave
  "The first of each collection, then the second of each, until the shortest ends.
    (interleave [1 2] [:a :b :c]) ;=> (1 :a 2 :b)"
  ([] ())
  ([c1] (lazy-seq c1))
  ([c1 c2]
   (lazy-seq
     (let [s1 (seq c1) s2 (seq c2)]
       (when (and s1 s2)
         (cons (first s1) (cons (first s2) (interleave (rest s1) (rest s2))))))))
  ([c1 c2 & more]
   (lazy-seq
     (let [ss (map seq (list* c1 c2 more))]
       (when (every? identity ss)
         (concat (map first ss) (apply interleave (map rest ss))))))))

(defn interpose
  "The elements of coll with sep between them. Without coll: a transducer.
    (interpose :x [1 2 3]) ;=> (1 :x 2 :x 3)"
  ([sep]
   (fn [rf]
     (let [started (volatile! false)]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (if @started
            (let [r (rf acc sep)]
              (if (reduced? r) r (rf r x)))
            (do (vreset! started true)
                (rf acc x))))))))
  ([sep coll] (drop 1 (interleave (repeat sep) coll))))

(defn partition
  "coll in pieces of n, each beginning step elements (or n) behind the last. A short end is
  dropped, or filled up from pad.
    (partition 2 (range 5)) ;=> ((0 1) (2 3))
    (partition 2 2 [:x] (range 5)) ;=> ((0 1) (2 3) (4 :x))"
  ([n coll] (partition n n coll))
  ([n step coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (let [p (doall (take n s))]
         (when (= n (count p))
           (cons p (partition n step (nthrest s step))))))))
  ([n step pad coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (let [p (doall (take n s))]
         (if (= n (count p))
           (cons p (partition n step pad (nthrest s step)))
           (list (take n (concat p pad)))))))))

(defn partition-all
  "coll in pieces of n, each beginning step elements (or n) behind the last; the last may be
  short. Without coll: a transducer.
    (partition-all 2 (range 5)) ;=> ((0 1) (2 3) (4))"
  ([n]
   (fn [rf]
     (let [part (volatile! [])]
       (fn
         ([] (rf))
         ([acc]
          (let [p @part]
            (vreset! part [])
            (rf (if (= 0 (count p)) acc (unreduced (rf acc p))))))
         ([acc x]
          (let [p (conj @part x)]
            (if (= n (count p))
              (do (vreset! part [])
                  (rf acc p))
              (do (vreset! part p)
                  acc))))))))
  ([n coll] (partition-all n n coll))
  ([n step coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (let [p (doall (take n s))]
         (cons p (partition-all n step (nthrest s step))))))))

(defn partition-by
  "coll split where (f x) changes. Without coll: a transducer.
    (partition-by odd? [1 3 2 5]) ;=> ((1 3) (2) (5))"
  ([f]
   (fn [rf]
     (let [part (volatile! [])
           last-key (volatile! part)]
       (fn
         ([] (rf))
         ([acc]
          (let [p @part]
            (vreset! part [])
            (rf (if (= 0 (count p)) acc (unreduced (rf acc p))))))
         ([acc x]
          (let [before @last-key
                k (f x)]
            (vreset! last-key k)
            (if (or (identical? before part) (= before k))
              (do (vreset! part (conj @part x))
                  acc)
              (let [p @part
                    r (rf acc p)]
                (vreset! part (if (reduced? r) [] [x]))
                r))))))))
  ([f coll]
   (lazy-seq
     (when-let [s (seq coll)]
       (let [x (first s)
             k (f x)
             run (cons x (take-while #(= k (f %)) (next s)))]
         (cons run (partition-by f (lazy-seq (drop (count run) s)))))))))

(defn distinct
  "The elements of coll, each only once. Without coll: a transducer.
    (distinct [1 2 1 3 2]) ;=> (1 2 3)"
  ([]
   (fn [rf]
     (let [seen (volatile! #{})]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (if (contains? @seen x)
            acc
            (do (vreset! seen (conj @seen x))
                (rf acc x))))))))
  ([coll]
   (let [step (fn step [coll seen]
                (lazy-seq
                  (loop [s (seq coll)]
                    (when s
                      (let [x (first s)]
                        (if (contains? seen x)
                          (recur (next s))
                          (cons x (step (rest s) (conj seen x)))))))))]
     (step coll #{}))))

(defn dedupe
  "The elements of coll without those equal to the one before them. Without coll: a transducer.
    (dedupe [1 1 2 1]) ;=> (1 2 1)"
  ([]
   (fn [rf]
     (let [before (volatile! (volatile! nil))]
       (fn
         ([] (rf))
         ([acc] (rf acc))
         ([acc x]
          (let [y @before]
            (vreset! before x)
            (if (= x y) acc (rf acc x))))))))
  ([coll] (sequence (dedupe) coll)))

(defn replace
  "coll with each element that is a key of smap replaced by its value; a vector stays one.
  Without coll: a transducer.
    (replace {1 :one} [1 2]) ;=> [:one 2]"
  ([smap] (map #(if-let [e (find smap %)] (val e) %)))
  ([smap coll]
   (let [f #(if-let [e (find smap %)] (val e) %)]
     (if (vector? coll)
       (into [] (map f) coll)
       (map f coll)))))

(defn random-sample
  "Each element of coll with probability prob. Without coll: a transducer."
  ([prob] (filter (fn [_] (< (rand) prob))))
  ([prob coll] (filter (fn [_] (< (rand) prob)) coll)))

(defn reductions
  "The results that reduce goes through, beginning with init or the first element.
    (reductions + [1 2 3]) ;=> (1 3 6)"
  ([f coll]
   (lazy-seq
     (if-let [s (seq coll)]
       (reductions f (first s) (rest s))
       (list (f)))))
  ([f init coll]
   (if (reduced? init)
     (list @init)
     (cons init
           (lazy-seq
             (when-let [s (seq coll)]
               (reductions f (f init (first s)) (rest s))))))))

(defn tree-seq
  "The nodes of a tree from root on, depth first, parents before children. Where (branch? node)
  holds, (children node) are its children.
    (tree-seq vector? seq [1 [2]]) ;=> ([1 [2]] 1 [2] 2)"
  [branch? children root]
  (let [walk (fn walk [node]
               (lazy-seq
                 (cons node
                       (when (branch? node)
                         (mapcat walk (children node))))))]
    (walk root)))

(defn flatten
  "The leaves of nested sequential collections, in order.
    (flatten [1 [2 (list 3 [4])]]) ;=> (1 2 3 4)"
  [x]
  (filter #(not (sequential? %)) (rest (tree-seq sequential? seq x))))

(defn xml-seq
  "The nodes of a tree of elements that have :content, depth first."
  [root]
  (tree-seq (complement string?) #(seq (:content %)) root))

(defn line-seq
  "The lines that reader rdr has, as a sequence that reads as it is looked at."
  [rdr]
  (when-let [line (.readLine rdr)]
    (cons line (lazy-seq (line-seq rdr)))))

(defn iterator-seq
  "The elements of a host iterator as a sequence."
  [it]
  (lazy-seq
    (when (.hasNext it)
      (cons (.next it) (iterator-seq it)))))

(defn enumeration-seq
  "The elements of a host enumeration as a sequence."
  [e]
  (lazy-seq
    (when (.hasMoreElements e)
      (cons (.nextElement e) (enumeration-seq e)))))
