;; A chat server: rooms, members who come and go, history for those who come
;; late, and members who are too slow and lose the oldest messages, not the
;; room its pace. The server is one go-loop that owns all of its state; members
;; and server know each other by channels only.

(ns chat-server
  (:require [clojure.core.async :as a :refer [<! <!! >! >!! chan go go-loop]]
            [clojure.string :as str]))

(def history-size 3)

;; The state of the server: {room {:members {name channel} :history [message]}}

(defmulti handle
  "The state after a request."
  (fn [state request] (:op request)))

(defn- tell [channels message]
  (doseq [c channels] (a/put! c message)))

(defn- post [state room message]
  (tell (vals (get-in state [room :members])) message)
  (update-in state [room :history] #(vec (take-last history-size (conj (or % []) message)))))

(defmethod handle :join [state {:keys [room who inbox]}]
  (doseq [m (get-in state [room :history])] (a/put! inbox (assoc m :old true)))
  (-> state
      (assoc-in [room :members who] inbox)
      (post room {:from :server :text (str who " has joined")})))

(defmethod handle :say [state {:keys [room who text]}]
  (if (get-in state [room :members who])
    (post state room {:from who :text text})
    state))

(defmethod handle :leave [state {:keys [room who]}]
  (let [inbox (get-in state [room :members who])
        state (update-in state [room :members] dissoc who)]
    (when inbox (a/close! inbox))
    (post state room {:from :server :text (str who " has left")})))

(defmethod handle :who [state {:keys [room]}]
  (sort (keys (get-in state [room :members]))))

(defn start-server
  "Starts a server; gives the channel that takes its requests. A request may
  have :reply-to, a channel that gets its answer."
  []
  (let [requests (chan 16)]
    (go-loop [state {}]
      (if-let [{:keys [op reply-to] :as request} (<! requests)]
        (let [result (handle state request)]
          (when reply-to (>! reply-to (if (= op :who) result :ok)))
          (recur (if (= op :who) state result)))
        (doseq [{:keys [members]} (vals state), inbox (vals members)]
          (a/close! inbox))))
    requests))

(defn request!
  "Sends a request and waits for the answer."
  [server op & {:as details}]
  (let [reply (chan 1)]
    (>!! server (assoc details :op op :reply-to reply))
    (<!! reply)))

(defn show [{:keys [from text old]}]
  (str (when old "(earlier) ") (if (= from :server) "*" (str from ":")) " " text))

(defn member
  "Joins a room; gives a channel that gets, when the member has left, all lines
  that it saw. A slow member has a small sliding buffer."
  [server room who buffer]
  (let [inbox (chan buffer (map show))]
    (request! server :join :room room :who who :inbox inbox)
    inbox))

(defn transcript [inbox] (<!! (a/into [] inbox)))

(let [server (start-server)
      ann (member server :lobby "ann" 32)
      bob (member server :lobby "bob" 32)]
  (request! server :say :room :lobby :who "ann" :text "hello")
  (request! server :say :room :lobby :who "bob" :text "hi, ann")
  (request! server :say :room :lobby :who "eve" :text "nobody hears me: I am not here")
  (let [cid (member server :lobby "cid" (a/sliding-buffer 2))]
    (dotimes [i 5]
      (request! server :say :room :lobby :who "ann" :text (str "news " (inc i))))
    (println "present:" (str/join ", " (request! server :who :room :lobby)))
    (request! server :leave :room :lobby :who "bob")
    (a/close! server)
    (doseq [[who inbox] [["ann" ann] ["bob" bob] ["cid, who was slow" cid]]]
      (println (str "--- " who))
      (run! println (transcript inbox)))))
