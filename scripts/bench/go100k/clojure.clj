(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [n 100000 c (chan n)]
    (dotimes [i n] (go (>! c i)))
    (assert (= 4999950000 (loop [i 0 s 0] (if (< i n) (recur (inc i) (+ s (<!! c))) s))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
