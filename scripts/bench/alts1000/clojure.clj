(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [n 1000
        cs (repeatedly n chan)]
    (doseq [c cs] (go (>! c "hi")))
    (dotimes [i n]
      (let [[v c] (alts!! cs)]
        (assert (= "hi" v))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
