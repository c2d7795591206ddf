(defn run [] (assert (= 100000000 (loop [i 0] (if (< i 100000000) (recur (inc i)) i)))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
