(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [ping (chan) pong (chan)]
    (go (loop [] (when-let [v (<! ping)] (>! pong v) (recur))))
    (<!! (go (loop [i 0] (when (< i 1000000) (>! ping i) (<! pong) (recur (inc i))))))
    (close! ping)))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
