;; clojure.core, part zero: functions made from functions, maps inside maps,
;; and what is left.

(defn constantly
  "A function that takes any arguments and gives x.
    ((constantly 7) 1 2) ;=> 7"
  [x]
  (fn [& _] x))

(defn complement
  "A function that gives true where f gives nil or false, and false elsewhere.
    ((complement even?) 3) ;=> true"
  [f]
  (fn
    ([] (not (f)))
    ([x] (not (f x)))
    ([x y] (not (f x y)))
    ([x y & more] (not (apply f x y more)))))

(defn comp
  "The functions one after another, the last first.
    ((comp inc count) [1 2]) ;=> 3"
  ([] identity)
  ([f] f)
  ([f g]
   (fn
     ([] (f (g)))
     ([x] (f (g x)))
     ([x y] (f (g x y)))
     ([x y z] (f (g x y z)))
     ([x y z & more] (f (apply g x y z more)))))
  ([f g & more]
   (loop [h (comp f g) s more]
     (if s
       (recur (comp h (first s)) (next s))
       h))))

(defn partial
  "f with its first arguments given.
    ((partial + 10) 5) ;=> 15"
  ([f] f)
  ([f a]
   (fn
     ([] (f a))
     ([x] (f a x))
     ([x y] (f a x y))
     ([x y z] (f a x y z))
     ([x y z & more] (apply f a x y z more))))
  ([f a b]
   (fn
     ([] (f a b))
     ([x] (f a b x))
     ([x y] (f a b x y))
     ([x y z] (f a b x y z))
     ([x y z & more] (apply f a b x y z more))))
  ([f a b c]
   (fn
     ([] (f a b c))
     ([x] (f a b c x))
     ([x y] (f a b c x y))
     ([x y z] (f a b c x y z))
     ([x y z & more] (apply f a b c x y z more))))
  ([f a b c & more]
   (fn [& args] (apply f a b c (concat more args)))))

(defn juxt
  "A function that gives the vector of what each of fs gives.
    ((juxt inc dec) 5) ;=> [6 4]"
  ([f]
   (fn
     ([] [(f)])
     ([x] [(f x)])
     ([x y] [(f x y)])
     ([x y & more] [(apply f x y more)])))
  ([f g]
   (fn
     ([] [(f) (g)])
     ([x] [(f x) (g x)])
     ([x y] [(f x y) (g x y)])
     ([x y & more] [(apply f x y more) (apply g x y more)])))
  ([f g & more]
   (let [fs (list* f g more)]
     (fn
       ([] (reduce #(conj %1 (%2)) [] fs))
       ([x] (reduce #(conj %1 (%2 x)) [] fs))
       ([x & args] (reduce #(conj %1 (apply %2 x args)) [] fs))))))

(defn fnil
  "f with defaults for its first one, two or three arguments where they are nil.
    ((fnil inc 0) nil) ;=> 1"
  ([f a]
   (fn
     ([x] (f (if (nil? x) a x)))
     ([x y] (f (if (nil? x) a x) y))
     ([x y z] (f (if (nil? x) a x) y z))
     ([x y z & more] (apply f (if (nil? x) a x) y z more))))
  ([f a b]
   (fn
     ([x y] (f (if (nil? x) a x) (if (nil? y) b y)))
     ([x y z] (f (if (nil? x) a x) (if (nil? y) b y) z))
     ([x y z & more] (apply f (if (nil? x) a x) (if (nil? y) b y) z more))))
  ([f a b c]
   (fn
     ([x y] (f (if (nil? x) a x) (if (nil? y) b y)))
     ([x y z] (f (if (nil? x) a x) (if (nil? y) b y) (if (nil? z) c z)))
     ([x y z & more] (apply f (if (nil? x) a x) (if (nil? y) b y) (if (nil? z) c z) more)))))

(defn every-pred
  "A function that tells whether all of preds hold for all of its arguments.
    ((every-pred odd? pos?) 3 5) ;=> true"
  [& preds]
  (fn [& xs]
    (every? (fn [x] (every? #(% x) preds)) xs)))

(defn some-fn
  "A function that gives the first of (p x) that is neither nil nor false, for each of its
  arguments x and each p of preds; else what the last gave.
    ((some-fn even? neg?) 3) ;=> false"
  [& preds]
  (fn
    ([] nil)
    ([x]
     (loop [s preds]
       (let [r ((first s) x)]
         (if (or r (nil? (next s)))
           r
           (recur (next s))))))
    ([x & more]
     (let [f (apply some-fn preds)]
       (loop [s (cons x more)]
         (let [r (f (first s))]
           (if (or r (nil? (next s)))
             r
             (recur (next s)))))))))

(defn memoize
  "f with a memory: for arguments that it has had it gives the result that it gave.
    ((memoize inc) 1) ;=> 2"
  [f]
  (let [known (atom {})]
    (fn [& args]
      (if-let [e (find @known args)]
        (val e)
        (let [r (apply f args)]
          (swap! known assoc args r)
          r)))))

(defn trampoline
  "Calls f, and as long as the result is a function, that without arguments.
    (trampoline (fn [] #(identity 1))) ;=> 1"
  ([f]
   (loop [r (f)]
     (if (fn? r)
       (recur (r))
       r)))
  ([f & args] (trampoline #(apply f args))))

(defn get-in
  "What nested collections have at the end of a path of keys; nil or default if nothing.
    (get-in {:x [{:y 5}]} [:x 0 :y]) ;=> 5"
  ([m ks]
   (loop [m m s (seq ks)]
     (if s
       (recur (get m (first s)) (next s))
       m)))
  ([m ks default]
   (let [none (volatile! nil)]
     (loop [m m s (seq ks)]
       (if s
         (let [x (get m (first s) none)]
           (if (identical? x none)
             default
             (recur x (next s))))
         m)))))

(defn assoc-in
  "Nested map m with v at the end of a path of keys; maps that lack on the way are made.
    (assoc-in {} [:x :y] 1) ;=> {:x {:y 1}}"
  [m [k & ks] v]
  (if ks
    (assoc m k (assoc-in (get m k) ks v))
    (assoc m k v)))

(defn update
  "Map m with (f old-value args...) at key k.
    (update {:a 1} :a + 10) ;=> {:a 11}"
  ([m k f] (assoc m k (f (get m k))))
  ([m k f a] (assoc m k (f (get m k) a)))
  ([m k f a b] (assoc m k (f (get m k) a b)))
  ([m k f a b c] (assoc m k (f (get m k) a b c)))
  ([m k f a b c & more] (assoc m k (apply f (get m k) a b c more))))

(defn update-in
  "Nested map m with (f old-value args...) at the end of a path of keys.
    (update-in {:a {:b 1}} [:a :b] inc) ;=> {:a {:b 2}}"
  [m ks f & args]
  (let [up (fn up [m [k & ks]]
             (if ks
               (assoc m k (up (get m k) ks))
               (assoc m k (apply f (get m k) args))))]
    (up m ks)))

(defn merge
  "The first map with the entries of the others added; the last of equal keys wins.
    (merge {:a 1} {:b 2} {:a 3}) ;=> {:a 3, :b 2}"
  [& maps]
  (when (some identity maps)
    (reduce #(conj (or %1 {}) %2) maps)))

(defn merge-with
  "As merge, but the values of equal keys are put through f.
    (merge-with + {:a 1} {:a 2 :b 3}) ;=> {:a 3, :b 3}"
  [f & maps]
  (when (some identity maps)
    (let [add (fn [m e]
                (let [k (key e) v (val e)]
                  (if (contains? m k)
                    (assoc m k (f (get m k) v))
                    (assoc m k v))))]
      (reduce (fn [m1 m2] (reduce add (or m1 {}) (seq m2))) maps))))

(defn select-keys
  "Map m with only those of the keys ks that it has.
    (select-keys {:a 1 :b 2} [:a :z]) ;=> {:a 1}"
  [m ks]
  (with-meta
    (reduce (fn [r k] (if-let [e (find m k)] (conj r e) r)) {} ks)
    (meta m)))

(defn update-vals
  "Map m with (f v) in place of each value v.
    (update-vals {:a 1} inc) ;=> {:a 2}"
  [m f]
  (with-meta
    (persistent!
      (reduce-kv (fn [r k v] (assoc! r k (f v)))
                 (if (editable? m) (transient m) (transient {}))
                 m))
    (meta m)))

(defn update-keys
  "Map m with (f k) in place of each key k.
    (update-keys {:a 1} name) ;=> {\"a\" 1}"
  [m f]
  (with-meta
    (persistent! (reduce-kv (fn [r k v] (assoc! r (f k) v)) (transient {}) m))
    (meta m)))

(defn key-test
  "Whether (test (compare (key of entry) k) 0) holds, as a function of an entry of sorted sc."
  [sc test k]
  (let [cmp (comparator-of sc)
        of (if (map? sc) key identity)]
    (fn [entry]
      (let [x (of entry)
            r (cmp x k)]
        (test (cond
                (true? r) -1
                (false? r) (if (cmp k x) 1 0)
                :else r)
              0)))))

(defn entries-from
  "The entries of sorted sc, up or down, from the first on for which the test with key k holds."
  [sc up? test k]
  (let [s (sorted-from sc k up?)]
    (if (or (nil? s) ((key-test sc test k) (first s)))
      s
      (next s))))

(defn subseq
  "The entries of sorted collection sc whose keys k satisfy (test k key), or both tests.
    (subseq (sorted-set 1 2 3) > 1) ;=> (2 3)"
  ([sc test key]
   (if (or (identical? test >) (identical? test >=))
     (entries-from sc true test key)
     (seq (take-while (key-test sc test key) (seq sc)))))
  ([sc start-test start-key end-test end-key]
   (seq (take-while (key-test sc end-test end-key)
                    (entries-from sc true start-test start-key)))))

(defn rsubseq
  "As subseq, from the greatest key to the least.
    (rsubseq (sorted-set 1 2 3) <= 2) ;=> (2 1)"
  ([sc test key]
   (if (or (identical? test <) (identical? test <=))
     (entries-from sc false test key)
     (seq (take-while (key-test sc test key) (rseq sc)))))
  ([sc start-test start-key end-test end-key]
   (seq (take-while (key-test sc start-test start-key)
                    (entries-from sc false end-test end-key)))))

(defn comparator
  "A comparator that puts x before y where (pred x y) holds.
    ((comparator >) 1 2) ;=> 1"
  [pred]
  (fn [x y]
    (cond (pred x y) -1 (pred y x) 1 :else 0)))

(defn pmap
  "As map, with each (f x) computed in a future; a few run ahead of what is looked at."
  ([f coll]
   (let [rets (map #(future (f %)) coll)
         step (fn step [xs ahead]
                (lazy-seq
                  (if-let [s (seq ahead)]
                    (cons (deref (first xs)) (step (rest xs) (rest s)))
                    (map deref xs))))]
     (step rets (drop 6 rets))))
  ([f coll & colls]
   (pmap #(apply f %) (apply map vector coll colls))))

(defn pcalls
  "The results of calling each of fs, which take no arguments, in futures of their own."
  [& fs]
  (pmap #(%) fs))

(defn with-redefs-fn
  "Calls f, of no arguments, with the roots of vars set as map bindings says; then they are set
  back, whatever happened."
  [bindings f]
  (let [olds (volatile! {})
        put (fn [[v x]]
              (alter-var-root v (fn [old]
                                  (vreset! olds (assoc @olds v old))
                                  x)))]
    (try
      (run! put bindings)
      (f)
      (finally
        (run! (fn [[v old]] (alter-var-root v (constantly old))) @olds)))))

(defn with-bindings*
  "Calls f with args while the vars in map bindings are bound as it says."
  [bindings f & args]
  (push-thread-bindings bindings)
  (try
    (apply f args)
    (finally (pop-thread-bindings))))

(defn bound-fn*
  "f, run with the bindings that are in force now, wherever it is called."
  [f]
  (let [bindings (get-thread-bindings)]
    (fn [& args]
      (apply with-bindings* bindings f args))))

(def taps
  "The functions that tap> calls with each value."
  (atom #{}))

(defn add-tap
  "Has f called with each value that tap> is given."
  [f]
  (swap! taps conj f)
  nil)

(defn remove-tap
  "Undoes add-tap."
  [f]
  (swap! taps disj f)
  nil)

(defn tap>
  "Gives x to each function that was added with add-tap; true."
  [x]
  (run! #(% x) @taps)
  true)

(defn clojure-version
  "The version of Clojure that this one is like, as a string.
    (clojure-version) ;=> \"1.11.1\""
  []
  (let [{:keys [major minor incremental qualifier]} *clojure-version*]
    (str major "." minor "." incremental (when qualifier (str "-" qualifier)))))

(defn agents-done
  "A promise that is filled when each of agents has done what was sent to it before."
  [agents]
  (io! "await in transaction"
    (when *agent* (throw (Exception. "Can't await in agent action")))
    (let [left (atom (count agents))
          done (promise)]
      (when (empty? agents) (deliver done true))
      (doseq [a agents]
        (send a (fn [state]
                  (when (zero? (swap! left dec)) (deliver done true))
                  state)))
      done)))

(defn await
  "Waits until each of agents has done the actions that were sent to it so far.
    (let [a (agent 1)] (send a inc) (await a) @a) ;=> 2"
  [& agents]
  @(agents-done agents)
  nil)

(defn await-for
  "As await, at most timeout-ms milliseconds; false if that is over before.
    (let [a (agent 1)] (send a inc) (await-for 1000 a)) ;=> true"
  [timeout-ms & agents]
  (deref (agents-done agents) timeout-ms false))
