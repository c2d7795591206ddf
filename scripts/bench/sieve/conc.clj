(defn stage [me tag]
  (let [p (receive n n)]
    (send me [tag p])
    (let [next (spawn (fn [] (stage me tag)))]
      (loop [] (receive n (do (when-not (zero? (rem n p)) (send next n)) (recur)))))))
(defn run []
  (let [me (self) tag (make-ref) first-stage (spawn (fn [] (stage me tag)))
        feed (spawn (fn [] (dotimes [i 17500] (send first-stage (+ i 2)))))]
    (assert (= 17389 (loop [n 1] (let [p (receive [~tag p] p)] (if (< n 2000) (recur (inc n)) p)))))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
