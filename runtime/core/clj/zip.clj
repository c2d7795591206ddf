;; clojure.zip: a place in a tree, with what is needed to move from it and to
;; change the tree at it. A place is a vector [node path] whose metadata has the
;; three functions of the tree; path is a map of what lies left, right and above.

(defn zipper
  "A place at root of a tree: branch? tells nodes that may have children, children gives them,
  and make-node makes a node like one with other children."
  [branch? children make-node root]
  (with-meta [root nil]
    {:zip/branch? branch? :zip/children children :zip/make-node make-node}))

(defn seq-zip
  "A place at root, of nested sequences."
  [root]
  (zipper seq? identity (fn [node children] (with-meta children (meta node))) root))

(defn vector-zip
  "A place at root, of nested vectors.
    (-> (clojure.zip/vector-zip [1 [2]]) clojure.zip/next clojure.zip/node) ;=> 1"
  [root]
  (zipper vector? seq (fn [node children] (with-meta (vec children) (meta node))) root))

(defn xml-zip
  "A place at root, of elements with :content."
  [root]
  (zipper (complement string?)
          #(seq (:content %))
          (fn [node children] (assoc node :content (and children (apply vector children))))
          root))

(defn node
  "The node at loc."
  [loc]
  (loc 0))

(defn branch?
  "Whether the node at loc may have children."
  [loc]
  ((:zip/branch? (meta loc)) (node loc)))

(defn children
  "The children of the node at loc."
  [loc]
  (if (branch? loc)
    ((:zip/children (meta loc)) (node loc))
    (throw (Exception. "called children on a leaf node"))))

(defn make-node
  "A node like node, with other children, for the tree of loc."
  [loc node children]
  ((:zip/make-node (meta loc)) node children))

(defn path
  "The nodes from the root to the parent of loc."
  [loc]
  (:pnodes (loc 1)))

(defn lefts
  "The nodes left of loc."
  [loc]
  (seq (:l (loc 1))))

(defn rights
  "The nodes right of loc."
  [loc]
  (:r (loc 1)))

(defn down
  "The place of the first child of loc, nil if there is none."
  [loc]
  (when (branch? loc)
    (let [[node path] loc
          [c & cs :as all] (children loc)]
      (when all
        (with-meta [c {:l [] :pnodes (if path (conj (:pnodes path) node) [node]) :ppath path :r cs}]
                   (meta loc))))))

(defn up
  "The place of the parent of loc, nil at the root."
  [loc]
  (let [[node {l :l ppath :ppath pnodes :pnodes r :r changed? :changed?}] loc]
    (when pnodes
      (let [pnode (peek pnodes)]
        (with-meta (if changed?
                     [(make-node loc pnode (concat l (cons node r)))
                      (and ppath (assoc ppath :changed? true))]
                     [pnode ppath])
                   (meta loc))))))

(defn end?
  "Whether loc is the end of a walk by next."
  [loc]
  (= :end (loc 1)))

(defn root
  "The root of the tree of loc, with all changes."
  [loc]
  (if (end? loc)
    (node loc)
    (let [p (up loc)]
      (if p
        (recur p)
        (node loc)))))

(defn right
  "The place right of loc, nil if there is none."
  [loc]
  (let [[node {l :l [r & rs :as all] :r :as path}] loc]
    (when (and path all)
      (with-meta [r (assoc path :l (conj l node) :r rs)] (meta loc)))))

(defn rightmost
  "The last place on the level of loc."
  [loc]
  (let [[node {l :l r :r :as path}] loc]
    (if (and path r)
      (with-meta [(last r) (assoc path :l (apply conj l node (butlast r)) :r nil)] (meta loc))
      loc)))

(defn left
  "The place left of loc, nil if there is none."
  [loc]
  (let [[node {l :l r :r :as path}] loc]
    (when (and path (seq l))
      (with-meta [(peek l) (assoc path :l (pop l) :r (cons node r))] (meta loc)))))

(defn leftmost
  "The first place on the level of loc."
  [loc]
  (let [[node {l :l r :r :as path}] loc]
    (if (and path (seq l))
      (with-meta [(first l) (assoc path :l [] :r (concat (rest l) [node] r))] (meta loc))
      loc)))

(defn insert-left
  "loc with item put in left of it."
  [loc item]
  (let [[node {l :l :as path}] loc]
    (if (nil? path)
      (throw (Exception. "Insert at top"))
      (with-meta [node (assoc path :l (conj l item) :changed? true)] (meta loc)))))

(defn insert-right
  "loc with item put in right of it."
  [loc item]
  (let [[node {r :r :as path}] loc]
    (if (nil? path)
      (throw (Exception. "Insert at top"))
      (with-meta [node (assoc path :r (cons item r) :changed? true)] (meta loc)))))

(defn replace
  "loc with another node."
  [loc node]
  (let [[_ path] loc]
    (with-meta [node (assoc path :changed? true)] (meta loc))))

(defn edit
  "loc with (f node args...) for its node.
    (-> (clojure.zip/vector-zip [1]) clojure.zip/down (clojure.zip/edit inc) clojure.zip/root) ;=> [2]"
  [loc f & args]
  (replace loc (apply f (node loc) args)))

(defn insert-child
  "loc with item as a new first child."
  [loc item]
  (replace loc (make-node loc (node loc) (cons item (children loc)))))

(defn append-child
  "loc with item as a new last child."
  [loc item]
  (replace loc (make-node loc (node loc) (concat (children loc) [item]))))

(defn next
  "The place after loc in a walk of the tree, depth first; at the end one of which end? holds."
  [loc]
  (if (= :end (loc 1))
    loc
    (or (and (branch? loc) (down loc))
        (right loc)
        (loop [p loc]
          (if (up p)
            (or (right (up p)) (recur (up p)))
            [(node p) :end])))))

(defn prev
  "The place before loc in a walk of the tree, nil at the root."
  [loc]
  (if-let [l (left loc)]
    (loop [loc l]
      (if-let [child (and (branch? loc) (down loc))]
        (recur (rightmost child))
        loc))
    (up loc)))

(defn remove
  "The tree without the node at loc: the place before it."
  [loc]
  (let [[node {l :l ppath :ppath pnodes :pnodes rs :r :as path}] loc]
    (cond
      (nil? path) (throw (Exception. "Remove at top"))
      (pos? (count l))
      (loop [loc (with-meta [(peek l) (assoc path :l (pop l) :changed? true)] (meta loc))]
        (if-let [child (and (branch? loc) (down loc))]
          (recur (rightmost child))
          loc))
      :else
      (with-meta [(make-node loc (peek pnodes) rs)
                  (and ppath (assoc ppath :changed? true))]
                 (meta loc)))))
