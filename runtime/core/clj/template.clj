;; clojure.template: one expression for many values.

(defn apply-template
  "expr with the symbols argv replaced by values.
    (clojure.template/apply-template '[x] '(+ x 1) [2]) ;=> (+ 2 1)"
  [argv expr values]
  (when-not (and (vector? argv) (every? symbol? argv))
    (throw (IllegalArgumentException. "The arguments of a template are a vector of symbols")))
  (clojure.walk/postwalk-replace (zipmap argv values) expr))

(defmacro do-template
  "Evaluates expr once for each group of values, which stand for the symbols argv."
  [argv expr & values]
  `(do ~@(map #(apply-template argv expr %) (partition (count argv) values))))
