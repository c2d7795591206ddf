(defn putters [n c]
  (dotimes [i n] (thread (>!! c i)))
  (loop [got []]
    (if (= n (count got)) got (recur (conj got (<!! c))))))

(defn pipeline [capacity]
  (let [c (if (zero? capacity) (chan) (chan capacity))
        done (chan 2)]
    (doseq [p [:a :b]] (thread (>!! c [p 1]) (>!! c [p 2])))
    (doseq [t [:s :t]] (thread (<!! c) (<!! c)))))

(defn alts [k c]
  (let [cs (vec (repeatedly k c))]
    (dotimes [i k] (thread (>!! (nth cs i) i)))
    (first (alts!! cs))))

(defn counter [n]
  (let [c (chan 1)
        done (do (>!! c 0) (doall (for [_ (range n)] (thread (>!! c (inc (<!! c)))))))]
    (doseq [d done] (<!! d))
    (<!! c)))

(defn forgotten-close [close]
  (let [c (chan)]
    (thread (>!! c 1) (>!! c 2) (when close (close! c)))
    [(<!! c) (<!! c) (<!! c)]))
