(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [n 1000 cs (vec (repeatedly n chan))]
    (dotimes [i (dec n)]
      (let [in (cs i) out (cs (inc i))]
        (go (loop [] (when-some [v (<! in)] (>! out v) (recur))) (close! out))))
    (let [head (cs 0) tail (cs (dec n))]
      (<!! (go (loop [lap 0] (when (< lap 1000) (>! head lap) (<! tail) (recur (inc lap))))))
      (close! head))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
