(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [accounts (mapv ref (repeat 10 100))
        transfer (fn [i j] (dosync (alter (accounts i) dec) (alter (accounts j) inc)))
        threads (mapv (fn [t] (thread (dotimes [k 10000] (transfer (mod (+ t k) 10) (mod (* 7 (inc k)) 10))))) (range 4))]
    (run! <!! threads)
    (assert (= 1000 (reduce + (map deref accounts))))))


(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
