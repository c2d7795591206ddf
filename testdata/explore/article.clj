(defn writer-waits []
  (let [c (chan)]
    (thread (>!! c "hello") (println "writer unblocked"))
    (println (<!! c))))
