;; One process writes x; n processes each read a variable of their own, then x.
(defn readers [n]
  (let [x (atom 0)
        ys (vec (repeatedly n #(atom 0)))]
    (spawn (fn [] (reset! x 1)))
    (dotimes [i n]
      (spawn (fn [] @(nth ys i) @x)))))
