;; n processes each read x and then write x + 1. The main process waits until
;; all have, and checks.
(defn lost-update [n]
  (let [x (atom 0)
        done (doall (for [_ (range n)] (future (reset! x (inc @x)))))]
    (doseq [d done] @d)
    (assert (= n @x))
    @x))
