(defn node [to] (loop [] (receive :stop (send to :stop) n (do (send to n) (recur)))))
(defn run []
  (let [me (self) head (loop [i 1 to me] (if (< i 1000) (let [next to] (recur (inc i) (spawn (fn [] (node next))))) to))]
    (send head 0)
    (loop [] (let [n (receive n n)] (when (< n 999) (send head (inc n)) (recur))))
    (send head :stop)
    (receive :stop nil)))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
