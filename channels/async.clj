;; The part of core.async that is written in the language. Names that
;; clojure.core has, too (map, take, reduce, into, merge ...), are those of
;; this namespace here unless they say clojure.core.

(defn pipe
  "Moves what comes from the channel from into the channel to, and closes to
  when from closes, unless close? is false. It stops when to is closed. Gives to.
    (let [to (chan 3)] (pipe (to-chan! [1 2]) to) (<!! (clojure.core.async/into [] to))) ;=> [1 2]"
  ([from to] (pipe from to true))
  ([from to close?]
   (go-loop []
     (let [v (<! from)]
       (if (nil? v)
         (when close? (close! to))
         (when (>! to v) (recur)))))
   to))

(defn split
  "Sends what comes from ch to one of two channels, and gives both: values for
  which p holds go to the first, others to the second. Both close when ch does.
    (let [[a b] (split odd? (to-chan! [1 2 3]) 3 3)] (mapv (fn [c] (<!! (clojure.core.async/into [] c))) [a b])) ;=> [[1 3] [2]]"
  ([p ch] (split p ch nil nil))
  ([p ch t-buf-or-n f-buf-or-n]
   (let [yes (chan t-buf-or-n) no (chan f-buf-or-n)]
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (do (close! yes) (close! no))
           (when (>! (if (p v) yes no) v) (recur)))))
     [yes no])))

(defn reduce
  "A channel that gets, once ch is closed, what reducing its values with f from
  init on gave.
    (<!! (clojure.core.async/reduce + 0 (to-chan! [1 2 3]))) ;=> 6"
  [f init ch]
  (go-loop [acc init]
    (let [v (<! ch)]
      (if (nil? v)
        acc
        (let [acc (f acc v)]
          (if (reduced? acc) @acc (recur acc)))))))

(defn transduce
  "Like reduce, with f transformed by xform, and completed at the end.
    (<!! (clojure.core.async/transduce (map inc) + 0 (to-chan! [1 2 3]))) ;=> 9"
  [xform f init ch]
  (let [f (xform f)]
    (go (f (<! (reduce f init ch))))))

(defn into
  "A channel that gets, once ch is closed, coll with the values of ch added.
    (<!! (clojure.core.async/into [0] (to-chan! [1 2]))) ;=> [0 1 2]"
  [coll ch]
  (reduce conj coll ch))

(defn onto-chan!
  "Puts the elements of coll into ch, then closes it, unless close? is false.
  Gives a channel that closes when that is done.
    (let [c (chan 3)] (onto-chan! c [1 2]) (<!! (clojure.core.async/into [] c))) ;=> [1 2]"
  ([ch coll] (onto-chan! ch coll true))
  ([ch coll close?]
   (go-loop [s (seq coll)]
     (if (and s (>! ch (first s)))
       (recur (next s))
       (when close? (close! ch))))))

(defn onto-chan!!
  "Like onto-chan!, in a thread, for a coll whose elements take time to compute.
    (let [c (chan 3)] (onto-chan!! c [1 2]) (<!! (clojure.core.async/into [] c))) ;=> [1 2]"
  ([ch coll] (onto-chan!! ch coll true))
  ([ch coll close?]
   (thread
     (loop [s (seq coll)]
       (if (and s (>!! ch (first s)))
         (recur (next s))
         (when close? (close! ch)))))))

(defn- some-of
  "A buffer's size for coll: how many elements it has, at most 100."
  [coll]
  (if (counted? coll)
    (min 100 (count coll))
    (loop [n 0 s (seq coll)]
      (if (and s (< n 100)) (recur (inc n) (next s)) n))))

(defn to-chan!
  "A channel with the elements of coll, which closes behind the last.
    (<!! (clojure.core.async/into [] (to-chan! [1 2]))) ;=> [1 2]"
  [coll]
  (let [n (some-of coll)]
    (if (pos? n)
      (let [ch (chan n)] (onto-chan! ch coll) ch)
      (doto (chan) close!))))

(defn to-chan!!
  "Like to-chan!, for a coll whose elements take time to compute.
    (<!! (clojure.core.async/into [] (to-chan!! [1 2]))) ;=> [1 2]"
  [coll]
  (let [n (some-of coll)]
    (if (pos? n)
      (let [ch (chan n)] (onto-chan!! ch coll) ch)
      (doto (chan) close!))))

(defn onto-chan
  "The old name of onto-chan!.
    (let [c (chan 3)] (onto-chan c [1 2]) (<!! (clojure.core.async/into [] c))) ;=> [1 2]"
  ([ch coll] (onto-chan! ch coll true))
  ([ch coll close?] (onto-chan! ch coll close?)))

(defn to-chan
  "The old name of to-chan!.
    (<!! (clojure.core.async/into [] (to-chan [1 2]))) ;=> [1 2]"
  [coll]
  (to-chan! coll))

(defn merge
  "A channel that gets whatever comes from any of the channels chs, and closes
  when all of them have.
    (sort (<!! (clojure.core.async/into [] (clojure.core.async/merge [(to-chan! [1 2]) (to-chan! [3])])))) ;=> (1 2 3)"
  ([chs] (merge chs nil))
  ([chs buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop [cs (vec chs)]
       (if (pos? (count cs))
         (let [[v c] (alts! cs)]
           (if (nil? v)
             (recur (filterv (fn [x] (not= c x)) cs))
             (do (>! out v) (recur cs))))
         (close! out)))
     out)))

(defn map
  "A channel that gets f of the first values of the channels chs, then of the
  second ones, and so on until one of them closes.
    (<!! (clojure.core.async/into [] (clojure.core.async/map + [(to-chan! [1 2]) (to-chan! [10 20 30])]))) ;=> [11 22]"
  ([f chs] (map f chs nil))
  ([f chs buf-or-n]
   (let [chs (vec chs)
         n (count chs)
         out (chan buf-or-n)
         got (atom (vec (clojure.core/repeat n nil)))
         left (atom nil)
         all (chan 1)
         tell (mapv (fn [i]
                      (fn [v]
                        (swap! got assoc i v)
                        (when (zero? (swap! left dec)) (put! all @got))))
                    (range n))]
     (if (zero? n)
       (close! out)
       (go-loop []
         (reset! left n)
         (dotimes [i n] (take! (chs i) (tell i)))
         (let [vs (<! all)]
           (if (clojure.core/some nil? vs)
             (close! out)
             (do (>! out (apply f vs)) (recur))))))
     out)))

(defn take
  "A channel that gets the first n values of ch, and then closes.
    (<!! (clojure.core.async/into [] (clojure.core.async/take 2 (to-chan! [1 2 3])))) ;=> [1 2]"
  ([n ch] (take n ch nil))
  ([n ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop [i 0]
       (let [v (when (< i n) (<! ch))]
         (if (nil? v)
           (close! out)
           (do (>! out v) (recur (inc i))))))
     out)))

(defn filter<
  "Deprecated, use a transducer: a channel that gets the values of ch for which p holds.
    (<!! (clojure.core.async/into [] (filter< odd? (to-chan! [1 2 3])))) ;=> [1 3]"
  ([p ch] (filter< p ch nil))
  ([p ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (close! out)
           (do (when (p v) (>! out v)) (recur)))))
     out)))

(defn remove<
  "Deprecated, use a transducer: a channel that gets the values of ch for which p does not hold.
    (<!! (clojure.core.async/into [] (remove< odd? (to-chan! [1 2 3])))) ;=> [2]"
  ([p ch] (remove< p ch nil))
  ([p ch buf-or-n] (filter< (complement p) ch buf-or-n)))

(defn mapcat<
  "Deprecated, use a transducer: a channel that gets the elements of (f v) for each v of ch.
    (<!! (clojure.core.async/into [] (mapcat< range (to-chan! [1 2])))) ;=> [0 0 1]"
  ([f ch] (mapcat< f ch nil))
  ([f ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (close! out)
           (do (doseq [x (f v)] (>! out x)) (recur)))))
     out)))

(defn map<
  "Deprecated, use a transducer: a channel that gets f of the values of ch.
    (<!! (clojure.core.async/into [] (map< inc (to-chan! [1 2])))) ;=> [2 3]"
  [f ch]
  (map f [ch]))

(defn- forward
  "Has step put what it makes of each value of a new channel, which it gives,
  into out; step gives false when out is closed."
  [buf-or-n out step]
  (let [in (chan buf-or-n)]
    (go-loop []
      (let [v (<! in)]
        (cond
          (nil? v) (close! out)
          (<! (step v)) (recur)
          :else (close! in))))
    in))

(defn- put-all
  "Puts the elements of vs into out, in a go block that gives false once out is closed."
  [out vs]
  (go-loop [vs (seq vs)]
    (cond
      (nil? vs) true
      (>! out (first vs)) (recur (next vs))
      :else false)))

(defn map>
  "Deprecated, use a transducer: a channel whose values go to ch as f makes them.
    (let [c (chan 1)] (>!! (map> inc c) 1) (<!! c)) ;=> 2"
  [f ch]
  (forward nil ch (fn [v] (put-all ch [(f v)]))))

(defn filter>
  "Deprecated, use a transducer: a channel whose values go to ch where p holds.
    (let [c (chan 1)] (onto-chan! (filter> odd? c) [1 2 3]) [(<!! c) (<!! c) (<!! c)]) ;=> [1 3 nil]"
  [p ch]
  (forward nil ch (fn [v] (put-all ch (when (p v) [v])))))

(defn remove>
  "Deprecated, use a transducer: a channel whose values go to ch where p does not hold.
    (let [c (chan 1)] (onto-chan! (remove> odd? c) [1 2 3]) [(<!! c) (<!! c)]) ;=> [2 nil]"
  [p ch]
  (filter> (complement p) ch))

(defn mapcat>
  "Deprecated, use a transducer: a channel for whose values v the elements of
  (f v) go to ch.
    (let [c (chan 1)] (onto-chan! (mapcat> range c) [1 2]) [(<!! c) (<!! c) (<!! c) (<!! c)]) ;=> [0 0 1 nil]"
  ([f out] (mapcat> f out nil))
  ([f out buf-or-n] (forward buf-or-n out (fn [v] (put-all out (f v))))))

(defn do-alts
  "Does one of several operations, as alts! does, without waiting: gives a
  reference to [value channel] if one is ready, else nil, and then calls fret
  with that once one is.
    (let [c (chan 1)] (>!! c 1) (first @(do-alts prn [c] {:priority true}))) ;=> 1"
  [fret ports opts]
  (let [none (Object.)
        opts (clojure.core/mapcat identity opts)
        [v :as done] (apply alts!! ports :default none opts)]
    (if (identical? v none)
      (do (go (fret (<! (thread (apply alts!! ports opts))))) nil)
      (volatile! done))))

(defn unique
  "Deprecated, use (dedupe): a channel that gets the values of ch without
  those that repeat the one before.
    (<!! (clojure.core.async/into [] (unique (to-chan! [1 1 2 1])))) ;=> [1 2 1]"
  ([ch] (unique ch nil))
  ([ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop [before nil]
       (let [v (<! ch)]
         (cond
           (nil? v) (close! out)
           (= v before) (recur before)
           :else (do (>! out v) (recur v)))))
     out)))

(defn partition
  "Deprecated, use (partition-all n): a channel that gets vectors of n values of
  ch, the last of what is left.
    (<!! (clojure.core.async/into [] (clojure.core.async/partition 2 (to-chan! [1 2 3])))) ;=> [[1 2] [3]]"
  ([n ch] (partition n ch nil))
  ([n ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop [part []]
       (let [v (<! ch)]
         (if (nil? v)
           (do (when (seq part) (>! out part)) (close! out))
           (let [part (conj part v)]
             (if (< (count part) n)
               (recur part)
               (do (>! out part) (recur [])))))))
     out)))

(defn partition-by
  "Deprecated, use the transducer of that name: a channel that gets vectors of
  the values of ch, a new one each time that f gives something else.
    (<!! (clojure.core.async/into [] (clojure.core.async/partition-by odd? (to-chan! [1 3 2])))) ;=> [[1 3] [2]]"
  ([f ch] (partition-by f ch nil))
  ([f ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop [part [] before nil]
       (let [v (<! ch)]
         (if (nil? v)
           (do (when (seq part) (>! out part)) (close! out))
           (let [now (f v)]
             (if (or (empty? part) (= now before))
               (recur (conj part v) now)
               (do (>! out part) (recur [v] now)))))))
     out)))

(defn- pipeline*
  "What the pipelines have in common: work does a job [value promise-channel],
  and gives nil when there are no more."
  [n to from close? start]
  (assert (pos? n))
  (let [jobs (chan n) results (chan n)]
    (dotimes [_ n] (start jobs results))
    (go-loop []
      (let [v (<! from)]
        (if (nil? v)
          (close! jobs)
          (let [p (chan 1)]
            (>! jobs [v p])
            (>! results p)
            (recur)))))
    (go-loop []
      (let [p (<! results)]
        (if (nil? p)
          (when close? (close! to))
          (let [res (<! p)]
            (loop []
              (let [v (<! res)]
                (when (and (not (nil? v)) (>! to v)) (recur))))
            (recur)))))))

(defn- transducing-worker
  "A starter of workers that run each value through xf in a thread."
  [xf ex-handler]
  (fn [jobs results]
    (thread
      (loop []
        (let [[v p :as job] (<!! jobs)]
          (if (nil? job)
            (close! results)
            (let [res (chan 1 xf ex-handler)]
              (>!! res v)
              (close! res)
              (put! p res)
              (recur))))))))

(defn pipeline
  "Moves values from the channel from to the channel to through the transducer
  xf, n at a time, in their order. xf sees each value alone. to closes when
  from does, unless close? is false. ex-handler is as for chan.
    (let [to (chan 9)] (pipeline 4 to (map inc) (to-chan! [1 2 3])) (<!! (clojure.core.async/into [] to))) ;=> [2 3 4]"
  ([n to xf from] (pipeline n to xf from true))
  ([n to xf from close?] (pipeline n to xf from close? nil))
  ([n to xf from close? ex-handler] (pipeline* n to from close? (transducing-worker xf ex-handler))))

(defn pipeline-blocking
  "Like pipeline, for an xf that blocks.
    (let [to (chan 9)] (pipeline-blocking 2 to (mapcat range) (to-chan! [1 2])) (<!! (clojure.core.async/into [] to))) ;=> [0 0 1]"
  ([n to xf from] (pipeline-blocking n to xf from true))
  ([n to xf from close?] (pipeline-blocking n to xf from close? nil))
  ([n to xf from close? ex-handler] (pipeline* n to from close? (transducing-worker xf ex-handler))))

(defn pipeline-async
  "Like pipeline, with a function af of a value and a channel, on which it, or
  whatever it starts, puts the results, and closes it.
    (let [to (chan 9)] (pipeline-async 2 to (fn [v c] (go (>! c (inc v)) (close! c))) (to-chan! [1 2])) (<!! (clojure.core.async/into [] to))) ;=> [2 3]"
  ([n to af from] (pipeline-async n to af from true))
  ([n to af from close?]
   (pipeline* n to from close?
     (fn [jobs results]
       (go-loop []
         (let [[v p :as job] (<! jobs)]
           (if (nil? job)
             (close! results)
             (let [res (chan 1)]
               (af v res)
               (put! p res)
               (recur)))))))))
