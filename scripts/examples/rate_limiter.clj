;; A rate limiter after the token bucket: at most `burst` requests at once,
;; and `rate` a second in the long run. Those who come too fast wait, or give up
;; after a while.

(ns rate-limiter
  (:require [clojure.core.async :as a :refer [<! <!! >! alt! chan close! go go-loop timeout]]))

(defprotocol Limiter
  (acquire [limiter] "A channel that closes when one may go on.")
  (stop [limiter] "Ends the limiter; who waits may go on."))

(defn token-bucket
  "A limiter that lets burst requests pass at once and then one each period-ms."
  [burst period-ms]
  (let [tokens (chan (a/dropping-buffer burst))
        quit (chan)]
    (dotimes [_ burst] (a/put! tokens :token))
    (go-loop [tick (timeout period-ms)]
      (let [[_ port] (a/alts! [tick quit])]
        (if (= port quit)
          (close! tokens)
          (do (>! tokens :token)
              (recur (timeout period-ms))))))
    (reify Limiter
      (acquire [_] (go (<! tokens) nil))
      (stop [_] (close! quit)))))

(defn limited
  "Calls f for each of requests, as fast as the limiter allows; gives a channel
  of the results, each with the time in whole periods that it had to wait."
  [limiter period-ms f requests]
  (let [start (System/currentTimeMillis)
        waited #(Math/round (/ (- (System/currentTimeMillis) start) (double period-ms)))]
    (a/merge
      (for [r requests]
        (go (<! (acquire limiter))
            [(waited) (f r)])))))

(def period 100)

(let [limiter (token-bucket 3 period)
      results (<!! (a/into [] (limited limiter period #(* % %) (range 8))))]
  (println "waited:" (mapv first results))
  (println "results:" (sort (map second results)))
  (stop limiter))

;; Impatient callers: with one token every 100 ms and a patience of 250 ms,
;; two of the five who come together get through.
(let [limiter (token-bucket 1 period)
      _ (<!! (acquire limiter)) ; the bucket is empty
      outcomes (for [i (range 5)]
                 (go (let [may-go (acquire limiter)
                           too-late (timeout 250)]
                       (alt! may-go :served
                             too-late :gave-up))))]
  (println (frequencies (mapv <!! (doall outcomes))))
  (stop limiter))
