(defn senders [n]
  (let [me (self)]
    (dotimes [i n] (spawn (fn [] (send me i))))
    (loop [got []]
      (if (= n (count got)) got (recur (conj got (receive x x)))))))

(defn senders-one [n]
  (let [me (self)]
    (dotimes [i n] (spawn (fn [] (send me i))))
    (receive x x)))

(defn senders-tag [n]
  (let [me (self)]
    (dotimes [i n] (spawn (fn [] (send me [i :it]))))
    (receive [0 x] x)))
