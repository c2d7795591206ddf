package actors

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
	"github.com/conc-repl/conc-repl/runtime"
)

// virtual is a world whose clock jumps.
var virtual = runtime.Options{Virtual: true}

// result gives the result of step i as an argument list for with.
func result(i int, more ...lang.Value) func(*runtime.Process, []lang.Value) []lang.Value {
	return func(_ *runtime.Process, got []lang.Value) []lang.Value {
		return append([]lang.Value{got[i]}, more...)
	}
}

// me gives the process itself and more.
func me(more ...lang.Value) func(*runtime.Process, []lang.Value) []lang.Value {
	return func(p *runtime.Process, _ []lang.Value) []lang.Value {
		return append([]lang.Value{lang.Obj(p)}, more...)
	}
}

// all gives the results of every step as a vector.
func all(_ *runtime.Process, got []lang.Value) lang.Value { return lang.Vec(got...) }

// wait is a step that receives anything, at most for a second.
var wait = receive(num(1000), anything)

// raising is a function that raises an error.
var raising = script(func(*runtime.Process, []lang.Value) lang.Value {
	lang.Raise(lang.ArithmeticException, "Divide by zero")
	return lang.Nil
})

func TestScripts(t *testing.T) {
	boom, idle := lang.K("boom"), script(receive(lang.Nil, is(lang.K("never"))))
	exits := func(reason string) lang.Value { return script(wait0, do("exit", lang.K(reason))) }
	for _, c := range []struct {
		name  string
		steps []step
		want  string
	}{
		{"send gives the message", []step{with("send", me(lang.K("hi")))}, ":hi"},
		{"order of arrival", []step{with("send", me(num(1))), with("send", me(num(2))), wait, wait, all}, "[1 2 1 2]"},
		{"selective receive leaves the others in order", []step{
			with("send", me(num(1))), with("send", me(num(2))), with("send", me(num(3))),
			receive(lang.Nil, is(num(3))), do("flush-messages"), all}, "[1 2 3 3 (1 2)]"},
		{"after 0 polls", []step{receive(num(0), anything)}, ":timeout"},
		{"after 0 sees what is there", []step{with("send", me(num(1))), receive(num(0), anything)}, "1"},
		{"after lets unmatched messages be", []step{with("send", me(num(1))), receive(num(10), is(num(2))),
			with("process-info", me(lang.K("messages")))}, "[:messages (1)]"},
		{"bad timeout", []step{receive(lang.K("foo"), anything)},
			"! java.lang.IllegalArgumentException: the timeout of receive is a number of milliseconds from 0 to 4294967295, or :infinity, not :foo"},
		{"send to nobody's name", []step{do("send", lang.K("nobody"), num(1))},
			"! java.lang.IllegalArgumentException: invalid destination: no process is registered as :nobody"},
		{"send to a string", []step{do("send", lang.Str("s"), num(1))},
			"! java.lang.IllegalArgumentException: the first argument of send is a process, a registered name, an alias or an agent, not \"s\""},
		{"registered", []step{with("register", func(p *runtime.Process, _ []lang.Value) []lang.Value { return []lang.Value{lang.K("me"), lang.Obj(p)} }),
			do("send", lang.K("me"), num(7)), wait, with("process-info", me(lang.K("registered_name")))}, "[:registered_name :me]"},
		{"no name", []step{with("process-info", me(lang.K("registered_name")))}, "[:registered_name ()]"},
		{"name taken twice", []step{with("register", me(lang.K("a"))), with("register", me(lang.K("b")))},
			"! java.lang.IllegalArgumentException: could not register #PID<0.106.0> with name :b because it has the name :a already"},
		{"link to a crash kills", []step{do("spawn-link", raising), wait}, "! conc.Exit: [:badarith ()]"},
		{"exit is caught as an exit", []step{do("exit", boom)}, "! conc.Exit: :boom"},
		{"trapping", []step{do("trap-exit", lang.True), do("spawn-link", exits("boom")), wait}, "[:EXIT #PID<0.107.0> :boom]"},
		{"trapping normal", []step{do("trap-exit", lang.True), do("spawn-link", exits("normal")), wait}, "[:EXIT #PID<0.107.0> :normal]"},
		{"a linked exit(:kill) is :kill", []step{do("trap-exit", lang.True), do("spawn-link", exits("kill")), wait}, "[:EXIT #PID<0.107.0> :kill]"},
		{"exit(pid, :kill) is :killed", []step{do("trap-exit", lang.True), do("spawn-link", idle), with("exit", result(1, kwKill)), wait}, "[:EXIT #PID<0.107.0> :killed]"},
		{"exit(pid, :normal) is ignored", []step{do("spawn", idle), with("exit", result(0, kwNormal)), with("alive?", result(0))}, "true"},
		{"exit(self, :normal) ends", []step{with("exit", me(kwNormal)), wait}, "! conc.Exit: :normal"},
		{"exit(self, :kill) ends", []step{with("exit", me(kwKill)), wait}, "! conc.Exit: :killed"},
		{"a linked normal end is ignored", []step{do("spawn-link", exits("normal")), receive(num(10), anything)}, ":timeout"},
		{"link to the dead raises", []step{do("spawn", script(wait0)), receive(num(10), anything), with("link", result(0))},
			"! java.lang.IllegalArgumentException: link: #PID<0.107.0> has ended"},
		{"link to the dead while trapping", []step{do("trap-exit", lang.True), do("spawn", script(wait0)), receive(num(10), anything), with("link", result(1)), wait},
			"[:EXIT #PID<0.107.0> :noproc]"},
		{"unlink", []step{do("spawn-link", exits("boom")), with("unlink", result(0)), receive(num(10), anything)}, ":timeout"},
		{"monitor", []step{do("spawn-monitor", exits("boom")), wait, same(1, 0)}, "[:DOWN :process #PID<0.107.0> :boom]"},
		{"monitor the dead", []step{do("spawn", script(wait0)), receive(num(10), anything), with("monitor", result(0)), wait, noRef},
			"[:DOWN :process #PID<0.107.0> :noproc]"},
		{"monitor no name", []step{do("monitor", lang.K("zork")), wait, noRef}, "[:DOWN :process [:zork :nonode@nohost] :noproc]"},
		{"demonitor flush", []step{do("monitor", lang.K("zork")), with("demonitor", result(0, lang.K("flush"))), receive(num(0), anything)}, ":timeout"},
		{"demonitor info", []step{do("monitor", lang.K("zork")), with("demonitor", result(0, lang.K("info")))}, "false"},
		{"send-after", []step{with("send-after", me(num(5), num(100))), wait}, "5"},
		{"cancel-timer", []step{with("send-after", me(num(5), num(100))), with("cancel-timer", result(0)), with("read-timer", result(0)), noFirst}, "[100 false]"},
		{"dictionary", []step{do("process-put", lang.K("a"), num(1)), with("process-info", me(lang.K("dictionary")))}, "[:dictionary ([:a 1])]"},
		{"alias that ends with a reply", []step{do("process-alias", lang.K("reply")), with("send", result(0, num(1))), with("send", result(0, num(2))),
			do("flush-messages")}, "(1)"},
		{"info of the dead", []step{do("spawn", script(wait0)), receive(num(10), anything), with("process-info", result(0, lang.K("status")))}, "nil"},
		{"several items", []step{do("spawn", idle), receive(num(10), anything), with("process-info", result(0, lang.Vec(lang.K("status"), lang.K("message-queue-len"))))},
			"([:status :waiting] [:message-queue-len 0])"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, virtual)
			var err strings.Builder
			w.Err.W = &err
			if got := shell(t, w, c.steps...); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// wait0 lets another go first.
var wait0 = receive(num(1), is(lang.K("never")))

// noRef leaves the reference out of the DOWN message received before.
func noRef(_ *runtime.Process, got []lang.Value) lang.Value {
	v := lang.ToSlice(got[len(got)-1])
	return lang.Vec(v[0], v[2], v[3], v[4])
}

func noFirst(_ *runtime.Process, got []lang.Value) lang.Value { return lang.Vec(got[1:]...) }

// same checks that the DOWN message of a step has the reference of another's
// [pid reference].
func same(down, spawned int) step {
	return func(p *runtime.Process, got []lang.Value) lang.Value {
		if !lang.Identical(lang.ToSlice(got[down])[1], lang.ToSlice(got[spawned])[1]) {
			return lang.K("other-reference")
		}
		return noRef(p, got[:down+1])
	}
}

// TestChainOfLinks has the end of one process end a hundred thousand others,
// each linked to the next.
func TestChainOfLinks(t *testing.T) {
	const n = 100_000
	w := newWorld(t, virtual)
	s := Of(w)
	idle := script(receive(lang.Nil, anything))
	procs := make([]*runtime.Process, n)
	for i := range procs {
		procs[i] = start(w, idle)
		if i > 0 {
			s.link(procs[i-1], procs[i])
		}
	}
	settle(w)
	s.Exit(procs[0], lang.K("boom"))
	if p := procs[n-1]; p.Status != runtime.Done {
		t.Errorf("the last is %s", p.Status)
	}
	_, e := procs[n-1].Result()
	if got := lang.PrString(Of(w).ReasonOf(e)); got != ":boom" {
		t.Errorf("the last died of %s", got)
	}
}

// TestShellExit has a link end what the shell does; its number stays.
func TestShellExit(t *testing.T) {
	w := newWorld(t, virtual)
	s := Of(w)
	var reason lang.Value
	s.ShellExit = func(r lang.Value) { reason = r }
	shell(t, w, do("spawn-link", script(wait0, do("exit", lang.K("boom")))), do("trap-exit", lang.False))
	settle(w)
	if got := lang.PrString(reason); got != ":boom" {
		t.Fatalf("the shell heard %s", got)
	}
	if got := shell(t, w, with("send", me(num(1))), wait); got != "1" {
		t.Errorf("afterwards: %s", got)
	}
	if len(s.Links(w.Shell)) != 0 {
		t.Errorf("links are left")
	}
}

// TestReport checks the log line of a crash, and that an exit logs nothing.
func TestReport(t *testing.T) {
	w := newWorld(t, virtual)
	var out strings.Builder
	w.Err.W = &out
	start(w, raising)
	start(w, script(do("exit", lang.K("weird"))))
	settle(w)
	want := "[error] Process #PID<0.107.0> raised an exception\njava.lang.ArithmeticException: Divide by zero\n"
	if got := out.String(); !strings.Contains(got, want) || strings.Contains(got, "108") {
		t.Errorf("got %q", got)
	}
}

// TestPassed has the view tell which messages a receive has looked at.
func TestPassed(t *testing.T) {
	w := newWorld(t, virtual)
	s := Of(w)
	p := start(w, script(receive(lang.Nil, is(num(9))), receive(lang.Nil, is(num(10)))))
	settle(w)
	for _, v := range []int{1, 2, 9} {
		s.put(nil, p, num(v), "")
		if v != 2 {
			settle(w)
		}
	}
	s.put(nil, p, num(3), "")
	var got []string
	for _, m := range s.Mailbox(p) {
		mark := ""
		if m.Passed {
			mark = "*"
		}
		got = append(got, lang.PrString(m.Value)+mark)
	}
	if text := strings.Join(got, " "); text != "1* 2* 3" {
		t.Errorf("got %s", text)
	}
}

// TestMailboxLimit has a sender hear of a mailbox that nobody empties.
func TestMailboxLimit(t *testing.T) {
	w := newWorld(t, virtual)
	Of(w).MailboxLimit = 2
	got := shell(t, w, with("send", me(num(1))), with("send", me(num(2))), with("send", me(num(3))))
	if !strings.HasPrefix(got, "! java.lang.OutOfMemoryError: the mailbox of #PID<0.106.0> holds 2 messages") {
		t.Error(got)
	}
}

func TestUsage(t *testing.T) {
	w := newWorld(t, virtual)
	s := Of(w)
	p := start(w, script(receive(lang.Nil, is(num(9)))))
	settle(w)
	if u := s.Usage(p); u.Bytes() != 2640 {
		t.Errorf("a parked process uses %d bytes", u.Bytes())
	}
	list := make([]lang.Value, 1000)
	for i := range list {
		list[i] = num(i)
	}
	s.put(nil, p, lang.ListOf(list...), "")
	if u := s.Usage(p); u.Total-u.Heap != 2000+messageHeader {
		t.Errorf("a message of 1000 cells takes %d words", u.Total-u.Heap)
	}
}
