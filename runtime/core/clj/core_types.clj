;; clojure.core, part four: protocols, records, types and multimethods, as
;; macros over the natives that make and dispatch them.

(defn mentioned
  "The set of the symbols in form, at any depth."
  [form]
  (cond
    (symbol? form) #{form}
    (coll? form) (reduce (fn [s x] (into s (mentioned x))) #{} form)
    :else #{}))

(defn method-specs
  "The specs of an extension, P (m [this] ...) ... Q ..., as pairs of each head and its methods."
  [specs]
  (loop [s (seq specs) out []]
    (if s
      (let [[methods more] (split-with seq? (next s))]
        (recur (seq more) (conj out [(first s) methods])))
      out)))

(defn method-arities
  "The map from each method's name, a keyword, to its arities in order: [params & body]. A
  method is (m [this] ...), once for each arity, or (m ([this] ...) ([this x] ...))."
  [methods]
  (reduce (fn [m [name & tail]]
            (update m (keyword name) (fnil into [])
                    (if (vector? (first tail)) [tail] tail)))
          (array-map)
          methods))

(defn method-fns
  "The form of the map from the names of methods to functions, each arity changed by f. Where all,
  the methods of the whole type, have a name with other numbers of arguments, too, its function
  takes these as well: they are one method, as on the JVM."
  [methods all f]
  (let [all (method-arities all)
        size (fn [arity] (count (first arity)))
        add (fn [arities a] (if (some #(= (size %) (size a)) arities) arities (conj arities a)))]
    (into (array-map)
          (map (fn [[k arities]]
                 [k `(fn ~@(map f (reduce add arities (all k))))]))
          (method-arities methods))))

(defn plain-fns
  "The form of the map from method names to functions."
  [methods]
  (into (array-map)
        (map (fn [[k arities]] [k `(fn ~@(map seq arities))]))
        (method-arities methods)))

(defn with-mutable
  "form with reads of and set! to the mutable fields, a map from symbol to index, done on object."
  [form object mutable]
  (cond
    (empty? mutable) form
    (symbol? form) (if-let [i (mutable form)] `(field* ~object ~i) form)
    (and (seq? form) (= 'quote (first form))) form
    (and (seq? form) (= 'set! (first form)) (mutable (second form)))
    `(set-field* ~object ~(mutable (second form)) ~(with-mutable (nth form 2) object mutable))
    (seq? form) (with-meta (apply list (map #(with-mutable % object mutable) form)) (meta form))
    (map-entry? form) (vec (map #(with-mutable % object mutable) form))
    (coll? form) (into (empty form) (map #(with-mutable % object mutable)) form)
    :else form))

(defn field-mutable?
  "Whether the field that symbol f names was declared to be one that set! may change."
  [f]
  (let [m (meta f)]
    (or (:volatile-mutable m) (:unsynchronized-mutable m))))

(defn method-arity
  "What changes an arity [[this & params] & body] of a type with fields: the fields stand in body
  under their names, and recur goes back to its beginning, without this."
  [fields]
  (fn [[[this & params] & body]]
    (let [object (gensym "this")
          hidden (mentioned [this params])
          used (mentioned body)
          places (into {} (map-indexed (fn [i f] [f i])) fields)
          open (remove hidden fields)
          mutable (into {} (map (fn [f] [f (places f)])) (filter field-mutable? open))
          read (filter used (remove field-mutable? open))
          body (map #(with-mutable % object mutable) body)
          bindings (vec (concat (when (used this) [this object])
                                (mapcat (fn [f] [(with-meta f nil) `(field* ~object ~(places f))]) read)))]
      (if (and (used 'recur) (not (some #{'&} params)))
        (let [args (map (fn [_] (gensym "arg")) params)]
          `([~object ~@args]
            (let ~bindings
              (loop ~(vec (interleave params args)) ~@body))))
        `([~object ~@params]
          (let ~bindings ~@body))))))

(defmacro defprotocol
  "Defines protocol name: functions, each (m [this args...] doc?), that a type can have its own
  of. They choose by the type of their first argument."
  [name & more]
  (let [doc (when (string? (first more)) (first more))
        more (if doc (next more) more)
        options (apply hash-map (apply concat (take-while #(keyword? (first %)) (partition 2 more))))
        sigs (drop-while #(not (seq? %)) more)
        full (symbol (str (ns-name *ns*)) (str name))
        parsed (map (fn [[m & tail]]
                      (let [arglists (apply list (take-while vector? tail))]
                        {:name m :arglists arglists :doc (first (drop (count arglists) tail))}))
                    sigs)
        table (into (array-map)
                    (map (fn [s] [(keyword (:name s)) s]))
                    parsed)]
    `(do
       (def ~(if doc (vary-meta name assoc :doc doc) name)
         (protocol* '~full ~doc '~table ~(boolean (:extend-via-metadata options))))
       ~@(map (fn [{m :name arglists :arglists doc :doc}]
                `(def ~(vary-meta m merge (when doc {:doc doc}) {:arglists (list 'quote arglists)})
                   (protocol-fn* ~name ~(keyword m))))
              parsed)
       '~name)))

(defn extend
  "Has type (a class, or nil) implement protocols, each followed by the map from its method
  names, keywords, to functions."
  [type & more]
  (run! (fn [[protocol methods]] (extend* type protocol methods))
        (partition 2 more)))

(defmacro extend-type
  "Has type implement protocols, each followed by its methods: (m [this args...] body...)."
  [type & specs]
  `(do
     ~@(map (fn [[protocol methods]]
              `(extend* ~type ~protocol ~(plain-fns methods)))
            (method-specs specs))
     nil))

(defmacro extend-protocol
  "Has types implement protocol, each type followed by its methods: (m [this args...] body...)."
  [protocol & specs]
  `(do
     ~@(map (fn [[type methods]]
              `(extend* ~type ~protocol ~(plain-fns methods)))
            (method-specs specs))
     nil))

(defmacro reify
  "An object of its own that implements protocols and interfaces, each followed by its methods:
  (m [this args...] body...)."
  [& specs]
  (let [specs (method-specs specs)]
    `(reify* [~@(map first specs)]
             ~(method-fns (mapcat second specs) nil (method-arity [])))))

(defn type-options
  "The specs of a type without the options, keyword and value, that stand before them."
  [specs]
  (if (keyword? (first specs))
    (recur (nnext specs))
    specs))

(defn class-name
  "The name of the class that a type called name in the current namespace has."
  [name]
  (symbol (str (munge (str (ns-name *ns*))) "." name)))

(defn type-forms
  "The forms that define a type of a kind, :record or :type."
  [kind name fields specs]
  (let [plain (mapv #(with-meta % nil) fields)
        specs (method-specs (type-options specs))
        all (mapcat second specs)]
    ;; The class is there as soon as the form is expanded, for the code in it that names it.
    (type-class* kind (class-name name) (mapv keyword plain))
    `[(declare ~(symbol (str "->" name)))
      ~@(map (fn [[protocol methods]]
               `(extend* ~name ~protocol ~(method-fns methods all (method-arity fields)) true))
             specs)
      (defn ~(symbol (str "->" name))
        ~(str "Makes a " name " of its fields in order.")
        ~plain
        (new-instance* ~name ~@plain))]))

(defmacro defrecord
  "Defines a type of maps that have fields, and implement protocols, each followed by its
  methods, in which the fields stand under their names. (->Name field...), (map->Name map) and
  (Name. field...) make one."
  [name fields & specs]
  (let [ks (map keyword fields)
        m (gensym "m")]
    `(do
       (declare ~(symbol (str "map->" name)))
       ~@(type-forms :record name fields specs)
       (defn ~(symbol (str "map->" name))
         ~(str "Makes a " name " of a map from its fields, keywords.")
         [~m]
         (into (new-instance* ~name ~@(map (fn [k] `(get ~m ~k)) ks))
               (dissoc ~m ~@ks)))
       ~name)))

(defmacro deftype
  "Defines a type that has fields and implements protocols and interfaces, each followed by its
  methods, in which the fields stand under their names. (->Name field...) and (Name. field...)
  make one. A field ^:unsynchronized-mutable or ^:volatile-mutable can be changed by set! there."
  [name fields & specs]
  `(do
     ~@(type-forms :type name fields specs)
     ~name))

(defmacro definterface
  "Refused: conc-repl has protocols in place of interfaces."
  [& _]
  (throw (UnsupportedOperationException. "definterface needs the JVM; use defprotocol")))

(defmacro defmulti
  "Defines multimethod name: (dispatch-fn args...) gives the value by which a call chooses one of
  its methods, else that of :default (or of the value after option :default). Values match by
  isa?, in option :hierarchy, a var, or in the global one. What is one already stays as it is."
  [name & more]
  (let [doc (when (string? (first more)) (first more))
        more (if doc (next more) more)
        attrs (when (map? (first more)) (first more))
        [dispatch-fn & options] (if attrs (next more) more)
        {:keys [default hierarchy] :or {default :default}} (apply hash-map options)
        name (vary-meta name merge (when doc {:doc doc}) attrs)]
    `(let [v# (def ~name)]
       (when-not (and (bound? v#) (instance? clojure.lang.MultiFn (deref v#)))
         (def ~name (multifn* ~(str name) ~dispatch-fn ~default ~hierarchy))))))

(defmacro defmethod
  "Gives multimethod multifn the method fn-tail, as for fn, for dispatch value dispatch-val."
  [multifn dispatch-val & fn-tail]
  `(add-method ~multifn ~dispatch-val (fn ~@fn-tail)))

(def global-hierarchy
  "The hierarchy that derive, isa? and their like use where none is given."
  (make-hierarchy))
