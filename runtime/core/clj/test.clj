;; clojure.test: assertions, grouped in tests, grouped in namespaces.

(def ^:dynamic *test-out*
  "Where reports go, if not to *out*."
  nil)

(def ^:dynamic *load-tests*
  "Whether deftest and with-test keep tests; where it is false as they are read, they do not."
  true)

(def ^:dynamic *stack-trace-depth*
  "How many lines of a stack a report of an error shows; all if nil. Here none are shown."
  nil)

(def ^:dynamic *initial-report-counters*
  "The counts that a run begins with."
  {:test 0 :pass 0 :fail 0 :error 0})

(def ^:dynamic *report-counters*
  "The atom of the counts of a run: of :test, :pass, :fail and :error."
  nil)

(def ^:dynamic *testing-vars*
  "The vars whose tests are running, the innermost first."
  ())

(def ^:dynamic *testing-contexts*
  "What testing forms say around the assertion, the innermost first."
  ())

(defn testing-vars-str
  "The names of the tests that are running, with where the assertion of report m stands."
  [m]
  (str (reverse (map #(:name (meta %)) *testing-vars*))
       " (" (:file m "NO_SOURCE_FILE") ":" (:line m 0) ")"))

(defn testing-contexts-str
  "What testing forms say around the assertion, the outermost first."
  []
  (apply str (interpose " " (reverse *testing-contexts*))))

(defn inc-report-counter
  "Counts one more of kind name in the run."
  [name]
  (when *report-counters*
    (swap! *report-counters* update name (fnil inc 0))))

(defn print-failure
  "Prints the report of an assertion that failed or raised."
  [title m]
  (println (str "\n" title " in") (testing-vars-str m))
  (when (seq *testing-contexts*) (println (testing-contexts-str)))
  (when-let [message (:message m)] (println message))
  (println "expected:" (pr-str (:expected m)))
  (println "  actual:" (if (instance? Throwable (:actual m))
                         (str (.getName (class (:actual m))) ": " (ex-message (:actual m)))
                         (pr-str (:actual m)))))

(def report
  "A multimethod that takes the reports, maps with :type, of assertions and runs; it prints and
  counts them."
  (multifn* "report" :type :default nil))

(defmethod report :default [m] (prn m))

(defmethod report :pass [m] (inc-report-counter :pass))

(defmethod report :fail [m]
  (inc-report-counter :fail)
  (print-failure "FAIL" m))

(defmethod report :error [m]
  (inc-report-counter :error)
  (print-failure "ERROR" m))

(defmethod report :summary [m]
  (println "\nRan" (:test m) "tests containing" (+ (:pass m) (:fail m) (:error m)) "assertions.")
  (println (:fail m) "failures," (:error m) "errors."))

(defmethod report :begin-test-ns [m]
  (println "\nTesting" (ns-name (:ns m))))

(defmethod report :end-test-ns [m])

(defmethod report :begin-test-var [m])

(defmethod report :end-test-var [m])

(defn do-report
  "Reports m. A failure or an error is told with the place in the source from where it comes."
  [m]
  (let [m (if (#{:fail :error} (:type m))
            (let [actual (:actual m)
                  [file line] (if (instance? Throwable actual) (throw-position actual) (file-position 0))]
              (merge {:file file :line line} m))
            m)]
    (with-test-out (report m))))

(defmacro with-test-out
  "Evaluates body with *out* being *test-out*, if that is set."
  [& body]
  `(binding [*out* (or *test-out* *out*)] ~@body))

(defn function?
  "Whether x is a function, or a symbol that names one."
  [x]
  (if (symbol? x)
    (when-let [v (resolve x)]
      (and (var? v) (bound? v) (fn? @v) (not (:macro (meta v)))))
    (fn? x)))

(defn assert-predicate
  "The form that checks an assertion that calls a function, and shows its arguments if it fails."
  [msg form]
  (let [[f & args] form]
    `(let [args# (list ~@args)
           result# (apply ~f args#)]
       (do-report (if result#
                    {:type :pass :message ~msg :expected '~form :actual (cons '~f args#)}
                    {:type :fail :message ~msg :expected '~form :actual (list '~'not (cons '~f args#))}))
       result#)))

(defn assert-any
  "The form that checks an assertion of which nothing is known but its value."
  [msg form]
  `(let [result# ~form]
     (do-report {:type (if result# :pass :fail) :message ~msg :expected '~form :actual result#})
     result#))

(def assert-expr
  "A multimethod that gives the form that checks assertion form and reports, by the form's first
  symbol."
  (multifn* "assert-expr"
            (fn [msg form]
              (cond
                (nil? form) :always-fail
                (seq? form) (first form)
                :else :default))
            :default
            nil))

(defmethod assert-expr :default [msg form]
  (if (and (seq? form) (symbol? (first form)) (function? (first form)))
    (assert-predicate msg form)
    (assert-any msg form)))

(defmethod assert-expr :always-fail [msg form]
  `(do-report {:type :fail :message ~msg}))

(defmethod assert-expr 'thrown? [msg form]
  (let [[_ class & body] form]
    `(try
       ~@body
       (do-report {:type :fail :message ~msg :expected '~form :actual nil})
       (catch ~class e#
         (do-report {:type :pass :message ~msg :expected '~form :actual e#})
         e#))))

(defmethod assert-expr 'thrown-with-msg? [msg form]
  (let [[_ class re & body] form]
    `(try
       ~@body
       (do-report {:type :fail :message ~msg :expected '~form :actual nil})
       (catch ~class e#
         (do-report {:type (if (re-find ~re (str (ex-message e#))) :pass :fail)
                     :message ~msg :expected '~form :actual e#})
         e#))))

(defmethod assert-expr 'instance? [msg form]
  `(let [class# ~(nth form 1)
         object# ~(nth form 2)
         result# (instance? class# object#)]
     (do-report {:type (if result# :pass :fail) :message ~msg :expected '~form :actual (class object#)})
     result#))

(defmacro try-expr
  "What is expands to: it checks form, and reports what it raises."
  [msg form]
  `(try
     ~(assert-expr msg form)
     (catch Throwable e#
       (do-report {:type :error :message ~msg :expected '~form :actual e#}))))

(defmacro is
  "Asserts that form holds, or that it raises: (is (thrown? Class body...)), (is (thrown-with-msg?
  Class regex body...)). msg is said where it does not.
    (clojure.test/is (= 2 (+ 1 1))) ;=> true"
  ([form] `(is ~form nil))
  ([form msg] `(try-expr ~msg ~form)))

(defmacro are
  "Asserts expr once for each group of args, which stand for the symbols argv."
  [argv expr & args]
  (if (and (seq argv) (seq args) (zero? (mod (count args) (count argv))))
    `(clojure.template/do-template ~argv (is ~expr) ~@args)
    (throw (IllegalArgumentException. "The number of args doesn't match are's argv."))))

(defmacro testing
  "Evaluates body, whose reports say string."
  [string & body]
  `(binding [*testing-contexts* (conj *testing-contexts* ~string)]
     ~@body))

(defmacro deftest
  "Defines test name: a function of no arguments that test-var and run-tests run."
  [name & body]
  (when *load-tests*
    `(def ~(vary-meta name assoc :test `(fn [] ~@body))
       (fn [] (test-var (var ~name))))))

(defmacro deftest-
  "As deftest, for a private var."
  [name & body]
  (when *load-tests*
    `(deftest ~(vary-meta name assoc :private true) ~@body)))

(defmacro with-test
  "Evaluates definition, and makes body the test of the var that it defines."
  [definition & body]
  (if *load-tests*
    `(doto ~definition (alter-meta! assoc :test (fn [] ~@body)))
    definition))

(defmacro set-test
  "Makes body the test of the var called name."
  [name & body]
  (when *load-tests*
    `(alter-meta! (var ~name) assoc :test (fn [] ~@body))))

(defn get-possibly-unbound-var
  "The value of var v, nil if it has none."
  [v]
  (when (bound? v) @v))

(def fixtures
  "The atom of the fixtures of namespaces: by name, :each and :once."
  (atom {}))

(defn join-fixtures
  "The fixture that is all of fs, the first outermost. A fixture calls the function it is given."
  [fs]
  (reduce (fn [f g] (fn [body] (f (fn [] (g body))))) (fn [body] (body)) fs))

(defn compose-fixtures
  "The fixture that is f around g."
  [f g]
  (join-fixtures [f g]))

(defn use-fixtures
  "Has fs called around :each test of the current namespace, or :once around all of them."
  [kind & fs]
  (swap! fixtures assoc-in [(ns-name *ns*) kind] fs)
  nil)

(defn test-var
  "Runs the test of var v."
  [v]
  (when-let [t (:test (meta v))]
    (binding [*testing-vars* (conj *testing-vars* v)]
      (do-report {:type :begin-test-var :var v})
      (inc-report-counter :test)
      (try
        (t)
        (catch Throwable e
          (do-report {:type :error :message "Uncaught exception, not in assertion."
                      :expected nil :actual e})))
      (do-report {:type :end-test-var :var v}))))

(defn test-vars
  "Runs the tests of vars, of one namespace, with its fixtures."
  [vars]
  (when-let [v (first vars)]
    (let [{:keys [once each]} (get @fixtures (ns-name (:ns (meta v))))]
      ((join-fixtures once)
       (fn []
         (doseq [v vars :when (:test (meta v))]
           ((join-fixtures each) (fn [] (test-var v)))))))))

(defn test-all-vars
  "Runs the tests of all vars of namespace ns, in the order in which they stand in its source."
  [ns]
  (test-vars (sort-by #(or (:line (meta %)) 0) (vals (ns-interns ns)))))

(defn test-ns
  "Runs the tests of namespace ns, or its function test-ns-hook in their place; the map of the counts."
  [ns]
  (binding [*report-counters* (atom *initial-report-counters*)]
    (let [n (the-ns ns)]
      (do-report {:type :begin-test-ns :ns n})
      (if-let [hook (ns-resolve n 'test-ns-hook)]
        (hook)
        (test-all-vars n))
      (do-report {:type :end-test-ns :ns n})
      @*report-counters*)))

(defn- tested
  "The namespaces of the program that have tests, by name."
  []
  (sort-by ns-name
           (filter (fn [n] (or (some #(:test (meta %)) (vals (ns-interns n)))
                               (get (ns-interns n) 'test-ns-hook)))
                   (program-namespaces))))

(defn- test-file
  "Loads a file and runs the tests that have come with it; the map of the counts. What the file
  raises counts as an error."
  [path]
  (try
    (let [before (set (tested))]
      (load-file path)
      (apply merge-with + *initial-report-counters* (map test-ns (remove before (tested)))))
    (catch Throwable e
      (println (str "\nERROR in loading " path))
      (loop [e e]
        (println (str (.getName (class e)) ": " (ex-message e)))
        (when-let [cause (ex-cause e)] (recur cause)))
      (update *initial-report-counters* :error inc))))

(defn run-tests
  "Runs the tests of namespaces, or of the current one, and says how they went: the map of the
  counts, which successful? understands."
  ([] (run-tests *ns*))
  ([& nss]
   (let [summary (assoc (apply merge-with + (map test-ns nss)) :type :summary)]
     (do-report summary)
     summary)))

(defn run-all-tests
  "As run-tests, for all namespaces, or those whose name matches re."
  ([] (apply run-tests (filter #(some (comp :test meta) (vals (ns-interns %))) (all-ns))))
  ([re] (apply run-tests (filter #(re-matches re (name (ns-name %))) (all-ns)))))

(defn run-test-var
  "Runs the test of var v, and says how it went."
  [v]
  (binding [*report-counters* (atom *initial-report-counters*)]
    (test-vars [v])
    (let [summary (assoc @*report-counters* :type :summary)]
      (do-report summary)
      summary)))

(defmacro run-test
  "Runs the test called name, and says how it went."
  [name]
  `(run-test-var (var ~name)))

(defn successful?
  "Whether a run with these counts had neither failures nor errors.
    (clojure.test/successful? {:fail 0 :error 0}) ;=> true"
  [summary]
  (and (zero? (:fail summary 0)) (zero? (:error summary 0))))
