;; The part of core.async that has many takers of one channel, and many givers
;; to one: mult, pub, mix.

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
