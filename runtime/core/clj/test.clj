;; clojure.test: assertions, grouped in tests, grouped in namespaces.

(def ^:dynamic *test-out*
  "Where reports go, if not to *out*."
  nil)

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
  "Reports m."
  [m]
  (if *test-out*
    (binding [*out* *test-out*] (report m))
    (report m)))

(defn function?
  "Whether x is a function, or a symbol that names one."
  [x]
  (if (symbol? x)
    (when-let [v (resolve x)]
      (and (var? v) (bound? v) (fn? @v) (not (:macro (meta v)))))
    (fn? x)))

(def assert-expr
  "A multimethod that gives the form that checks assertion form and reports, by the form's first
  symbol."
  (multifn* "assert-expr"
            (fn [msg form place] (if (seq? form) (first form) :default))
            :default
            nil))

(defmethod assert-expr :default [msg form place]
  (if (and (seq? form) (symbol? (first form)) (function? (first form)))
    `(let [args# (list ~@(rest form))
           result# (apply ~(first form) args#)]
       (do-report (if result#
                    {:type :pass :message ~msg :expected '~form :actual (cons '~(first form) args#)}
                    (merge ~place {:type :fail :message ~msg :expected '~form
                                   :actual (list '~'not (cons '~(first form) args#))})))
       result#)
    `(let [result# ~form]
       (do-report (merge ~place {:type (if result# :pass :fail) :message ~msg :expected '~form :actual result#}))
       result#)))

(defmethod assert-expr 'thrown? [msg form place]
  (let [[_ class & body] form]
    `(try
       ~@body
       (do-report (merge ~place {:type :fail :message ~msg :expected '~form :actual nil}))
       (catch ~class e#
         (do-report {:type :pass :message ~msg :expected '~form :actual e#})
         e#))))

(defmethod assert-expr 'thrown-with-msg? [msg form place]
  (let [[_ class re & body] form]
    `(try
       ~@body
       (do-report (merge ~place {:type :fail :message ~msg :expected '~form :actual nil}))
       (catch ~class e#
         (do-report (merge ~place {:type (if (re-find ~re (str (ex-message e#))) :pass :fail)
                                   :message ~msg :expected '~form :actual e#}))
         e#))))

(defmethod assert-expr 'instance? [msg form place]
  `(let [class# ~(nth form 1)
         object# ~(nth form 2)
         result# (instance? class# object#)]
     (do-report (merge ~place {:type (if result# :pass :fail) :message ~msg :expected '~form
                               :actual (class object#)}))
     result#))

(defmacro is
  "Asserts that form holds, or that it raises: (is (thrown? Class body...)), (is (thrown-with-msg?
  Class regex body...)). msg is said where it does not."
  ([form] (with-meta `(is ~form nil) (meta &form)))
  ([form msg]
   (let [m (meta &form)
         place {:line (:line m) :file (last (clojure.string/split *file* #"/"))}]
     `(try
        ~(assert-expr msg form place)
        (catch Throwable e#
          (do-report (merge ~place {:type :error :message ~msg :expected '~form :actual e#})))))))

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
  `(do
     (def ~name (fn [] (test-var (var ~name))))
     (alter-meta! (var ~name) assoc :test (fn [] ~@body))
     (var ~name)))

(defmacro deftest-
  "As deftest, for a private var."
  [name & body]
  `(deftest ~(vary-meta name assoc :private true) ~@body))

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

(defn test-ns
  "Runs the tests of namespace ns; the map of the counts."
  [ns]
  (binding [*report-counters* (atom {:test 0 :pass 0 :fail 0 :error 0})]
    (let [n (the-ns ns)]
      (do-report {:type :begin-test-ns :ns n})
      (test-vars (sort-by #(or (:line (meta %)) 0) (filter #(:test (meta %)) (vals (ns-interns n)))))
      (do-report {:type :end-test-ns :ns n})
      @*report-counters*)))

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
  (binding [*report-counters* (atom {:test 0 :pass 0 :fail 0 :error 0})]
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
