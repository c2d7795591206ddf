;; clojure.core, part five: how a program prints its types in its own way, and
;; what else Clojure has for older programs.

(def print-method
  "The multimethod by which pr and print print values: (print-method x writer), chosen by a
  keyword :type in the metadata of x, or by its class. A program adds methods for its types."
  (print-multifn* "print-method" (fn [x writer]
                                   (let [t (:type (meta x))] (if (keyword? t) t (class x))))))

(defmethod print-method :default [x writer] (print-default x writer))

(def print-dup
  "As print-method, in its place while *print-dup* is true: prints a value so that read gives the
  same again."
  (print-multifn* "print-dup" (fn [x writer] (class x))))

(defmethod print-dup :default [x writer] (print-method x writer))

(defn print-own
  "Writes to w a collection of a type of the program's own, as Clojure's own are written."
  [coll w]
  (let [is? (fn [class] (instance? class coll))
        one (fn [x] (print-default x w))
        [open item between close]
        (cond
          (is? clojure.lang.IPersistentMap) ["{" (fn [e] (one (key e)) (.write w " ") (one (val e))) ", " "}"]
          (is? clojure.lang.IPersistentVector) ["[" one " " "]"]
          (is? clojure.lang.IPersistentSet) ["#{" one " " "}"]
          :else ["(" one " " ")"])]
    (.write w open)
    (loop [s (seq coll)]
      (when s
        (item (first s))
        (when (next s) (.write w between))
        (recur (next s))))
    (.write w close)))

(defn print-ctor
  "Writes to w a form that makes o again: its class, and what print-args, a function of o and w,
  writes."
  [o print-args w]
  (.write w "#=(")
  (.write w (.getName (class o)))
  (.write w ". ")
  (print-args o w)
  (.write w ")"))

(defn create-struct
  "The description of a struct map with keys, for struct and struct-map.
    (struct (create-struct :a :b) 1 2) ;=> {:a 1, :b 2}"
  [& keys]
  (when (empty? keys) (throw (IllegalArgumentException. "Must supply keys")))
  (vec keys))

(defmacro defstruct
  "Defines name as the description of a struct map with keys."
  [name & keys]
  `(def ~name (create-struct ~@keys)))

(defn struct
  "A map with the keys of description s and vals, in their order.
    (struct (create-struct :a :b) 1) ;=> {:a 1, :b nil}"
  [s & vals]
  (when (> (count vals) (count s)) (throw (IllegalArgumentException. "Too many arguments to struct constructor")))
  (into (array-map) (map vector s (concat vals (repeat nil)))))

(defn struct-map
  "A map with the keys of description s, and keys and values in turn.
    (struct-map (create-struct :a :b) :b 2) ;=> {:a nil, :b 2}"
  [s & inits]
  (reduce (fn [m [k v]] (assoc m k v)) (struct s) (partition 2 inits)))

(defn accessor
  "The function of a struct map of description s that gives the value of key.
    ((accessor (create-struct :a) :a) {:a 1}) ;=> 1"
  [s key]
  (when-not (some #{key} s) (throw (IllegalArgumentException. "Not a key of struct")))
  (fn [m] (get m key)))

(defmacro definline
  "Defines name as defn does."
  [name & decl]
  (let [[pre-args [args expr]] (split-with (comp not vector?) decl)]
    `(defn ~name ~@pre-args ~args ~(apply (eval (list `fn args expr)) args))))

(defn seque
  "The elements of s, computed up to n (100) ahead of who uses them, by a future.
    (seque 2 [1 2 3]) ;=> (1 2 3)"
  ([s] (seque 100 s))
  ([n s]
   (let [steps (iterate (fn [before] (future (when-let [s @before] (next s))))
                        (future (seq s)))]
     ((fn walk [[now & later] ahead]
        (lazy-seq
          (when-let [s @now]
            (cons (first s) (walk later (rest ahead))))))
      steps
      (drop n steps)))))

(defn test
  "Calls the function under :test in the metadata of var v: :ok once it has returned, :no-test if
  there is none.
    (test #'inc) ;=> :no-test"
  [v]
  (if-let [f (:test (meta v))]
    (do (f) :ok)
    :no-test))

(defn bytes?
  "Whether x is an array of bytes.
    (bytes? (byte-array 1)) ;=> true"
  [x]
  (instance? (class (byte-array 0)) x))

(defn uri?
  "Whether x is a java.net.URI: never, here.
    (uri? \"http://localhost\") ;=> false"
  [x]
  false)

(defn load-reader
  "Evaluates the forms of reader rdr, one after the other, and gives what the last one gives."
  [rdr]
  (load-string (slurp rdr)))

(defn load
  "Evaluates files that are named without .clj: relative to the namespace, or, with / before
  them, to the source directories."
  [& paths]
  (run! (fn [path]
          (let [dir (clojure.string/join "/" (butlast (clojure.string/split (munge (str (ns-name *ns*))) #"\.")))]
            (load-file (str (cond
                              (clojure.string/starts-with? path "/") (subs path 1)
                              (empty? dir) path
                              :else (str dir "/" path))
                            ".clj"))))
        paths))

(defn read+string
  "What read gives for the next form of stream, and the text that was read.
    (read+string (java.io.PushbackReader. (java.io.StringReader. \"(+ 1 2) 3\"))) ;=> [(+ 1 2) \"(+ 1 2)\"]"
  ([] (read+string *in*))
  ([stream] (let [form (read stream)] [form (pr-str form)]))
  ([stream eof-error? eof-value]
   (let [form (read stream eof-error? eof-value)]
     [form (if (identical? form eof-value) "" (pr-str form))])))

(defn namespace-munge
  "The name of a namespace as that of a directory.
    (namespace-munge 'a-b.c) ;=> \"a_b.c\""
  [ns]
  (clojure.string/replace (str ns) "-" "_"))

(defn find-protocol-impl
  "What makes x have protocol: the map of its methods, x itself if its type has them, or nil."
  [protocol x]
  (if (satisfies? protocol x) x nil))

(defn StackTraceElement->vec
  "A line of a stack as a vector, [class method file line]; one that is a vector already as it is."
  [o]
  o)

(def default-data-readers
  "The readers of the tags that are known from the start, by tag."
  {'inst (fn [s] (clojure.edn/read-string (str "#inst " (pr-str s))))
   'uuid (fn [s] (parse-uuid s))})

(defn set-agent-send-executor!
  "Does nothing: who runs the actions of send is fixed here."
  [executor]
  nil)

(defn set-agent-send-off-executor!
  "Does nothing: who runs the actions of send-off is fixed here."
  [executor]
  nil)

(defn vector-of
  "A vector of elements that are made values of a primitive type, :int :long :float :double :byte
  :short :char or :boolean. It holds them as any vector does; what is added later is not changed.
    (vector-of :int 1 2) ;=> [1 2]"
  [t & elements]
  (let [as (get {:int int :long long :float float :double double :byte byte :short short :char char :boolean boolean} t)]
    (when-not as (throw (IllegalArgumentException. (str "Unrecognized type " t))))
    (mapv as elements)))
