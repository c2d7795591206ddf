(defn fib [n] (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(defn run [] (assert (= 832040 (fib 30))))

(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
