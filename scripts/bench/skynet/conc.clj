(defn skynet [parent n size]
  (if (= size 1)
    (send parent n)
    (let [me (self) part (quot size 10)]
      (dotimes [i 10] (spawn (fn [] (skynet me (+ n (* i part)) part))))
      (send parent (loop [i 0 s 0] (if (< i 10) (recur (inc i) (+ s (receive x x))) s))))))
(defn run []
  (let [me (self)]
    (spawn (fn [] (skynet me 0 1000000)))
    (assert (= 499999500000 (receive x x)))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
