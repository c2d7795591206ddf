;; The part of core.async that is written in the language. Names that
;; clojure.core has, too (map, take, reduce, into, merge ...), are those of
;; this namespace here unless they say clojure.core.

(defn pipe
  "Moves what comes from the channel from into the channel to, and closes to
  when from closes, unless close? is false. It stops when to is closed. Gives to."
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
  which p holds go to the first, others to the second. Both close when ch does."
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
  init on gave."
  [f init ch]
  (go-loop [acc init]
    (let [v (<! ch)]
      (if (nil? v)
        acc
        (let [acc (f acc v)]
          (if (reduced? acc) @acc (recur acc)))))))

(defn transduce
  "Like reduce, with f transformed by xform, and completed at the end."
  [xform f init ch]
  (let [f (xform f)]
    (go (f (<! (reduce f init ch))))))

(defn into
  "A channel that gets, once ch is closed, coll with the values of ch added."
  [coll ch]
  (reduce conj coll ch))

(defn onto-chan!
  "Puts the elements of coll into ch, then closes it, unless close? is false.
  Gives a channel that closes when that is done."
  ([ch coll] (onto-chan! ch coll true))
  ([ch coll close?]
   (go-loop [s (seq coll)]
     (if (and s (>! ch (first s)))
       (recur (next s))
       (when close? (close! ch))))))

(defn onto-chan!!
  "Like onto-chan!, in a thread, for a coll whose elements take time to compute."
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
  "A channel with the elements of coll, which closes behind the last."
  [coll]
  (let [n (some-of coll)]
    (if (pos? n)
      (let [ch (chan n)] (onto-chan! ch coll) ch)
      (doto (chan) close!))))

(defn to-chan!!
  "Like to-chan!, for a coll whose elements take time to compute."
  [coll]
  (let [n (some-of coll)]
    (if (pos? n)
      (let [ch (chan n)] (onto-chan!! ch coll) ch)
      (doto (chan) close!))))

(defn onto-chan
  "The old name of onto-chan!."
  ([ch coll] (onto-chan! ch coll true))
  ([ch coll close?] (onto-chan! ch coll close?)))

(defn to-chan
  "The old name of to-chan!."
  [coll]
  (to-chan! coll))

(defn merge
  "A channel that gets whatever comes from any of the channels chs, and closes
  when all of them have."
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
  second ones, and so on until one of them closes."
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
  "A channel that gets the first n values of ch, and then closes."
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
  "Deprecated, use a transducer: a channel that gets the values of ch for which p holds."
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
  "Deprecated, use a transducer: a channel that gets the values of ch for which p does not hold."
  ([p ch] (remove< p ch nil))
  ([p ch buf-or-n] (filter< (complement p) ch buf-or-n)))

(defn mapcat<
  "Deprecated, use a transducer: a channel that gets the elements of (f v) for each v of ch."
  ([f ch] (mapcat< f ch nil))
  ([f ch buf-or-n]
   (let [out (chan buf-or-n)]
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (close! out)
           (do (doseq [x (f v)] (>! out x)) (recur)))))
     out)))

(defn unique
  "Deprecated, use (dedupe): a channel that gets the values of ch without
  those that repeat the one before."
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
  ch, the last of what is left."
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
  the values of ch, a new one each time that f gives something else."
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

(defn mult
  "Makes a mult of ch: each value goes to all channels that tap it, and the next
  one only when all of them have accepted. Without a tap, values are dropped."
  [ch]
  (let [taps (atom {}) ; channel to close?
        m {::ch ch ::taps taps}
        through (chan 1)
        left (atom nil)
        done (fn [_] (when (zero? (swap! left dec)) (put! through true)))]
    (go-loop []
      (let [v (<! ch)]
        (if (nil? v)
          (doseq [[c close?] @taps] (when close? (close! c)))
          (let [cs (keys @taps)]
            (reset! left (count cs))
            (doseq [c cs]
              (when-not (put! c v done) (untap m c)))
            (when (seq cs) (<! through))
            (recur)))))
    m))

(defn muxch*
  "The channel that a mult, a mix or a pub was made of."
  [m]
  (::ch m))

(defn tap
  "Has the values of mult go to ch, too, which closes with it unless close? is
  false. Gives ch."
  ([mult ch] (tap mult ch true))
  ([mult ch close?] (swap! (::taps mult) assoc ch close?) ch))

(defn untap
  "Takes ch off mult."
  [mult ch]
  (swap! (::taps mult) dissoc ch)
  nil)

(defn untap-all
  "Takes all channels off mult."
  [mult]
  (reset! (::taps mult) {})
  nil)

(defn mix
  "Makes a mix, which sends what comes from its inputs to out. Inputs come with
  admix and go with unmix; toggle mutes (:mute, taken and dropped), pauses
  (:pause, not taken) or solos (:solo, only these count) them."
  [out]
  (let [ins (atom {}) ; channel to modes
        solo-mode (atom :mute)
        change (chan (sliding-buffer 1))
        with (fn [mode] (clojure.core/into #{} (for [[c modes] @ins :when (mode modes)] c)))
        look (fn []
               (let [solos (with :solo) paused (with :pause)]
                 {:solos solos
                  :mutes (with :mute)
                  :reads (conj (if (and (= @solo-mode :pause) (seq solos))
                                 (vec solos)
                                 (vec (remove paused (keys @ins))))
                               change)}))]
    (go-loop [{:keys [solos mutes reads] :as now} (look)]
      (let [[v c] (alts! reads)]
        (cond
          (= c change) (recur (look))
          (nil? v) (do (swap! ins dissoc c) (recur (look)))
          (if (seq solos) (solos c) (not (mutes c))) (when (>! out v) (recur now))
          :else (recur now))))
    {::ch out ::ins ins ::solo-mode solo-mode ::changed (fn [] (put! change true))}))

(defn admix
  "Adds ch to the inputs of a mix."
  [mix ch]
  (swap! (::ins mix) assoc ch {})
  ((::changed mix)))

(defn unmix
  "Takes ch out of the inputs of a mix."
  [mix ch]
  (swap! (::ins mix) dissoc ch)
  ((::changed mix)))

(defn unmix-all
  "Takes all inputs out of a mix."
  [mix]
  (reset! (::ins mix) {})
  ((::changed mix)))

(defn toggle
  "Sets modes of inputs of a mix: state-map is from channels to maps of :mute,
  :pause and :solo to booleans. A channel that is new becomes an input."
  [mix state-map]
  (swap! (::ins mix) (fn [m] (merge-with clojure.core/merge m state-map)))
  ((::changed mix)))

(defn solo-mode
  "What becomes of the inputs of a mix that are not soloed while others are:
  they are muted (:mute) or paused (:pause)."
  [mix mode]
  (assert (#{:mute :pause} mode) (str "mode must be one of: " #{:mute :pause}))
  (reset! (::solo-mode mix) mode)
  ((::changed mix)))

(defn pub
  "Makes a publication of ch: each value goes to the subscribers of its topic,
  (topic-fn value). Each topic has a mult on a channel with the buffer (buf-fn topic)."
  ([ch topic-fn] (pub ch topic-fn (constantly nil)))
  ([ch topic-fn buf-fn]
   (let [mults (atom {})] ; topic to mult
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (doseq [m (vals @mults)] (close! (::ch m)))
           (let [topic (topic-fn v) m (get @mults topic)]
             (when m
               (when-not (>! (::ch m) v) (swap! mults dissoc topic)))
             (recur)))))
     {::ch ch ::mults mults ::buf-fn buf-fn})))

(defn- topic-mult
  "The mult of a topic of a pub, made if it is the first time that it is asked for."
  [p topic]
  (or (get @(::mults p) topic)
      (let [m (mult (chan ((::buf-fn p) topic)))]
        (get (swap! (::mults p) (fn [ms] (if (ms topic) ms (assoc ms topic m)))) topic))))

(defn sub
  "Has the values of a topic of a pub go to ch, which closes with the pub unless
  close? is false. Gives ch."
  ([p topic ch] (sub p topic ch true))
  ([p topic ch close?] (tap (topic-mult p topic) ch close?)))

(defn unsub
  "Ends the subscription of ch to a topic of a pub."
  [p topic ch]
  (when-let [m (get @(::mults p) topic)] (untap m ch)))

(defn unsub-all
  "Ends all subscriptions to a pub, or to one of its topics."
  ([p] (reset! (::mults p) {}))
  ([p topic] (swap! (::mults p) dissoc topic)))

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
  from does, unless close? is false. ex-handler is as for chan."
  ([n to xf from] (pipeline n to xf from true))
  ([n to xf from close?] (pipeline n to xf from close? nil))
  ([n to xf from close? ex-handler] (pipeline* n to from close? (transducing-worker xf ex-handler))))

(defn pipeline-blocking
  "Like pipeline, for an xf that blocks."
  ([n to xf from] (pipeline-blocking n to xf from true))
  ([n to xf from close?] (pipeline-blocking n to xf from close? nil))
  ([n to xf from close? ex-handler] (pipeline* n to from close? (transducing-worker xf ex-handler))))

(defn pipeline-async
  "Like pipeline, with a function af of a value and a channel, on which it, or
  whatever it starts, puts the results, and closes it."
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
