(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [c (chan 1024)]
    (dotimes [k 10] (go (dotimes [i 100000] (>! c i))))
    (<!! (go (loop [n 0] (when (< n 1000000) (<! c) (recur (inc n))))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
