;; clojure.pprint/cl-format: the format of Common Lisp. A text becomes a tree
;; of directives; each is a function from a state {:args :seen :out :up?} to the
;; next one: args are the arguments that are left, seen those before, out the
;; pieces of text so far, up? whether ~^ has ended the block.

(def directive-pattern
  "A directive: parameters, modifiers, letter."
  #"^~((?:(?:[+-]?\d+|'(?:.|\n)|[vV#])?,)*(?:[+-]?\d+|'(?:.|\n)|[vV#])?)([:@]*)((?:.|\n))")

(defn parse-param
  "The value of a written parameter: a number, a character, :v, :count, or nil."
  [s]
  (cond
    (= s "") nil
    (= s "#") :count
    (contains? #{"v" "V"} s) :v
    (= \' (first s)) (second s)
    :else (parse-long (if (= \+ (first s)) (subs s 1) s))))

(defn split-params
  "The written parameters of s, between commas that are not quoted."
  [s]
  (loop [s s part "" out []]
    (cond
      (= s "") (if (and (= part "") (= out [])) out (conj out part))
      (= \' (first s)) (recur (subs s 2) (str part (subs s 0 2)) out)
      (= \, (first s)) (recur (subs s 1) "" (conj out part))
      :else (recur (subs s 1) (str part (first s)) out))))

(defn scan
  "The pieces of format text s: strings, and maps of directives."
  [s]
  (loop [s s out []]
    (let [i (clojure.string/index-of s "~")]
      (cond
        (nil? i) (if (= s "") out (conj out s))
        (pos? i) (recur (subs s i) (conj out (subs s 0 i)))
        :else
        (let [[whole params mods letter] (re-find directive-pattern s)]
          (when (nil? whole)
            (throw (RuntimeException. (str "Badly formed directive: " s))))
          (let [left (subs s (count whole))]
            (if (= letter "\n")
              (recur (if (= mods ":") left (clojure.string/triml left)) (if (= mods "@") (conj out "\n") out))
              (recur left
                     (conj out {:letter (clojure.string/lower-case letter)
                                :params (mapv parse-param (split-params params))
                                :colon? (clojure.string/includes? mods ":")
                                :at? (clojure.string/includes? mods "@")})))))))))

(def closers
  "The directives that open a block, with what closes it."
  {"{" "}" "[" "]" "(" ")"})

(defn nest
  "[tree rest] of pieces up to directive closer: blocks have their :clauses, each a tree."
  [pieces closer]
  (loop [s (seq pieces) tree [] clauses []]
    (let [p (first s) letter (:letter p)]
      (cond
        (nil? s) (if closer
                   (throw (RuntimeException. (str "No closing ~" closer " found")))
                   [(conj clauses tree) nil nil])
        (and closer (= letter closer)) [(conj clauses tree) (next s) p]
        (= letter ";") (recur (next s) [] (conj clauses (with-meta tree {:else-next? (:colon? p)})))
        (closers letter)
        (let [[inner more end] (nest (next s) (closers letter))]
          (recur (seq more) (conj tree (assoc p :clauses inner :at-least-once? (:colon? end))) clauses))
        :else (recur (next s) (conj tree p) clauses)))))

(defn take-arg
  "The next argument of state st, and the state behind it."
  [st]
  (when (nil? (seq (:args st)))
    (throw (RuntimeException. "Not enough arguments for format definition")))
  [(first (:args st)) (assoc st :args (next (:args st)) :seen (conj (:seen st) (first (:args st))))])

(defn emit
  "State st with text s put out."
  [st s]
  (assoc st :out (conj (:out st) s)))

(defn pad
  "s filled up to width n with character c, on the left or on the right."
  [s n c left?]
  (let [fill (apply str (repeat (- (or n 0) (count s)) (or c \space)))]
    (if left? (str fill s) (str s fill))))

(defn group-digits
  "The digits of s in groups of n with c between."
  [s n c]
  (let [first-group (rem (count s) n)
        head (subs s 0 first-group)
        groups (map #(apply str %) (partition n (subs s first-group)))]
    (apply str (interpose c (if (= head "") groups (cons head groups))))))

(defn digits-of
  "The digits of integer n, not negative, in a radix."
  [n radix]
  (loop [n n out ()]
    (let [out (conj out (nth "0123456789abcdefghijklmnopqrstuvwxyz" (rem n radix)))]
      (if (< n radix)
        (apply str out)
        (recur (quot n radix) out)))))

(defn integer-text
  "Integer x in a radix, with the sign and the groups that directive d asks for."
  [x radix d [mincol padchar commachar group]]
  (if-not (integer? x)
    (str x)
    (let [digits (digits-of (if (neg? x) (-' x) x) radix)
          digits (if (:colon? d) (group-digits digits (or group 3) (or commachar \,)) digits)]
      (pad (str (cond (neg? x) "-" (:at? d) "+" :else "") digits) mincol padchar true))))

(def ones
  "The names of the numbers below twenty."
  ["zero" "one" "two" "three" "four" "five" "six" "seven" "eight" "nine" "ten" "eleven" "twelve"
   "thirteen" "fourteen" "fifteen" "sixteen" "seventeen" "eighteen" "nineteen"])

(def tens
  "The names of the tens."
  ["" "" "twenty" "thirty" "forty" "fifty" "sixty" "seventy" "eighty" "ninety"])

(def scales
  "The names of the powers of a thousand."
  ["" " thousand" " million" " billion" " trillion" " quadrillion" " quintillion"])

(defn below-thousand
  "The name of n, from 1 to 999."
  [n]
  (let [h (quot n 100) r (rem n 100)
        low (cond
              (zero? r) nil
              (< r 20) (ones r)
              (zero? (rem r 10)) (tens (quot r 10))
              :else (str (tens (quot r 10)) "-" (ones (rem r 10))))]
    (apply str (interpose " " (remove nil? [(when (pos? h) (str (ones h) " hundred")) low])))))

(defn cardinal
  "The English name of integer n."
  [n]
  (cond
    (zero? n) "zero"
    (neg? n) (str "minus " (cardinal (- n)))
    :else (loop [n n i 0 out ()]
            (if (zero? n)
              (apply str (interpose ", " out))
              (recur (quot n 1000) (inc i)
                     (if (zero? (rem n 1000))
                       out
                       (conj out (str (below-thousand (rem n 1000)) (scales i)))))))))

(def roman-digits
  "Values and their Roman digits, greatest first."
  [[1000 "M"] [900 "CM"] [500 "D"] [400 "CD"] [100 "C"] [90 "XC"] [50 "L"] [40 "XL"] [10 "X"]
   [9 "IX"] [5 "V"] [4 "IV"] [1 "I"]])

(defn roman
  "Integer n, positive, in Roman digits."
  [n]
  (loop [n n s (seq roman-digits) out ""]
    (cond
      (nil? s) out
      (>= n (ffirst s)) (recur (- n (ffirst s)) s (str out (second (first s))))
      :else (recur n (next s) out))))

(defn fixed-text
  "Number x with d digits behind the point, or as many as it has, in w columns."
  [x [w d _ _ padchar] at?]
  (let [x (double x)
        s (if d (format (str "%." d "f") x) (str (bigdec x)))
        s (if (or d (clojure.string/includes? s ".")) s (str s ".0"))
        s (if (and at? (not (neg? x))) (str "+" s) s)
        s (if (and w (> (count s) w) (clojure.string/starts-with? s "0.")) (subs s 1) s)]
    (pad s w padchar true)))

(defn iteration
  "State st after directive d, which goes through a list or the arguments."
  [st d [limit]]
  (let [body (first (:clauses d))
        turn (fn [st args]
               (run-all (assoc st :args (seq args) :seen [] :up? false) body))
        [items st] (if (:at? d)
                     [(:args st) (assoc st :args nil)]
                     (take-arg st))]
    (if (:colon? d)
      (assoc (reduce (fn [st args] (assoc (turn st args) :args (:args st) :seen (:seen st)))
                     st
                     (if limit (take limit items) items))
        :up? false)
      (loop [inner (assoc st :args (seq items) :seen [] :up? false)
             n 0
             once? (:at-least-once? d)]
        (if (or (:up? inner)
                (and limit (>= n limit))
                (and (nil? (:args inner)) (not once?)))
          (assoc st :out (:out inner))
          (recur (run-all inner body) (inc n) false))))))

(defn conditional
  "State st after directive d, which chooses one of its clauses."
  [st d [n]]
  (let [clauses (:clauses d)]
    (cond
      (:colon? d) (let [[x st] (take-arg st)]
                    (run-all st (nth clauses (if x 1 0))))
      (:at? d) (if (first (:args st))
                 (run-all st (first clauses))
                 (second (take-arg st)))
      :else (let [[i st] (if n [n st] (take-arg st))
                  else? (and (> (count clauses) 1)
                             (:else-next? (meta (nth clauses (- (count clauses) 2)))))
                  plain (if else? (dec (count clauses)) (count clauses))]
              (cond
                (< -1 i plain) (run-all st (nth clauses i))
                else? (run-all st (peek clauses))
                :else st)))))

(defn change-case
  "Text s with the case that directive d asks for."
  [s d]
  (let [words #(clojure.string/replace (clojure.string/lower-case %) #"\w+" clojure.string/capitalize)]
    (cond
      (and (:colon? d) (:at? d)) (clojure.string/upper-case s)
      (:colon? d) (words s)
      (:at? d) (clojure.string/replace-first (clojure.string/lower-case s) #"\w+" clojure.string/capitalize)
      :else (clojure.string/lower-case s))))

(defn column
  "How many characters state st has put out since the last end of line."
  [st]
  (let [s (apply str (:out st))
        i (clojure.string/last-index-of s "\n")]
    (if i (- (count s) i 1) (count s))))

(defn goto-arg
  "State st after directive d, which moves among the arguments."
  [st d [n]]
  (let [all (concat (:seen st) (:args st))
        i (cond
            (:at? d) (or n 0)
            (:colon? d) (- (count (:seen st)) (or n 1))
            :else (+ (count (:seen st)) (or n 1)))]
    (assoc st :seen (vec (take i all)) :args (seq (drop i all)))))

(defn plural
  "State st after directive d, which puts out the ending of a plural."
  [st d]
  (let [[x st] (if (:colon? d) [(peek (:seen st)) st] (take-arg st))]
    (emit st (if (:at? d) (if (= x 1) "y" "ies") (if (= x 1) "" "s")))))

(defn radix
  "State st after directive d, which puts out an integer in a radix or in words."
  [st d [r & params]]
  (let [[x st] (take-arg st)]
    (emit st (cond
               r (integer-text x r d params)
               (:at? d) (roman x)
               :else (cardinal x)))))

(def directives
  "What each directive does, by its letter, to a state: (f state directive parameters)."
  (let [shown (fn [show]
                (fn [st d [mincol _ minpad padchar]]
                  (let [[x st] (take-arg st)
                        s (if (and (nil? x) (:colon? d)) "()" (show x))
                        s (if minpad (pad s (+ (count s) minpad) padchar (:at? d)) s)]
                    (emit st (pad s mincol padchar (:at? d))))))
        in-radix (fn [r]
                   (fn [st d params]
                     (let [[x st] (take-arg st)]
                       (emit st (integer-text x r d params)))))
        repeated (fn [s]
                   (fn [st _ [n]] (emit st (apply str (repeat (or n 1) s)))))]
    {"a" (shown #(if (nil? %) "nil" (print-str %)))
     "s" (shown pr-str)
     "w" (shown pr-str)
     "d" (in-radix 10)
     "b" (in-radix 2)
     "o" (in-radix 8)
     "x" (in-radix 16)
     "r" radix
     "p" (fn [st d _] (plural st d))
     "c" (fn [st d _]
           (let [[x st] (take-arg st)]
             (emit st (if (:at? d) (pr-str x) (str x)))))
     "f" (fn [st d params]
           (let [[x st] (take-arg st)]
             (emit st (if (number? x) (fixed-text x params (:at? d)) (str x)))))
     "e" (fn [st d [_ digits]]
           (let [[x st] (take-arg st)]
             (emit st (format (str "%." (or digits 6) "E") (double x)))))
     "$" (fn [st d [digits _ mincol padchar]]
           (let [[x st] (take-arg st)]
             (emit st (fixed-text x [mincol (or digits 2) nil nil padchar] (:at? d)))))
     "%" (repeated "\n")
     "~" (repeated "~")
     "|" (repeated "\f")
     "&" (fn [st _ _] (if (zero? (column st)) st (emit st "\n")))
     "t" (fn [st d [colnum colinc]]
           (let [at (column st)
                 to (or colnum 1)]
             (emit st (apply str (repeat (cond (:at? d) to (< at to) (- to at) :else (or colinc 1)) " ")))))
     "*" goto-arg
     "{" iteration
     "[" conditional
     "(" (fn [st d _]
           (let [inner (run-all (assoc st :out []) (first (:clauses d)))]
             (assoc inner :out (conj (:out st) (change-case (apply str (:out inner)) d)))))
     "^" (fn [st _ _] (if (seq (:args st)) st (assoc st :up? true)))}))

(defn run-directive
  "State st after directive d."
  [st d]
  (let [f (or (directives (:letter d))
              (throw (RuntimeException. (str "Directive \"" (:letter d) "\" is undefined"))))
        [st params] (reduce (fn [[st params] p]
                              (case p
                                :v (let [[x st] (take-arg st)] [st (conj params x)])
                                :count [st (conj params (count (:args st)))]
                                [st (conj params p)]))
                            [st []]
                            (:params d))]
    (f st d params)))

(defn run-all
  "State st after the pieces of tree, or up to a ~^ that ends it."
  [st tree]
  (loop [st st s (seq tree)]
    (cond
      (or (nil? s) (:up? st)) st
      (string? (first s)) (recur (emit st (first s)) (next s))
      :else (recur (run-directive st (first s)) (next s)))))

(defn cl-format
  "Text made from args as Common Lisp's format says: printed to writer, to *out* if that is true,
  given as a string if it is nil.
    (clojure.pprint/cl-format nil \"~d ~a ~{~a~^, ~}\" 42 \"x\" [1 2]) ;=> \"42 x 1, 2\""
  [writer text & args]
  (let [[[tree]] (nest (scan text) nil)
        s (apply str (:out (run-all {:args (seq args) :seen [] :out [] :up? false} tree)))]
    (cond
      (nil? writer) s
      (true? writer) (print s)
      :else (binding [*out* writer] (print s)))))
