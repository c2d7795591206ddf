;; clojure.repl: what one asks about names at a prompt.

(defn print-doc
  "Prints the documentation of the var or namespace that symbol sym names."
  [sym]
  (let [x (or (find-ns sym) (resolve sym))
        m (meta x)]
    (cond
      (special-symbol? sym)
      (println (str "-------------------------\n" sym "\nSpecial Form"))
      (nil? x) nil
      (var? x)
      (do
        (println (str "-------------------------\n" (ns-name (:ns m)) "/" (:name m)))
        (when (:arglists m) (println (:arglists m)))
        (when (:macro m) (println "Macro"))
        (when (:doc m) (println (str "  " (:doc m)))))
      :else
      (println (str "-------------------------\n" sym "\n  " (:doc m))))))

(defmacro doc
  "Prints the documentation of what name names."
  [name]
  `(print-doc '~name))

(defn source-fn
  "The text of the definition of the symbol x, nil if it is not known."
  [x]
  (source-text x))

(defmacro source
  "Prints the text of the definition of name."
  [name]
  `(println (or (source-fn '~name) "Source not found")))

(defn apropos
  "The symbols of all names that contain a string or match a regex, sorted."
  [pattern]
  (let [fits? (if (instance? java.util.regex.Pattern pattern)
                #(re-find pattern (str %))
                #(clojure.string/includes? (str %) (str pattern)))]
    (sort (mapcat (fn [ns]
                    (map #(symbol (str (ns-name ns)) (str %))
                         (filter fits? (keys (ns-publics ns)))))
                  (all-ns)))))

(defn dir-fn
  "The public names of namespace ns, sorted."
  [ns]
  (sort (keys (ns-publics (the-ns ns)))))

(defmacro dir
  "Prints the public names of namespace nsname."
  [nsname]
  `(run! println (dir-fn '~nsname)))

(defn find-doc
  "Prints the documentation of all vars whose name or documentation matches a string or regex."
  [re]
  (let [re (re-pattern re)]
    (doseq [ns (sort-by ns-name (all-ns))
            [sym v] (sort-by key (ns-publics ns))
            :let [d (:doc (meta v))]
            :when (or (re-find re (str sym)) (and d (re-find re d)))]
      (print-doc (symbol (str (ns-name ns)) (str sym))))))

(defn root-cause
  "The exception at the bottom of the causes of e."
  [e]
  (if-let [c (ex-cause e)]
    (recur c)
    e))

(defn pst
  "Prints what exception e (or *e) is, and what caused it."
  ([] (pst *e))
  ([e]
   (when e
     (loop [e e prefix ""]
       (println (str prefix (.getName (class e)) " " (ex-message e)
                     (when-let [d (ex-data e)] (str " " (pr-str d)))))
       (when-let [c (ex-cause e)]
         (recur c "Caused by: "))))))
