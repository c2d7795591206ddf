(defn abba []
  (let [a (Object.) b (Object.)
        p (future (locking a (locking b 1)))
        q (future (locking b (locking a 2)))]
    [@p @q]))

(defn philosophers [n left-handed]
  (let [forks (vec (repeatedly n #(Object.)))
        eat (fn [i]
              (let [l (nth forks i) r (nth forks (mod (inc i) n))
                    [l r] (if (and left-handed (= i (dec n))) [r l] [l r])]
                (locking l (locking r i))))
        all (doall (for [i (range n)] (future (eat i))))]
    (mapv deref all)))

(defn philosophers-chan [n]
  (let [forks (vec (repeatedly n #(chan 1)))
        all (doall (for [i (range n)]
                     (let [l (nth forks i) r (nth forks (mod (inc i) n))]
                       (thread (<!! l) (<!! r) (>!! r :fork) (>!! l :fork) i))))]
    (dotimes [i n] (thread (>!! (nth forks i) :fork)))
    (mapv <!! all)))
