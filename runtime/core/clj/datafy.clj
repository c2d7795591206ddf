;; clojure.datafy: values as data.

(defn datafy
  "What stands for x as data, which x may say by the protocol Datafiable; x itself by default.
    (clojure.datafy/datafy {:a 1}) ;=> {:a 1}"
  [x]
  (clojure.core.protocols/datafy x))

(defn nav
  "What v, found under k in coll, leads to, which coll may say by the protocol Navigable; v itself
  by default.
    (clojure.datafy/nav {:a 1} :a 1) ;=> 1"
  [coll k v]
  (clojure.core.protocols/nav coll k v))
