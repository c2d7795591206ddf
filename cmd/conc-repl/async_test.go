package main

import (
	"strings"
	"testing"
)

// internal are the public names of core.async 1.5 that are parts of its go
// macro and its handlers. The machine has no use for them, and no program has.
var internal = map[string]bool{"defblockingop": true, "do-alt": true, "fn-handler": true, "ioc-alts!": true}

// async says, for each public name of core.async 1.5, what its documentation
// promises, by a form and its value. Each form gave the same value on the real
// one. The names a/... are core.async's.
var async = []struct{ name, form, want string }{
	{"<!", "(<!! (go [(<! (go 1)) (<! (doto (chan) close!))]))", "[1 nil]"},
	{"<!", "(try (<! (chan)) (catch AssertionError e (first (clojure.string/split-lines (ex-message e)))))", `"Assert failed: <! used not in (go ...) block"`},
	{"<!!", "(let [c (chan 2)] (>!! c 1) (close! c) [(<!! c) (<!! c)])", "[1 nil]"},
	{">!", "(let [c (chan 1)] (<!! (go [(>! c 1) (do (close! c) (>! c 2))])))", "[true false]"},
	{">!", "(try (>! (chan) 1) (catch AssertionError e (first (clojure.string/split-lines (ex-message e)))))", `"Assert failed: >! used not in (go ...) block"`},
	{">!!", "(let [c (chan 1)] [(>!! c 1) (do (close! c) (>!! c 2))])", "[true false]"},
	{">!!", "(try (>!! (chan 1) nil) (catch IllegalArgumentException e (ex-message e)))", `"Can't put nil on channel"`},
	{"Mix", "(satisfies? a/Mix (a/mix (chan)))", "true"},
	{"Mult", "(let [log (atom []) m (reify a/Mult (tap* [_ ch close?] (swap! log conj close?)))] (a/tap m (chan)) @log)", "[true]"},
	{"Mux", "(let [c (chan)] [(satisfies? a/Mux (a/mult c)) (satisfies? a/Mux c)])", "[true false]"},
	{"Pub", "(let [log (atom []) p (reify a/Pub (sub* [_ topic ch close?] (swap! log conj topic)))] (a/sub p :t (chan)) @log)", "[:t]"},
	{"admix", "(let [out (chan 2) in (chan) m (a/mix out)] (a/admix m in) (>!! in 1) (>!! in 2) [(<!! out) (<!! out)])", "[1 2]"},
	{"admix*", "(let [out (chan 2) in (chan) m (a/mix out)] (a/admix* m in) (>!! in 1) (<!! out))", "1"},
	{"alt!", "(<!! (go (a/alt! (chan) ([v c] [:take v]) [[(chan 1) :x]] :put)))", ":put"},
	{"alt!", "(<!! (go (a/alt! (chan) :take :default :none)))", ":none"},
	{"alt!!", "(let [c (chan 1)] (>!! c 5) (a/alt!! [(chan) c] ([v p] [v (= p c)]) :priority true))", "[5 true]"},
	{"alts!", "(<!! (go (let [c (chan 1)] (>! c 1) (let [[v p] (alts! [(chan) c [(chan) 2]])] [v (= p c)]))))", "[1 true]"},
	{"alts!!", "(let [c (chan 1)] [(first (alts!! [[c 1]])) (alts!! [(chan)] :default 7)])", "[true [7 :default]]"},
	{"alts!!", "(let [a (doto (chan 200) (a/onto-chan! (range 100) false)) b (doto (chan 200) (a/onto-chan! (range 100) false))] (Thread/sleep 50) (= a (second (last (repeatedly 20 #(alts!! [a b] :priority true))))))", "true"},
	{"alts!!", "(let [a (doto (chan) close!) b (doto (chan) close!)] (count (set (map second (repeatedly 200 #(alts!! [a b]))))))", "2"},
	{"alts!!", "(try (alts!! []) (catch AssertionError e (first (clojure.string/split-lines (ex-message e)))))", `"Assert failed: alts must have at least one channel operation"`},
	{"buffer", "(let [c (chan (a/buffer 2))] [(offer! c 1) (offer! c 2) (offer! c 3) (<!! c)])", "[true true nil 1]"},
	{"chan", "(let [c (chan 1 (comp (map inc) (filter even?)))] [(>!! c 1) (<!! c) (>!! c 2) (poll! c)])", "[true 2 true nil]"},
	{"chan", "(let [c (chan 1 (map #(/ 1 %)) (fn [e] :failed))] (>!! c 0) (<!! c))", ":failed"},
	{"chan", "(try (chan 0) (catch AssertionError e (first (clojure.string/split-lines (ex-message e)))))", `"Assert failed: fixed buffers must have size > 0"`},
	{"chan", "(try (chan nil (map inc)) (catch AssertionError e (first (clojure.string/split-lines (ex-message e)))))", `"Assert failed: buffer must be supplied when transducer is"`},
	{"close!", "(let [c (chan 2)] (>!! c 1) [(close! c) (close! c) (>!! c 2) (<!! c) (<!! c)])", "[nil nil false 1 nil]"},
	{"close!", "(let [c (chan) p (thread (>!! c :parked))] (Thread/sleep 20) (close! c) [(<!! c) (<!! p) (<!! c)])", "[:parked true nil]"},
	{"do-alts", "(let [c (chan 1)] (>!! c 1) (first @(a/do-alts identity [c] {:priority true})))", "1"},
	{"do-alts", "(let [c (chan) p (promise)] [(a/do-alts #(deliver p (first %)) [c] {}) (do (>!! c 2) @p)])", "[nil 2]"},
	{"dropping-buffer", "(let [c (chan (a/dropping-buffer 2))] [(mapv #(offer! c %) [1 2 3]) (<!! c) (<!! c) (poll! c)])", "[[true true true] 1 2 nil]"},
	{"filter<", "(<!! (a/into [] (a/filter< odd? (to-chan! (range 6)))))", "[1 3 5]"},
	{"filter>", "(let [c (chan 9) f (a/filter> odd? c)] (dotimes [i 4] (>!! f i)) (close! f) (<!! (a/into [] c)))", "[1 3]"},
	{"go", "(<!! (go (let [x (<! (go 1))] (try (throw (ex-info \"no\" {:x x})) (catch Exception e (:x (ex-data e)))))))", "1"},
	{"go", "(<!! (go nil))", "nil"},
	{"go", "(let [x 1] (<!! (go (let [x (inc x)] (<! (timeout 1)) x))))", "2"},
	{"go-loop", "(<!! (a/go-loop [i 0 sum 0] (if (< i 5) (recur (inc i) (+ sum (<! (go i)))) sum)))", "10"},
	{"into", "(<!! (a/into #{0} (to-chan! [1 2 2])))", "#{0 1 2}"},
	{"map", "(<!! (a/into [] (a/map vector [(to-chan! [1 2 3]) (to-chan! [:a :b])])))", "[[1 :a] [2 :b]]"},
	{"map<", "(<!! (a/into [] (a/map< inc (to-chan! [1 2]))))", "[2 3]"},
	{"map>", "(let [c (chan 9) f (a/map> inc c)] (>!! f 1) (>!! f 2) (close! f) (<!! (a/into [] c)))", "[2 3]"},
	{"mapcat<", "(<!! (a/into [] (a/mapcat< range (to-chan! [1 3]))))", "[0 0 1 2]"},
	{"mapcat>", "(let [c (chan 9) f (a/mapcat> range c)] (>!! f 1) (>!! f 2) (close! f) (<!! (a/into [] c)))", "[0 0 1]"},
	{"merge", "(sort (<!! (a/into [] (a/merge [(to-chan! (range 5)) (to-chan! (range 5 10))] 3))))", "(0 1 2 3 4 5 6 7 8 9)"},
	{"merge", "(<!! (a/into [] (a/merge [])))", "[]"},
	{"mix", "(let [out (chan 9) a (chan) b (chan) m (a/mix out)] (a/admix m a) (a/admix m b) (>!! a 1) (>!! b 2) [(<!! out) (<!! out)])", "[1 2]"},
	{"mult", "(let [src (chan) m (a/mult src) a (chan 1) b (chan)] (a/tap m a) (a/tap m b) (>!! src 1) [(<!! a) (<!! b)])", "[1 1]"},
	{"mult", "(let [src (chan) m (a/mult src) a (chan 9) slow (chan)] (a/tap m a) (a/tap m slow) (>!! src 1) (Thread/sleep 20) [(offer! src 2) (<!! slow) (do (Thread/sleep 20) (offer! src 2))])", "[nil 1 true]"},
	{"mult", "(let [src (chan) m (a/mult src)] [(>!! src :dropped) (let [a (chan 1)] (a/tap m a) (>!! src 2) (<!! a))])", "[true 2]"},
	{"muxch*", "(let [c (chan)] [(= c (a/muxch* (a/mult c))) (= c (a/muxch* (a/pub c odd?))) (= c (a/muxch* (a/mix c)))])", "[true true true]"},
	{"offer!", "(let [c (chan 1)] [(offer! c 1) (offer! c 2) (do (close! c) (offer! c 3))])", "[true nil false]"},
	{"offer!", "(let [c (chan)] (a/take! c identity) (offer! c 1))", "true"},
	{"onto-chan", "(let [c (chan 9)] [(<!! (a/onto-chan c [1 2])) (<!! (a/into [] c))])", "[nil [1 2]]"},
	{"onto-chan!", "(let [c (chan 9)] (<!! (a/onto-chan! c [1 2] false)) [(<!! c) (<!! c) (offer! c 3)])", "[1 2 true]"},
	{"onto-chan!!", "(let [c (chan 9)] [(<!! (a/onto-chan!! c [1 2])) (<!! (a/into [] c))])", "[nil [1 2]]"},
	{"partition", "(<!! (a/into [] (a/partition 2 (to-chan! [1 2 3]))))", "[[1 2] [3]]"},
	{"partition-by", "(<!! (a/into [] (a/partition-by odd? (to-chan! [1 3 2 5]))))", "[[1 3] [2] [5]]"},
	{"pipe", "(let [to (chan 9)] [(= to (a/pipe (to-chan! [1 2]) to)) (<!! (a/into [] to))])", "[true [1 2]]"},
	{"pipe", "(let [to (chan 9)] (a/pipe (to-chan! [1]) to false) [(<!! to) (offer! to 2)])", "[1 true]"},
	{"pipeline", "(let [to (chan 9)] (a/pipeline 3 to (map #(do (Thread/sleep (- 30 (* 10 %))) %)) (to-chan! [0 1 2])) (<!! (a/into [] to)))", "[0 1 2]"},
	{"pipeline", "(let [to (chan 9)] (a/pipeline 2 to (map #(/ 6 %)) (to-chan! [1 0 2]) true (fn [e] (ex-message e))) (<!! (a/into [] to)))", `[6 "Divide by zero" 3]`},
	{"pipeline", "(let [to (chan 9)] (a/pipeline 2 to (map inc) (to-chan! [1]) false) [(<!! to) (offer! to 5)])", "[2 true]"},
	{"pipeline-async", "(let [to (chan 9)] (a/pipeline-async 2 to (fn [v c] (go (<! (timeout (- 20 (* 10 v)))) (>! c v) (>! c v) (close! c))) (to-chan! [0 1 2])) (<!! (a/into [] to)))", "[0 0 1 1 2 2]"},
	{"pipeline-blocking", "(let [to (chan 9)] (a/pipeline-blocking 3 to (map #(do (Thread/sleep 10) %)) (to-chan! [0 1 2])) (<!! (a/into [] to)))", "[0 1 2]"},
	{"poll!", "(let [c (chan 1)] [(poll! c) (do (>!! c 1) (poll! c)) (do (close! c) (poll! c))])", "[nil 1 nil]"},
	{"promise-chan", "(let [c (a/promise-chan)] (>!! c 1) (>!! c 2) (close! c) [(<!! c) (<!! c) (poll! c)])", "[1 1 1]"},
	{"promise-chan", "(let [c (a/promise-chan)] (close! c) [(<!! c) (>!! c 1)])", "[nil false]"},
	{"pub", "(let [c (chan) p (a/pub c :t) x (chan 9) y (chan 9)] (a/sub p :x x) (a/sub p :y y) (>!! c {:t :x}) (>!! c {:t :z}) (>!! c {:t :y}) [(<!! x) (<!! y)])", "[{:t :x} {:t :y}]"},
	{"pub", "(let [asked (atom []) c (chan) p (a/pub c odd? (fn [t] (swap! asked conj t) (a/sliding-buffer 1))) x (chan 9)] (a/sub p true x) (a/sub p true (chan 9)) (>!! c 1) [(<!! x) @asked])", "[1 [true]]"},
	{"put!", "(let [c (chan 1) p (promise)] [(a/put! c 1) (a/put! c 2 #(deliver p %)) (<!! c) @p])", "[true true 1 true]"},
	{"put!", "(let [c (doto (chan) close!) p (promise)] [(a/put! c 1 #(deliver p %)) @p])", "[false false]"},
	{"put!", "(let [c (chan)] (dotimes [i 1024] (a/put! c i)) (try (a/put! c 0) (catch AssertionError e (subs (ex-message e) 15 62))))", `"No more than 1024 pending puts are allowed on a"`},
	{"reduce", "(<!! (a/reduce (fn [s x] (if (= x 3) (reduced s) (+ s x))) 0 (to-chan! [1 2 3 4])))", "3"},
	{"remove<", "(<!! (a/into [] (a/remove< odd? (to-chan! (range 6)))))", "[0 2 4]"},
	{"remove>", "(let [c (chan 9) f (a/remove> odd? c)] (dotimes [i 4] (>!! f i)) (close! f) (<!! (a/into [] c)))", "[0 2]"},
	{"sliding-buffer", "(let [c (chan (a/sliding-buffer 2))] [(mapv #(offer! c %) [1 2 3]) (<!! c) (<!! c) (poll! c)])", "[[true true true] 2 3 nil]"},
	{"solo-mode", "(let [out (chan 9) a (chan 1) b (chan 1) m (a/mix out)] (a/solo-mode m :pause) (a/admix m b) (a/toggle m {a {:solo true}}) (Thread/sleep 20) (>!! a 1) (>!! b 2) (Thread/sleep 20) [(poll! out) (poll! out) (poll! b)])", "[1 nil 2]"},
	{"solo-mode", "(let [m (a/mix (chan))] (try (a/solo-mode m :loud) (catch AssertionError e (first (clojure.string/split-lines (ex-message e))))))", `"Assert failed: mode must be one of: #{:pause :mute}"`},
	{"solo-mode*", "(let [out (chan 9) a (chan 1) b (chan 1) m (a/mix out)] (a/solo-mode* m :mute) (a/admix m b) (a/toggle m {a {:solo true}}) (Thread/sleep 20) (>!! a 1) (>!! b 2) (Thread/sleep 20) [(poll! out) (poll! out) (poll! b)])", "[1 nil nil]"},
	{"split", "(let [[t f] (a/split odd? (to-chan! (range 5)) 9 9)] [(<!! (a/into [] t)) (<!! (a/into [] f))])", "[[1 3] [0 2 4]]"},
	{"sub", "(let [c (chan) p (a/pub c odd?) x (chan 9) y (chan 9)] [(= x (a/sub p true x)) (do (a/sub p true y false) (>!! c 1) (close! c) [(<!! x) (<!! x)]) (do (Thread/sleep 20) [(<!! y) (offer! y 5)])])", "[true [1 nil] [1 true]]"},
	{"sub*", "(let [c (chan) p (a/pub c odd?) x (chan 9)] (a/sub* p true x true) (>!! c 1) (<!! x))", "1"},
	{"take", "(<!! (a/into [] (a/take 2 (to-chan! [1 2 3]))))", "[1 2]"},
	{"take!", "(let [c (chan 1) p (promise) q (promise)] (a/take! c #(deliver p %)) (>!! c 1) (close! c) (a/take! c #(deliver q %)) [@p @q])", "[1 nil]"},
	{"take!", "(let [c (chan 1) p (promise)] (>!! c 1) [(a/take! c #(deliver p %) false) @p])", "[nil 1]"},
	{"tap", "(let [src (chan) m (a/mult src) x (chan 9) y (chan 9)] [(= x (a/tap m x)) (do (a/tap m y false) (>!! src 1) (close! src) [(<!! x) (<!! x)]) (do (Thread/sleep 20) [(<!! y) (offer! y 5)])])", "[true [1 nil] [1 true]]"},
	{"tap*", "(let [src (chan) m (a/mult src) x (chan 9)] (a/tap* m x true) (>!! src 1) (<!! x))", "1"},
	{"thread", "(let [t (thread (<!! (timeout 1)) :done)] [(<!! t) (<!! t)])", "[:done nil]"},
	{"thread-call", "(<!! (a/thread-call (constantly 5)))", "5"},
	{"timeout", "(let [t (timeout 20)] [(poll! t) (<!! t)])", "[nil nil]"},
	{"to-chan", "(<!! (a/into [] (a/to-chan [1 2])))", "[1 2]"},
	{"to-chan!", "[(<!! (to-chan! [])) (count (<!! (a/into [] (to-chan! (range 200)))))]", "[nil 200]"},
	{"to-chan!!", "(<!! (a/into [] (a/to-chan!! [1 2])))", "[1 2]"},
	{"toggle", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/toggle m {a {:mute true}}) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) (a/toggle m {a {:mute false}}) (Thread/sleep 20) (>!! a 2) [(<!! out) (poll! out)])", "[2 nil]"},
	{"toggle", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/toggle m {a {:pause true}}) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) [(poll! out) (do (a/toggle m {a {:pause false}}) (<!! out))])", "[nil 1]"},
	{"toggle*", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/toggle* m {a {:mute true}}) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) (poll! out))", "nil"},
	{"transduce", "(<!! (a/transduce (comp (map inc) (filter even?)) (completing + #(* 10 %)) 0 (to-chan! (range 5))))", "60"},
	{"unblocking-buffer?", "(mapv a/unblocking-buffer? [(a/buffer 1) (a/dropping-buffer 1) (a/sliding-buffer 1)])", "[false true true]"},
	{"unique", "(<!! (a/into [] (a/unique (to-chan! [1 1 2 2 1]))))", "[1 2 1]"},
	{"unmix", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/admix m a) (a/unmix m a) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) [(poll! out) (poll! a)])", "[nil 1]"},
	{"unmix*", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/admix m a) (a/unmix* m a) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) [(poll! out) (poll! a)])", "[nil 1]"},
	{"unmix-all", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/admix m a) (a/unmix-all m) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) [(poll! out) (poll! a)])", "[nil 1]"},
	{"unmix-all*", "(let [out (chan 9) a (chan 1) m (a/mix out)] (a/admix m a) (a/unmix-all* m) (Thread/sleep 20) (>!! a 1) (Thread/sleep 20) [(poll! out) (poll! a)])", "[nil 1]"},
	{"unsub", "(let [c (chan) p (a/pub c odd?) x (chan 9) y (chan 9)] (a/sub p true x) (a/sub p true y) (a/unsub p true x) (>!! c 1) [(<!! y) (poll! x)])", "[1 nil]"},
	{"unsub*", "(let [c (chan) p (a/pub c odd?) x (chan 9) y (chan 9)] (a/sub p true x) (a/sub p true y) (a/unsub* p true x) (>!! c 1) [(<!! y) (poll! x)])", "[1 nil]"},
	{"unsub-all", "(let [c (chan) p (a/pub c odd?) x (chan 9) y (chan 9)] (a/sub p true x) (a/sub p false y) (a/unsub-all p true) (>!! c 1) (>!! c 2) [(<!! y) (poll! x)])", "[2 nil]"},
	{"unsub-all*", "(let [c (chan) p (a/pub c odd?) x (chan 9)] (a/sub p true x) (a/unsub-all* p) (>!! c 1) (>!! c 2) (poll! x))", "nil"},
	{"untap", "(let [src (chan) m (a/mult src) x (chan 9) y (chan 9)] (a/tap m x) (a/tap m y) [(a/untap m x) (do (>!! src 1) [(<!! y) (poll! x)])])", "[nil [1 nil]]"},
	{"untap*", "(let [src (chan) m (a/mult src) x (chan 9) y (chan 9)] (a/tap m x) (a/tap m y) (a/untap* m x) (>!! src 1) [(<!! y) (poll! x)])", "[1 nil]"},
	{"untap-all", "(let [src (chan) m (a/mult src) x (chan 9)] (a/tap m x) [(a/untap-all m) (>!! src 1) (poll! x)])", "[nil true nil]"},
	{"untap-all*", "(let [src (chan) m (a/mult src) x (chan 9)] (a/tap m x) (a/untap-all* m) [(>!! src 1) (poll! x)])", "[true nil]"},
}

// asyncNames are the public names of core.async 1.5.648.
const asyncNames = `
<! <!! >! >!! Mix Mult Mux Pub admix admix* alt! alt!! alts! alts!! buffer chan close! defblockingop do-alt
do-alts dropping-buffer filter< filter> fn-handler go go-loop into ioc-alts! map map< map> mapcat< mapcat>
merge mix mult muxch* offer! onto-chan onto-chan! onto-chan!! partition partition-by pipe pipeline
pipeline-async pipeline-blocking poll! promise-chan pub put! reduce remove< remove> sliding-buffer solo-mode
solo-mode* split sub sub* take take! tap tap* thread thread-call timeout to-chan to-chan! to-chan!! toggle
toggle* transduce unblocking-buffer? unique unmix unmix* unmix-all unmix-all* unsub unsub* unsub-all
unsub-all* untap untap* untap-all untap-all*
`

func TestAsync(t *testing.T) {
	const require = "(require '[clojure.core.async :as a :refer [<! <!! >! >!! alts! alts!! chan close! go offer! poll! thread timeout to-chan!]])"
	tested := map[string]bool{}
	for _, c := range async {
		tested[c.name] = true
		if got := printed(t, "(do "+require+" "+c.form+")"); got != c.want {
			t.Errorf("%s: %s\n gives %s\n  want %s", c.name, c.form, got, c.want)
		}
	}
	for _, name := range strings.Fields(asyncNames) {
		if tested[name] == internal[name] {
			t.Errorf("%s: tested %v, internal %v", name, tested[name], internal[name])
		}
	}
}
