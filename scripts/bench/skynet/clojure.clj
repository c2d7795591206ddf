(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn skynet [out n size]
  (go (if (= size 1)
        (>! out n)
        (let [c (chan) part (quot size 10)]
          (dotimes [i 10] (skynet c (+ n (* i part)) part))
          (>! out (loop [i 0 s 0] (if (< i 10) (recur (inc i) (+ s (<! c))) s)))))))
(defn run []
  (let [c (chan)]
    (skynet c 0 1000000)
    (assert (= 499999500000 (<!! c)))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
