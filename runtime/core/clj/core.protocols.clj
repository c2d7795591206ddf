;; clojure.core.protocols: what a program's types may implement. The functions
;; of clojure.core see collections by their sequences.

(def CollReduce
  "The protocol of collections that reduce in their own way: coll-reduce."
  (protocol* 'clojure.core.protocols/CollReduce nil
             (array-map :coll-reduce {:name 'coll-reduce :arglists '([coll f] [coll f val]) :doc nil}) false))

(def coll-reduce
  "The method of CollReduce, (coll-reduce coll f) and (coll-reduce coll f val)."
  (protocol-fn* CollReduce :coll-reduce))

(extend-protocol CollReduce
  nil
  (coll-reduce ([coll f] (f)) ([coll f val] val))
  clojure.lang.IReduceInit
  (coll-reduce ([coll f] (.reduce coll f)) ([coll f val] (.reduce coll f val)))
  Object
  (coll-reduce
    ([coll f] (let [s (seq coll)] (if s (reduce-seq f (first s) (next s)) (f))))
    ([coll f val] (reduce-seq f val (seq coll)))))

(def IKVReduce
  "The protocol of maps that reduce over keys and values in their own way: kv-reduce."
  (protocol* 'clojure.core.protocols/IKVReduce nil
             (array-map :kv-reduce {:name 'kv-reduce :arglists '([amap f init]) :doc nil}) false))

(def kv-reduce
  "The method of IKVReduce, (kv-reduce amap f init)."
  (protocol-fn* IKVReduce :kv-reduce))

(extend-protocol IKVReduce
  nil
  (kv-reduce [amap f init] init)
  Object
  (kv-reduce [amap f init] (reduce (fn [acc [k v]] (f acc k v)) init amap)))

(def Datafiable
  "The protocol of what has a form as data: datafy."
  (protocol* 'clojure.core.protocols/Datafiable nil
             (array-map :datafy {:name 'datafy :arglists '([o]) :doc nil}) true))

(def datafy
  "The method of Datafiable, (datafy o): by default o itself."
  (protocol-fn* Datafiable :datafy))

(extend-protocol Datafiable
  nil
  (datafy [o] nil)
  Object
  (datafy [o] o))

(def Navigable
  "The protocol of what one can go on from, by a key and what stands there: nav."
  (protocol* 'clojure.core.protocols/Navigable nil
             (array-map :nav {:name 'nav :arglists '([coll k v]) :doc nil}) true))

(def nav
  "The method of Navigable, (nav coll k v): by default v itself."
  (protocol-fn* Navigable :nav))

(extend-protocol Navigable
  Object
  (nav [coll k v] v))
