;; What ClojureScript programs for a browser use beside the DOM's own names.

(defn get-events
  "A channel that gets each event of kind type, such as \"click\", at elem."
  [elem type]
  (let [events (chan)]
    (listen elem type (fn [event] (put! events event)))
    events))
