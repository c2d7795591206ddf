package lang

import "strconv"

// Notation is one of the two ways to write and print programs and values.
type Notation uint8

// The notations.
const (
	ClojureNotation Notation = iota
	ElixirNotation
)

// Printable is what entities and further kinds of values implement to be printed.
type Printable interface{ PrintTo(p *Printer) }

// Printer prints values in a notation into Out. What is still to be printed
// is a stack of tasks that never change, so a printer may be copied by
// assignment after a Take, and no nesting is too deep for it.
type Printer struct {
	Notation Notation
	Readably bool // strings and characters as they are read
	// Length is the most elements that are printed of a collection, Level
	// the most collections within each other; negative means no limit.
	Length, Level int
	Meta          bool // metadata too: Clojure's *print-meta*
	NSMaps        bool // #:a{:b 1} rather than {:a/b 1}: Clojure's *print-namespace-maps*
	Limit         int  // bytes after which printing stops with "..."; 0 means none
	Budget        int  // bytes after which Step pauses; 0 means none
	// Custom, if not nil, gives for a value that a program prints in its own
	// way a cell whose first element, once it is realised, is the text; nil
	// for other values.
	Custom func(v Value) *LazySeq
	Out    []byte // what was printed and not taken yet
	work   *printTask
	taken  int
	level  int // of the value being printed
	cut    bool
}

// printTask is one thing to be printed: a text, a value, or what is left of a
// collection's elements.
type printTask struct {
	kind  taskKind
	text  string // the text, or what stands between elements
	v     Value
	from  Value // taskForce: what v is the end of
	level int   // collections around it
	n     int   // elements of the collection printed so far
	next  *printTask
}

type taskKind uint8

const (
	taskText   taskKind = iota
	taskValue           // v
	taskSeq             // the elements of v
	taskPairs           // the elements of v, which are entries: key and value in turn
	taskNamed           // the same, keys without their namespace
	taskCustom          // the text that is the first element of v, a cell
	taskForce           // v, the end of the sequence from, must be realised before from can be printed
)

// NewPrinter makes a printer of v without limits.
func NewPrinter(n Notation, readably bool, v Value) *Printer {
	p := &Printer{Notation: n, Readably: readably, Length: -1, Level: -1}
	p.Print(v)
	return p
}

// Print adds v to what is to be printed, after all that was added before.
func (p *Printer) Print(v Value) { p.append(&printTask{v: v, kind: taskValue}) }

// Text adds a text to what is to be printed.
func (p *Printer) Text(s string) { p.append(&printTask{text: s}) }

func (p *Printer) append(t *printTask) {
	if p.work == nil {
		p.work = t
		return
	}
	var all []*printTask
	for w := p.work; w != nil; w = w.next {
		all = append(all, w)
	}
	for i := len(all) - 1; i >= 0; i-- {
		c := *all[i]
		c.next = t
		t = &c
	}
	p.work = t
}

// WriteString prints a text now. It is for PrintTo.
func (p *Printer) WriteString(s string) { p.Out = append(p.Out, s...) }

// Take gives what was printed since the last Take.
func (p *Printer) Take() string {
	s := string(p.Out)
	p.taken += len(p.Out)
	p.Out = nil
	return s
}

// Step prints until all is printed, when it gives nil and Done holds, or
// gives the lazy cell that must be realised before printing can go on. It
// stops too once Out has Budget bytes, if Budget is set, and goes on at the
// next call.
func (p *Printer) Step() *LazySeq {
	for p.work != nil {
		if p.Limit > 0 && p.taken+len(p.Out) > p.Limit {
			p.WriteString("...")
			p.work, p.cut = nil, true
			return nil
		}
		if p.Budget > 0 && len(p.Out) >= p.Budget {
			return nil
		}
		t := p.work
		p.work = t.next
		if cell := p.do(t); cell != nil {
			return cell
		}
	}
	return nil
}

// Done reports whether all is printed.
func (p *Printer) Done() bool { return p.work == nil }

// Cut reports whether printing stopped at Limit.
func (p *Printer) Cut() bool { return p.cut }

// PrString gives v as Clojure's pr-str does; unrealised lazy cells show as "...".
func PrString(v Value) string { return render(ClojureNotation, true, v) }

// DisplayString gives v as Clojure's print does: strings and characters bare.
func DisplayString(v Value) string { return render(ClojureNotation, false, v) }

// Inspect gives v as Elixir's inspect does.
func Inspect(v Value) string { return render(ElixirNotation, true, v) }

func render(n Notation, readably bool, v Value) string {
	p := NewPrinter(n, readably, v)
	p.Limit = renderLimit
	for p.work != nil {
		if cell := p.Step(); cell != nil {
			p.WriteString("...")
			p.work = p.work.next
		}
	}
	return string(p.Out)
}

// renderLimit bounds what is printed of a value at once, which may be infinite.
const renderLimit = 1 << 24

// push puts tasks in front of all others, the first of ts foremost.
func (p *Printer) push(ts ...printTask) {
	for i := len(ts) - 1; i >= 0; i-- {
		t := ts[i]
		t.next = p.work
		p.work = &t
	}
}

// Object prints what has no form that can be read, as Clojure does:
// #object[class 0x1f "text"], where the text is bare unless Readably.
func (p *Printer) Object(class string, id uint32, text string) {
	p.WriteString("#object[" + class + " 0x" + strconv.FormatUint(uint64(id), 16) + " ")
	if p.Readably {
		text = QuoteClojure(text)
	}
	p.WriteString(text + "]")
}

// Then adds values and texts to be printed right after what PrintTo writes
// itself: a string prints as it is, a Value as a value.
func (p *Printer) Then(parts ...any) {
	ts := make([]printTask, 0, len(parts))
	for _, x := range parts {
		switch x := x.(type) {
		case string:
			ts = append(ts, printTask{text: x})
		case Value:
			ts = append(ts, printTask{kind: taskValue, v: x, level: p.level})
		}
	}
	p.push(ts...)
}

// do does one task, which is off the stack; if a cell must be realised first,
// it puts it back and gives the cell.
func (p *Printer) do(t *printTask) *LazySeq {
	switch t.kind {
	case taskText:
		p.WriteString(t.text)
	case taskCustom:
		return p.custom(t)
	case taskValue:
		p.level = t.level
		if p.Custom != nil {
			if cell := p.Custom(t.v); cell != nil {
				return p.custom(&printTask{kind: taskCustom, v: Obj(cell)})
			}
		}
		if p.Notation == ElixirNotation {
			p.elixir(t)
		} else {
			p.clojure(t)
		}
	case taskForce:
		return p.force(t)
	default:
		return p.elements(t)
	}
	return nil
}

// custom prints the text of a task's cell.
func (p *Printer) custom(t *printTask) *LazySeq {
	s, cell := seqOf(t.v)
	if cell != nil {
		p.push(*t)
		return cell
	}
	if q, ok := s.p.(Seq); ok {
		text, _ := q.First().AsString()
		p.WriteString(text)
	}
	return nil
}

// elements prints what is left of a sequence, up to an element that needs
// tasks of its own. As in Clojure, what follows an element is realised before
// the element is printed.
func (p *Printer) elements(t *printTask) *LazySeq {
	left := *t
	for {
		s, cell := seqOf(left.v)
		if cell != nil {
			p.push(left)
			return cell
		}
		if s.p == nil {
			return nil
		}
		left.v = s
		q := s.p.(Seq)
		rest, cell := seqOf(q.Rest())
		if cell != nil {
			p.push(left)
			return cell
		}
		if p.Length >= 0 && left.n >= p.Length {
			p.WriteString("...")
			return nil
		}
		left.v = rest
		left.n++
		x := q.First()
		if left.kind != taskSeq || !p.scalar(x) {
			if rest.p != nil {
				p.push(printTask{text: left.text}, left)
			}
			p.element(x, &left)
			return nil
		}
		if rest.p == nil {
			return nil
		}
		p.WriteString(left.text)
		if p.paused() {
			p.push(left)
			return nil
		}
	}
}

// paused reports whether printing must stop here, for good or for now.
func (p *Printer) paused() bool {
	return p.Limit > 0 && p.taken+len(p.Out) > p.Limit || p.Budget > 0 && len(p.Out) >= p.Budget
}

// scalar prints v if it is one.
func (p *Printer) scalar(v Value) bool {
	if v.IsFixed() {
		p.Out = strconv.AppendInt(p.Out, v.AsInt(), 10)
		return true
	}
	var s string
	ok := false
	switch {
	case p.Notation == ElixirNotation:
		s, ok = p.elixirScalar(v)
	case !p.Meta:
		s, ok = scalarText(v, p.Readably)
	}
	p.WriteString(s)
	return ok
}

// element leaves an element of a collection as tasks.
func (p *Printer) element(x Value, t *printTask) {
	if t.kind == taskSeq {
		p.push(printTask{kind: taskValue, v: x, level: t.level})
		return
	}
	e := x.p.(*Vector)
	k, v := e.Nth(0), e.Nth(1)
	if p.Notation == ElixirNotation {
		p.elixirPair(k, v, t)
		return
	}
	if t.kind == taskNamed {
		k = withoutNS(k)
	}
	p.push(printTask{kind: taskValue, v: k, level: t.level}, printTask{text: " "}, printTask{kind: taskValue, v: v, level: t.level})
}

// collection prints open, the elements of v, and end; or # if it is nested too deep.
func (p *Printer) collection(t *printTask, open string, kind taskKind, sep, end string) {
	if p.Level >= 0 && t.level >= p.Level {
		p.WriteString("#")
		return
	}
	p.WriteString(open)
	p.push(printTask{kind: kind, v: t.v, text: sep, level: t.level + 1}, printTask{text: end})
}
