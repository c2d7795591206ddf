(defn run []
  (let [me (self)]
    (dotimes [i 100000] (send me [:junk i]))
    (let [t (System/nanoTime)]
      (dotimes [_ 10] (send me :wanted) (receive :wanted nil))
      (println "receive behind 100k, us:" (/ (- (System/nanoTime) t) 10e3)))
    (loop [] (receive _ (recur) :after 0 nil))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
