;; Process i of 1..n reads a[i-1] and writes a[i] = that + 1; a reader looks
;; for the last zero.
(defn lastzero [n]
  (let [a (vec (repeatedly (inc n) #(atom 0)))]
    (spawn (fn [] (loop [i n] (when-not (zero? @(nth a i)) (recur (dec i))))))
    (doseq [i (range 1 (inc n))]
      (spawn (fn [] (reset! (nth a i) (inc @(nth a (dec i)))))))))
