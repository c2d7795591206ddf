(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [primes (chan)]
    (go (loop [in (let [c (chan)] (go (loop [i 2] (when (>! c i) (recur (inc i))))) c)]
          (let [p (<! in) out (chan)]
            (when (>! primes p)
              (go (loop [] (let [n (<! in)] (if (zero? (rem n p)) (recur) (when (>! out n) (recur))))))
              (recur out)))))
    (assert (= 17389 (loop [n 1] (let [p (<!! primes)] (if (< n 2000) (recur (inc n)) p)))))
    (close! primes)))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
