;; Peterson's lock for two: who is inside is counted. Without turns, each may
;; go in while the other has not said yet that it wants to.
(defn peterson [take-turns]
  (let [want [(atom false) (atom false)] turn (atom 0) inside (atom 0)
        enter (fn [i]
                (let [j (- 1 i)]
                  (when take-turns (reset! (want i) true))
                  (reset! turn j)
                  (while (and @(want j) (= j @turn)))
                  (reset! (want i) true)
                  (reset! inside (inc @inside))
                  (assert (= 1 @inside))
                  (reset! inside (dec @inside))
                  (reset! (want i) false)))
        a (future (enter 0)) b (future (enter 1))]
    @a @b :fine))

;; Two that each give way to the other.
(defn polite []
  (let [want [(atom false) (atom false)]
        pass (fn [i]
               (let [j (- 1 i)]
                 (reset! (want i) true)
                 (while @(want j)
                   (reset! (want i) false)
                   (reset! (want i) true))
                 (reset! (want i) false)))
        a (future (pass 0)) b (future (pass 1))]
    @a @b :passed))

;; A flag that another sets.
(defn spin []
  (let [flag (atom false)]
    (future (reset! flag true))
    (while (not @flag))
    :seen))
