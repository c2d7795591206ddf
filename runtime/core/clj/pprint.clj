;; clojure.pprint: collections laid out over lines. The layout is that of XP
;; (Waters 1989), as clojure.pprint has it, for the newlines that it uses here:
;; linear ones, which break all in a block and in those around it, or none. A
;; value becomes a vector of tokens, [:text s], [:newline], [:open prefix] and
;; [:close suffix]; layout then needs to know of each newline how far its
;; section reaches: up to the next newline of a block further out.

(def ^:dynamic *print-right-margin*
  "The column that pprint's lines stay left of; nil for no limit."
  72)

(def ^:dynamic *print-pretty*
  "Whether pprint lays out at all."
  true)

(def reader-macros
  "The calls of one argument that print as a prefix."
  {'quote "'" 'var "#'" 'clojure.core/deref "@" 'clojure.core/unquote "~"})

(defn elements
  "Tokens out, with those of each element of s; a newline between."
  [out s level]
  (let [limit *print-length*]
    (loop [out out s (seq s) n 0]
      (cond
        (nil? s) out
        (and limit (>= n limit)) (conj out [:text "..."])
        :else (let [out (tokens out (first s) level)]
                (if (next s)
                  (recur (conj out [:text " "] [:newline]) (next s) (inc n))
                  out))))))

(defn entries
  "Tokens out, with those of each entry of s: a block of its own, of key and value."
  [out s level]
  (let [limit *print-length*]
    (loop [out out s (seq s) n 0]
      (cond
        (nil? s) out
        (and limit (>= n limit)) (conj out [:text "..."])
        :else (let [e (first s)
                    out (-> (conj out [:open ""])
                            (tokens (key e) level)
                            (conj [:text " "] [:newline])
                            (tokens (val e) level)
                            (conj [:close ""]))]
                (if (next s)
                  (recur (conj out [:text ", "] [:newline]) (next s) (inc n))
                  out))))))

(defn tokens
  "Tokens out, with those of value x, which is level blocks deep."
  [out x level]
  (let [block (fn [prefix part suffix]
                (if (and *print-level* (>= level *print-level*))
                  (conj out [:text "#"])
                  (-> (conj out [:open prefix])
                      (part x (inc level))
                      (conj [:close suffix]))))]
    (cond
      (map? x) (block "{" entries "}")
      (vector? x) (block "[" elements "]")
      (set? x) (block "#{" elements "}")
      (seq? x) (if-let [prefix (and (= 2 (count x)) (reader-macros (first x)))]
                 (tokens (conj out [:text prefix]) (second x) level)
                 (block "(" elements ")"))
      :else (conj out [:text (pr-str x)]))))

(defn width
  "How many columns a token takes when nothing breaks."
  [[kind s]]
  (if (= kind :newline) 0 (count s)))

(defn section-lengths
  "For each of toks, in order, nil or, for a newline, the length of its section."
  [toks]
  (let [total (reduce + (map width toks))]
    (loop [i (dec (count toks)) pos total frames (list {:end total}) out ()]
      (if (neg? i)
        out
        (let [tok (nth toks i)
              frame (first frames)
              before (- pos (width tok))]
          (case (first tok)
            :newline (recur (dec i) before (conj (rest frames) (assoc frame :next pos))
                            (conj out (- (:end frame) pos)))
            :close (recur (dec i) before (conj frames {:end (:next frame (:end frame))}) (conj out nil))
            :open (recur (dec i) before (rest frames) (conj out nil))
            (recur (dec i) before frames (conj out nil))))))))

(defn layout
  "The text of toks, broken into lines that stay left of column margin where they can."
  [toks margin]
  (loop [s (seq toks) lengths (section-lengths toks)
         col 0          ; of what is written
         space ""       ; what comes before the next text, unless a line ends here
         blocks (list [0 false])
         out []]
    (if (nil? s)
      (apply str out)
      (let [[kind text] (first s)
            [indent broken?] (first blocks)
            more (next s)
            lengths* (rest lengths)]
        (case kind
          :newline
          (if (or broken? (>= (+ col (first lengths)) margin))
            (recur more lengths* indent "" (apply list (map (fn [[i _]] [i true]) blocks))
                   (conj out "\n" (apply str (repeat indent " "))))
            (recur more lengths* col space blocks out))
          :close
          (recur more lengths* (+ col (count space) (count text)) "" (rest blocks) (conj out space text))
          (let [body (clojure.string/trimr text)
                start (+ col (count space))
                end (+ start (count body))]
            (recur more lengths*
                   (if (and (= body "") (= kind :text)) col end)
                   (if (= kind :text)
                     (if (= body "") (str space text) (subs text (count body)))
                     "")
                   (if (= kind :open) (conj blocks [end false]) blocks)
                   (if (and (= body "") (= kind :text)) out (conj out space body)))))))))

(defn pprint-str
  "What pprint prints of x, without the end of the line."
  [x]
  (if (and *print-pretty* *print-right-margin*)
    (layout (tokens [] x 0) *print-right-margin*)
    (pr-str x)))

(defn pprint
  "Prints x, collections laid out over lines where they are long, and ends the line; to *out* or
  to writer.
    (with-out-str (clojure.pprint/pprint {:a 1})) ;=> \"{:a 1}\\n\""
  ([x] (println (pprint-str x)))
  ([x writer]
   (binding [*out* writer]
     (pprint x))))

(defmacro pp
  "Prints the last value of the prompt with pprint."
  []
  `(pprint *1))

(defn print-table
  "Prints rows, a collection of maps, as a table with a column for each of ks, or for each key of
  the first row."
  ([rows] (print-table (keys (first rows)) rows))
  ([ks rows]
   (when (seq rows)
     (let [widths (map (fn [k] (apply max (count (str k)) (map #(count (str (get % k))) rows))) ks)
           pad (fn [w x] (str (apply str (repeat (- w (count (str x))) " ")) (str x)))
           line (fn [left mid right cells]
                  (str left (apply str (interpose mid cells)) right))]
       (println)
       (println (line "| " " | " " |" (map pad widths ks)))
       (println (line "|-" "-+-" "-|" (map #(apply str (repeat % "-")) widths)))
       (doseq [row rows]
         (println (line "| " " | " " |" (map (fn [w k] (pad w (get row k))) widths ks))))))))
