(defn stage [me]
  (let [p (receive n n)]
    (send me [:prime p])
    (let [next (spawn (fn [] (stage me)))]
      (loop [] (receive n (do (when-not (zero? (rem n p)) (send next n)) (recur)))))))
(defn run []
  (let [me (self) first-stage (spawn (fn [] (stage me)))
        feed (spawn (fn [] (dotimes [i 17500] (send first-stage (+ i 2)))))]
    (assert (= 17389 (loop [n 1] (let [p (receive [:prime p] p)] (if (< n 2000) (recur (inc n)) p)))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
