;; The dining philosophers, three times: with forks that are channels and a
;; waiter who seats at most four; with transactions, which take both forks or
;; none; and with locks that are taken in one order.

(ns philosophers
  (:require [clojure.core.async :as a :refer [<! <!! >! chan go-loop]]))

(def n 5)
(def rounds 20)

(defn report [how meals]
  (println how "-" (reduce + meals) "meals," (if (apply = meals) "all alike" (str "unequal: " meals))))

;; With channels: a fork is a token in a channel, and a seat, too.

(defn dine-with-channels []
  (let [token-chan (fn [k] (let [c (chan k)] (dotimes [_ k] (a/put! c :token)) c))
        seats (token-chan (dec n))
        forks (vec (repeatedly n #(token-chan 1)))
        philosopher (fn [i]
                      (let [left (forks i) right (forks (mod (inc i) n))]
                        (go-loop [meals 0]
                          (if (= meals rounds)
                            meals
                            (do (<! seats)
                                (<! left)
                                (<! right)
                                (<! (a/timeout (rand-int 3)))
                                (>! right :token)
                                (>! left :token)
                                (>! seats :token)
                                (recur (inc meals)))))))]
    (mapv <!! (mapv philosopher (range n)))))

;; With transactions: both forks or none, and nobody waits with one in hand.

(defn dine-with-transactions []
  (let [forks (vec (repeatedly n #(ref :free)))
        meals (vec (repeatedly n #(ref 0)))
        take-both (fn [i left right]
                    (dosync
                      (when (= :free (ensure left) (ensure right))
                        (ref-set left i)
                        (ref-set right i))))
        put-back (fn [i left right]
                   (dosync
                     (ref-set left :free)
                     (ref-set right :free)
                     (commute (meals i) inc)))
        philosopher (fn [i]
                      (let [left (forks i) right (forks (mod (inc i) n))]
                        (future
                          (while (< @(meals i) rounds)
                            (when (take-both i left right)
                              (put-back i left right))))))]
    (run! deref (mapv philosopher (range n)))
    (mapv deref meals)))

;; With locks: everyone takes the fork with the lower number first.

(defn dine-with-locks []
  (let [forks (vec (repeatedly n #(Object.)))
        meals (atom (vec (repeat n 0)))
        philosopher (fn [i]
                      (let [[low high] (sort [i (mod (inc i) n)])]
                        (Thread. (fn []
                                   (dotimes [_ rounds]
                                     (locking (forks low)
                                       (locking (forks high)
                                         (swap! meals update i inc))))))))
        threads (mapv philosopher (range n))]
    (run! #(.start ^Thread %) threads)
    (run! #(.join ^Thread %) threads)
    @meals))

(report "channels" (dine-with-channels))
(report "transactions" (dine-with-transactions))
(report "locks" (dine-with-locks))
(shutdown-agents)
