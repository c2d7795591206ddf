package kernel

import "github.com/conc-repl/conc-repl/lang"

// queueNatives has what the text of :queue cannot define, since its name is an
// operator.
func queueNatives() []*lang.Native {
	return []*lang.Native{
		{Name: "queue/in", Min: 2, Max: 2, Args: "item, queue", Pure: two(queueIn), Doc: "The queue with an element at the rear. :queue.in(1, :queue.new()) #=> {[1], []}"},
	}
}

// queueIn puts x at the rear of {rear, front}; a single element moves to the
// front first.
func queueIn(x, queue lang.Value) lang.Value {
	q, ok := queue.Obj().(*lang.Vector)
	if !ok || q.Len() != 2 || !isList(q.Nth(0)) || !isList(q.Nth(1)) {
		lang.RaiseReason(lang.K("badarg"))
	}
	rear, front := q.Nth(0), q.Nth(1)
	if lang.Count(front) == 0 && lang.Count(rear) == 1 {
		return lang.Vec(lang.ListOf(x), rear)
	}
	return lang.Vec(cons(x, rear), front)
}
