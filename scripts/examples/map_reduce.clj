;; Map-reduce over files: the words of many files are counted side by side,
;; as many files at a time as there are workers, and the counts are merged as
;; they come. A file that cannot be read counts as an error, and stops nobody.

(ns map-reduce
  (:require [clojure.core.async :as a :refer [<!! chan]]
            [clojure.java.io :as io]
            [clojure.string :as str]))

(defn words [line]
  (remove str/blank? (str/split (str/lower-case line) #"[^a-z]+")))

(defn count-words
  "The frequencies of the words of a file."
  [file]
  (with-open [in (io/reader file)]
    (frequencies (mapcat words (line-seq in)))))

(defn map-reduce
  "Maps items with f, n at a time, and reduces what that gives. An item whose f
  throws is kept under :errors."
  [n f reduce-fn init items]
  (let [results (chan n)
        attempt (fn [item]
                  (try {:value (f item)}
                       (catch Exception e {:error [item (class e)]})))]
    (a/pipeline-blocking n results (map attempt) (a/to-chan! items))
    (<!! (a/reduce (fn [acc {:keys [value error]}]
                     (if error
                       (update acc :errors conj error)
                       (update acc :value reduce-fn value)))
                   {:value init :errors []}
                   results))))

(def texts
  {"tale.txt"   "It was the best of times,\nit was the worst of times,\nit was the age of wisdom,\nit was the age of foolishness."
   "verse.txt"  "The woods are lovely, dark and deep,\nBut I have promises to keep,\nAnd miles to go before I sleep,\nAnd miles to go before I sleep."
   "saying.txt" "The early bird catches the worm.\nThe second mouse gets the cheese."})

(let [dir (io/file (System/getProperty "java.io.tmpdir") (str "map-reduce-" (System/currentTimeMillis)))]
  (.mkdirs dir)
  (doseq [[name text] texts] (spit (io/file dir name) text))
  (let [files (filter #(.isFile %) (file-seq dir))
        missing (io/file dir "missing.txt")
        {:keys [value errors]} (map-reduce 4 count-words (partial merge-with +) {} (cons missing files))]
    (println (count files) "files," (reduce + (vals value)) "words," (count value) "different")
    (doseq [[word n] (take 6 (sort-by (juxt (comp - val) key) value))]
      (println (format "%-6s %d" word n)))
    (doseq [[file class] errors]
      (println "not read:" (.getName file) (.getSimpleName class))))
  (doseq [file (reverse (file-seq dir))] (io/delete-file file)))
