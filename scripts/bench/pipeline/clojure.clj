(require '[clojure.core.async :as a :refer [chan go go-loop thread <! >! <!! >!! alts!! close!]])
(defn run []
  (let [n 20000 to (chan 100)]
    (a/pipeline 4 to (comp (map inc) (filter even?)) (a/to-chan! (range n)))
    (assert (= (quot n 2) (<!! (a/reduce (fn [k _] (inc k)) 0 to))))))


(defn ms [f] (let [t (System/nanoTime)] (f) (/ (- (System/nanoTime) t) 1e6)))
(println "first" (ms run))
(dotimes [_ 3] (ms run))
(println "warm" (ms run))
