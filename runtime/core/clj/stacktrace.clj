;; clojure.stacktrace: exceptions and where they were thrown, for people.

(defn root-cause
  "The exception at the end of the causes of tr.
    (ex-message (clojure.stacktrace/root-cause (Exception. \"a\" (Exception. \"b\")))) ;=> \"b\""
  [tr]
  (if-let [cause (ex-cause tr)] (recur cause) tr))

(defn print-trace-element
  "Prints one element of a stack trace, as getStackTrace has them."
  [e]
  (print (str e)))

(defn print-throwable
  "Prints the class and message of tr, and its data if it has some.
    (with-out-str (clojure.stacktrace/print-throwable (ex-info \"no\" {:a 1}))) ;=> \"clojure.lang.ExceptionInfo: no\\n{:a 1}\""
  [tr]
  (printf "%s: %s" (.getName (class tr)) (ex-message tr))
  (when-let [data (ex-data tr)]
    (newline)
    (pr data)))

(defn print-stack-trace
  "Prints tr and its stack trace, of that the first n elements if n is given."
  ([tr] (print-stack-trace tr nil))
  ([tr n]
   (print-throwable tr)
   (newline)
   (let [all (.getStackTrace tr)
         shown (seq (if n (take n all) all))]
     (print " at ")
     (if shown
       (doseq [[i e] (map-indexed vector shown)]
         (when (pos? i) (print "    "))
         (print-trace-element e)
         (newline))
       (println "[empty stack trace]")))))

(defn print-cause-trace
  "Prints tr as print-stack-trace does, and then each of its causes."
  ([tr] (print-cause-trace tr nil))
  ([tr n]
   (print-stack-trace tr n)
   (when-let [cause (ex-cause tr)]
     (print "Caused by: ")
     (recur cause n))))

(defn e
  "Prints the first 8 elements of the trace of the last exception at the prompt, *e."
  []
  (print-stack-trace *e 8))
