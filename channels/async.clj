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

;; What mult, mix and pub make are objects of these protocols. The functions
;; with a star are their methods: one's own kinds of mult can have their own.

(def Mux
  "The protocol of what was made of a channel: muxch*."
  (protocol* 'clojure.core.async/Mux nil (array-map :muxch* {:name 'muxch* :arglists '([_]) :doc nil}) false))

(def muxch*
  "The channel that a mult or a pub was made of, and the output of a mix.
    (let [c (chan)] (= c (muxch* (mult c)))) ;=> true"
  (protocol-fn* Mux :muxch*))

(def Mult
  "The protocol of what tap, untap and untap-all work on: tap* untap* untap-all*."
  (protocol* 'clojure.core.async/Mult nil
             (array-map :tap* {:name 'tap* :arglists '([m ch close?]) :doc nil}
                        :untap* {:name 'untap* :arglists '([m ch]) :doc nil}
                        :untap-all* {:name 'untap-all* :arglists '([m]) :doc nil})
             false))

(def tap*
  "The method of tap, (tap* mult ch close?).
    (let [c (chan) a (chan 1) m (mult c)] (tap* m a true) (>!! c 1) (<!! a)) ;=> 1"
  (protocol-fn* Mult :tap*))

(def untap*
  "The method of untap, (untap* mult ch).
    (let [c (chan) a (chan 1) m (mult c)] (tap m a) (untap* m a) (>!! c 1) (poll! a)) ;=> nil"
  (protocol-fn* Mult :untap*))

(def untap-all*
  "The method of untap-all, (untap-all* mult).
    (let [c (chan) a (chan 1) m (mult c)] (tap m a) (untap-all* m) (>!! c 1) (poll! a)) ;=> nil"
  (protocol-fn* Mult :untap-all*))

(defn mult
  "Makes a mult of ch: each value goes to all channels that tap it, and the next
  one only when all of them have accepted. Without a tap, values are dropped.
    (let [c (chan) m (mult c) a (tap m (chan 1)) b (tap m (chan 1))] (>!! c 1) [(<!! a) (<!! b)]) ;=> [1 1]"
  [ch]
  (let [taps (atom {}) ; channel to close?
        m (reify
            Mux (muxch* [_] ch)
            Mult (tap* [_ c close?] (swap! taps assoc c close?) nil)
                 (untap* [_ c] (swap! taps dissoc c) nil)
                 (untap-all* [_] (reset! taps {}) nil))
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
              (when-not (put! c v done) (untap* m c)))
            (when (seq cs) (<! through))
            (recur)))))
    m))

(defn tap
  "Has the values of mult go to ch, too, which closes with it unless close? is
  false. Gives ch.
    (let [c (chan) a (tap (mult c) (chan 1))] (close! c) (<!! a)) ;=> nil"
  ([mult ch] (tap mult ch true))
  ([mult ch close?] (tap* mult ch close?) ch))

(defn untap
  "Takes ch off mult.
    (let [c (chan) m (mult c) a (tap m (chan 1))] (untap m a) (>!! c 1) (poll! a)) ;=> nil"
  [mult ch]
  (untap* mult ch))

(defn untap-all
  "Takes all channels off mult.
    (let [c (chan) m (mult c) a (tap m (chan 1))] (untap-all m) (>!! c 1) (poll! a)) ;=> nil"
  [mult]
  (untap-all* mult))

(def Mix
  "The protocol of what admix, unmix, unmix-all, toggle and solo-mode work on:
  admix* unmix* unmix-all* toggle* solo-mode*."
  (protocol* 'clojure.core.async/Mix nil
             (array-map :admix* {:name 'admix* :arglists '([m ch]) :doc nil}
                        :unmix* {:name 'unmix* :arglists '([m ch]) :doc nil}
                        :unmix-all* {:name 'unmix-all* :arglists '([m]) :doc nil}
                        :toggle* {:name 'toggle* :arglists '([m state-map]) :doc nil}
                        :solo-mode* {:name 'solo-mode* :arglists '([m mode]) :doc nil})
             false))

(def admix*
  "The method of admix, (admix* mix ch).
    (let [out (chan 1) in (chan)] (admix* (mix out) in) (>!! in 1) (<!! out)) ;=> 1"
  (protocol-fn* Mix :admix*))

(def unmix*
  "The method of unmix, (unmix* mix ch).
    (let [out (chan 1) in (chan 1) m (mix out)] (admix m in) (unmix* m in) (<!! (timeout 1)) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  (protocol-fn* Mix :unmix*))

(def unmix-all*
  "The method of unmix-all, (unmix-all* mix).
    (let [out (chan 1) in (chan 1) m (mix out)] (admix m in) (unmix-all* m) (<!! (timeout 1)) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  (protocol-fn* Mix :unmix-all*))

(def toggle*
  "The method of toggle, (toggle* mix state-map).
    (let [out (chan 1) in (chan 1) m (mix out)] (toggle* m {in {:mute true}}) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  (protocol-fn* Mix :toggle*))

(def solo-mode*
  "The method of solo-mode, (solo-mode* mix mode).
    (let [out (chan 1) in (chan)] (solo-mode* (doto (mix out) (admix in)) :pause) (>!! in 1) (<!! out)) ;=> 1"
  (protocol-fn* Mix :solo-mode*))

(defn mix
  "Makes a mix, which sends what comes from its inputs to out. Inputs come with
  admix and go with unmix; toggle mutes (:mute, taken and dropped), pauses
  (:pause, not taken) or solos (:solo, only these count) them.
    (let [out (chan 1) in (chan)] (admix (mix out) in) (>!! in 1) (<!! out)) ;=> 1"
  [out]
  (let [ins (atom {}) ; channel to modes
        solo-mode (atom :mute)
        change (chan (sliding-buffer 1))
        changed (fn [] (put! change true))
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
    (reify
      Mux (muxch* [_] out)
      Mix (admix* [_ c] (swap! ins assoc c {}) (changed))
          (unmix* [_ c] (swap! ins dissoc c) (changed))
          (unmix-all* [_] (reset! ins {}) (changed))
          (toggle* [_ state-map]
            (swap! ins (fn [m] (merge-with clojure.core/merge m state-map)))
            (changed))
          (solo-mode* [_ mode]
            (assert (#{:mute :pause} mode) (str "mode must be one of: " #{:mute :pause}))
            (reset! solo-mode mode)
            (changed)))))

(defn admix
  "Adds ch to the inputs of a mix.
    (let [out (chan 1) in (chan)] (admix (mix out) in) (>!! in 1) (<!! out)) ;=> 1"
  [mix ch]
  (admix* mix ch))

(defn unmix
  "Takes ch out of the inputs of a mix.
    (let [out (chan 1) in (chan 1) m (mix out)] (admix m in) (unmix m in) (<!! (timeout 1)) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  [mix ch]
  (unmix* mix ch))

(defn unmix-all
  "Takes all inputs out of a mix.
    (let [out (chan 1) in (chan 1) m (mix out)] (admix m in) (unmix-all m) (<!! (timeout 1)) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  [mix]
  (unmix-all* mix))

(defn toggle
  "Sets modes of inputs of a mix: state-map is from channels to maps of :mute,
  :pause and :solo to booleans. A channel that is new becomes an input.
    (let [out (chan 1) in (chan 1) m (mix out)] (toggle m {in {:mute true}}) (>!! in 1) (<!! (timeout 1)) (poll! out)) ;=> nil"
  [mix state-map]
  (toggle* mix state-map))

(defn solo-mode
  "What becomes of the inputs of a mix that are not soloed while others are:
  they are muted (:mute) or paused (:pause).
    (let [out (chan 2) a (chan 1) b (chan 1) m (mix out)] (solo-mode m :pause) (toggle m {a {:solo true} b {}}) (>!! a 1) (>!! b 2) (<!! (timeout 1)) [(poll! out) (poll! out) (poll! b)]) ;=> [1 nil 2]"
  [mix mode]
  (solo-mode* mix mode))

(def Pub
  "The protocol of what sub, unsub and unsub-all work on: sub* unsub* unsub-all*."
  (protocol* 'clojure.core.async/Pub nil
             (array-map :sub* {:name 'sub* :arglists '([p v ch close?]) :doc nil}
                        :unsub* {:name 'unsub* :arglists '([p v ch]) :doc nil}
                        :unsub-all* {:name 'unsub-all* :arglists '([p] [p v]) :doc nil})
             false))

(def sub*
  "The method of sub, (sub* pub topic ch close?).
    (let [c (chan) a (chan 1)] (sub* (pub c odd?) true a true) (>!! c 1) (<!! a)) ;=> 1"
  (protocol-fn* Pub :sub*))

(def unsub*
  "The method of unsub, (unsub* pub topic ch).
    (let [c (chan) p (pub c odd?) a (sub p true (chan 1))] (unsub* p true a) (>!! c 1) (>!! c 3) (poll! a)) ;=> nil"
  (protocol-fn* Pub :unsub*))

(def unsub-all*
  "The method of unsub-all, (unsub-all* pub) and (unsub-all* pub topic).
    (let [c (chan) p (pub c odd?) a (sub p true (chan 1))] (unsub-all* p) (>!! c 1) (>!! c 3) (poll! a)) ;=> nil"
  (protocol-fn* Pub :unsub-all*))

(defn pub
  "Makes a publication of ch: each value goes to the subscribers of its topic,
  (topic-fn value). Each topic has a mult on a channel with the buffer (buf-fn topic).
    (let [c (chan) p (pub c :k) a (sub p :x (chan 1))] (>!! c {:k :y}) (>!! c {:k :x}) (<!! a)) ;=> {:k :x}"
  ([ch topic-fn] (pub ch topic-fn (constantly nil)))
  ([ch topic-fn buf-fn]
   (let [mults (atom {}) ; topic to mult
         mult-of (fn [topic]
                   (or (get @mults topic)
                       (let [m (mult (chan (buf-fn topic)))]
                         (get (swap! mults (fn [ms] (if (ms topic) ms (assoc ms topic m)))) topic))))]
     (go-loop []
       (let [v (<! ch)]
         (if (nil? v)
           (doseq [m (vals @mults)] (close! (muxch* m)))
           (let [topic (topic-fn v) m (get @mults topic)]
             (when m
               (when-not (>! (muxch* m) v) (swap! mults dissoc topic)))
             (recur)))))
     (reify
       Mux (muxch* [_] ch)
       Pub (sub* [_ topic c close?] (tap (mult-of topic) c close?))
           (unsub* [_ topic c] (when-let [m (get @mults topic)] (untap m c)))
           (unsub-all* [_] (reset! mults {}))
           (unsub-all* [_ topic] (swap! mults dissoc topic))))))

(defn sub
  "Has the values of a topic of a pub go to ch, which closes with the pub unless
  close? is false. Gives ch.
    (let [c (chan) a (sub (pub c odd?) true (chan 1))] (>!! c 2) (>!! c 3) (<!! a)) ;=> 3"
  ([p topic ch] (sub p topic ch true))
  ([p topic ch close?] (sub* p topic ch close?)))

(defn unsub
  "Ends the subscription of ch to a topic of a pub.
    (let [c (chan) p (pub c odd?) a (sub p true (chan 1))] (unsub p true a) (>!! c 1) (>!! c 3) (poll! a)) ;=> nil"
  [p topic ch]
  (unsub* p topic ch))

(defn unsub-all
  "Ends all subscriptions to a pub, or to one of its topics.
    (let [c (chan) p (pub c odd?) a (sub p true (chan 1))] (unsub-all p) (>!! c 1) (>!! c 3) (poll! a)) ;=> nil"
  ([p] (unsub-all* p))
  ([p topic] (unsub-all* p topic)))

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
