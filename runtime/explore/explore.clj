;; What the explorer finds, as forms of the language. An outcome counts as its
;; value; what is no value counts as its kind: :error, :deadlock, :livelock.

(defmacro explore
  "Finds everything that form can come to, and gives it as a map (see
  explore-call, which knows the options). The option :invariant is an expression
  that is to be true after each step."
  [form & {:as options}]
  (let [options (if (contains? options :invariant)
                  (assoc options :invariant (list 'fn* [] (:invariant options)))
                  options)]
    `(conc.explore/explore-call (fn [] ~form) ~options)))

(defn outcome-set
  "The outcomes of an exploration as a set: values, and for what is no value its kind."
  [result]
  (set (map (fn [o] (if (= :value (:kind o)) (:value o) (:kind o))) (:outcomes result))))

(defmacro explores-to
  "Whether the outcomes of form are exactly those of the set expected, all of
  them, proven."
  [form expected]
  `(let [result# (conc.explore/explore ~form)]
     (and (:exhaustive result#) (= ~expected (conc.explore/outcome-set result#)))))

(defmacro compare-outcomes
  "Explores two forms, and gives the outcomes that only one of them has, and
  those of both."
  [a b]
  `(let [a# (conc.explore/outcome-set (conc.explore/explore ~a))
         b# (conc.explore/outcome-set (conc.explore/explore ~b))]
     {:only-first (set (remove b# a#)) :only-second (set (remove a# b#)) :both (set (filter b# a#))}))

(defmacro replay
  "Evaluates form by the schedule of a token that explore has given for it, and
  gives the outcome. The world is as it was afterwards."
  [form token]
  `(conc.explore/replay-call (fn [] ~form) ~token))
