;; clojure.data: what two values have of their own and what they share.

(defn atom-diff
  "diff of two values that have no parts."
  [a b]
  (if (= a b) [nil nil a] [a b nil]))

(defn vectorize
  "The vector of the values of m, a map from positions, with nil between; nil if m is empty."
  [m]
  (when (seq m)
    (reduce (fn [v [i x]] (assoc v i x))
            (vec (repeat (apply max (keys m)) nil))
            m)))

(defn diff-associative
  "diff of two maps or vectors, at the keys ks."
  [a b ks]
  (reduce
    (fn [sofar one] (doall (map merge sofar one)))
    [nil nil nil]
    (map (fn [k]
           (let [va (get a k)
                 vb (get b k)
                 [only-a only-b both] (diff va vb)
                 in-a (contains? a k)
                 in-b (contains? b k)
                 same (and in-a in-b (or (some? both) (and (nil? va) (nil? vb))))]
             [(when (and in-a (or (some? only-a) (not same))) {k only-a})
              (when (and in-b (or (some? only-b) (not same))) {k only-b})
              (when same {k both})]))
         ks)))

(defn diff-sequential
  "diff of two sequences, position by position."
  [a b]
  (vec (map vectorize
            (diff-associative (vec a) (vec b) (range (max (count a) (count b)))))))

(defn diff-set
  "diff of two sets."
  [a b]
  (let [only (fn [x y] (not-empty (reduce disj x y)))]
    [(only a b)
     (only b a)
     (not-empty (reduce (fn [r x] (if (contains? b x) r (disj r x))) a a))]))

(defn diff
  "[what is in a alone, what is in b alone, what is in both], for maps, sets and sequences part
  by part.
    (clojure.data/diff {:a 1 :b 2} {:a 1 :c 3}) ;=> ({:b 2} {:c 3} {:a 1})"
  [a b]
  (cond
    (= a b) [nil nil a]
    (and (map? a) (map? b)) (diff-associative a b (into (set (keys a)) (keys b)))
    (and (set? a) (set? b)) (diff-set a b)
    (and (sequential? a) (sequential? b)) (diff-sequential a b)
    :else (atom-diff a b)))
