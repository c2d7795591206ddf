(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [parent (chan 1000000)]
    (dotimes [i 1000000] (go (>! parent i)))
    (assert (= 499999500000 (loop [n 0 s 0] (if (< n 1000000) (recur (inc n) (+ s (<!! parent))) s))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
