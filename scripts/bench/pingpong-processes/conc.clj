(defn echo [] (loop [] (receive [from n] (do (send from n) (recur)) :stop nil)))
(defn run []
  (let [me (self) p (spawn echo)]
    (loop [i 0] (when (< i 1000000) (send p [me i]) (receive n (recur (inc i)))))
    (send p :stop)))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
