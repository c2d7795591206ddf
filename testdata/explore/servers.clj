(defn fork-actor []
  (spawn (fn [] (loop [] (receive [:acquire from] (do (send from [:ok (self)]) (receive :release nil))) (recur)))))

(defn philosophers-actors [n]
  (let [forks (vec (repeatedly n fork-actor))
        me (self)
        get-fork (fn [f] (send f [:acquire (self)]) (receive [:ok ~f] nil))]
    (dotimes [i n]
      (spawn (fn []
               (let [l (nth forks i) r (nth forks (mod (inc i) n))]
                 (get-fork l) (get-fork r)
                 (send r :release) (send l :release)
                 (send me [:done i])))))
    (dotimes [i n] (receive [:done ~i] nil))))

(defn get-set [n]
  (let [server (spawn (fn [] (loop [v 0] (receive [:get from] (do (send from [:value v]) (recur v)) [:set x] (recur x)))))
        me (self)]
    (dotimes [i n]
      (spawn (fn []
               (send server [:get (self)])
               (receive [:value v] (send server [:set (inc v)]))
               (send me [:done i]))))
    (dotimes [i n] (receive [:done ~i] nil))
    (send server [:get me])
    (receive [:value v] (do (assert (= n v)) v))))

(defn incr [n]
  (let [server (spawn (fn [] (loop [v 0] (receive [:get from] (do (send from [:value v]) (recur v)) [:incr _] (recur (inc v))))))
        me (self)]
    (dotimes [i n] (spawn (fn [] (send server [:incr i]) (send me [:done i]))))
    (dotimes [i n] (receive [:done ~i] nil))
    (send server [:get me])
    (receive [:value v] (do (assert (= n v)) v))))

(defn mutual-call []
  (let [call (fn [p] (send p [:call (self)]) (receive [:reply x] x))
        server (fn [] (receive [:peer p] (receive [:go] (do (call p)))) (receive [:call from] (send from [:reply 1])))
        a (spawn server) b (spawn server)]
    (send a [:peer b]) (send b [:peer a])
    (send a [:go]) (send b [:go])
    (receive :done 1)))
