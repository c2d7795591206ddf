package commands

import (
	"bytes"
	"io"
	"testing"

	"github.com/conc-repl/conc-repl/cmd/conc-repl/internal/session"
	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

func TestReferenceList(t *testing.T) {
	o := session.Options{Out: io.Discard, Err: io.Discard}
	o.Virtual = true
	s := session.New(o)
	var out bytes.Buffer
	e := &Env{Session: s, Out: &out}
	if err := referenceList(e, ""); err != nil || out.String() != "there are no atoms, refs or agents\n" {
		t.Errorf("%v: %s", err, out.String())
	}
	r := s.Reader(&lang.Source{Name: "test", Text: `
(def a (agent 0)) (def r (ref 1)) (def n (atom []))
(send a (fn [_] (throw (Exception. "no"))))
(defn later [] (dosync (let [v @r] (Thread/sleep 10) (ref-set r (inc v)))))
(run! deref [(future (later)) (future (later))])
(swap! n conj 1)`})
	for form, ok, _ := r.Read(); ok; form, ok, _ = r.Read() {
		s.Eval(form)
		s.World.Run(runtime.Limits{Until: func() bool { return !s.Busy() }, Timers: true})
	}
	out.Reset()
	if err := referenceList(e, ""); err != nil {
		t.Fatal(err)
	}
	const want = "a  agent  0; failed, needs restart-agent\n" +
		"n  atom  [1]; version 1, by p106\n" +
		"r  ref  3; version 2, by p109; came too late: 1 times, last p109\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
