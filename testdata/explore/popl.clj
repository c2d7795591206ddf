(defn popl []
  (let [x (atom 0) y (atom 0) z (atom 0)]
    (spawn (fn [] (reset! x 1)))
    (spawn (fn [] (reset! y 1)))
    (spawn (fn [] (when (zero? @y) (reset! z 1))))
    (spawn (fn [] (when (= 1 @z) (when (zero? @y) (reset! x 2)))))))
