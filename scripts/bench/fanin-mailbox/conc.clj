(defn run []
  (let [me (self)]
    (dotimes [k 10] (spawn (fn [] (dotimes [i 100000] (send me i)))))
    (loop [n 0] (when (< n 1000000) (receive x (recur (inc n)))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
