(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [n 2000 src (chan) m (a/mult src)
        taps (vec (repeatedly 100 #(a/tap m (chan 10))))
        sums (mapv #(a/reduce + 0 %) taps)]
    (dotimes [i n] (>!! src i))
    (close! src)
    (doseq [s sums] (assert (= (/ (* n (dec n)) 2) (<!! s))))))


(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
