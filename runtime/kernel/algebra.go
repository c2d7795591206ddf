package kernel

import (
	"strings"

	"github.com/conc-repl/conc-repl/lang"
)

// The algebra of documents, after Wadler's "A prettier printer" and Lindig's
// "Strictly pretty" as Elixir's Inspect.Algebra has it: a document says where
// a line may break, and layout fits it into a width.

// doc is a document. It never changes.
type doc interface{}

type (
	docText  struct{ s string } // takes as many columns as bytes
	docShown struct{ s string } // takes as many columns as graphemes
	docCons  struct{ a, b doc } // a and then b
	docBreak struct {           // a place to break: s if it is not
		s    string
		flex bool // breaks only if what follows up to the next break does not fit
	}
	docNest struct { // x with its lines indented
		x    doc
		by   indent
		when bool // only where the lines around are broken
	}
	docGroup struct { // x on one line if it fits, else all its breaks are lines
		x       doc
		inherit bool
	}
	docForce struct{ x doc } // x in which every group breaks
	docFits  struct {        // x, which fits as if it were not, or only, broken
		x       doc
		enabled bool
	}
	docColor struct { // x in a colour; it takes no columns
		x     doc
		color string
	}
	docLine struct{}        // a line break
	docHole struct{ n int } // result number n of the calls that inspecting asked for
)

// indent is how far a nest goes: by columns, to the cursor, or back to the margin.
type indent int

const (
	toCursor indent = -1
	toReset  indent = -2
)

func text(s string) doc { return docText{s} }

// concat puts documents one behind the other.
func concat(ds ...doc) doc {
	out := ds[len(ds)-1]
	for i := len(ds) - 2; i >= 0; i-- {
		out = docCons{ds[i], out}
	}
	return out
}

// simple reports whether a document is text alone, so that a container of
// such may put many on a line.
func simple(d doc) bool {
	switch d := d.(type) {
	case docText, docShown, nil:
		return true
	case docCons:
		return simple(d.a) && simple(d.b)
	case docColor:
		return simple(d.x)
	}
	return false
}

// breaks says how a container puts its elements on lines.
type breaks uint8

const (
	breakMaybe  breaks = iota // as many on a line as fit if they are simple, else each on its own
	breakStrict               // each on its own
	breakFlex                 // as many on a line as fit
)

// container lays out elements between brackets.
func container(left doc, elements []doc, right doc, sep doc, how breaks) doc {
	if len(elements) == 0 {
		return concat(left, right)
	}
	flex := how == breakFlex
	if how == breakMaybe {
		flex = true
		for _, e := range elements {
			flex = flex && simple(e)
		}
	}
	all := elements[len(elements)-1]
	for i := len(elements) - 2; i >= 0; i-- {
		if all == nil {
			all = elements[i]
		} else if elements[i] != nil {
			all = concat(elements[i], sep, docBreak{" ", flex}, all)
		}
	}
	if flex {
		return docGroup{x: concat(left, docNest{x: all, by: 1}, right)}
	}
	return docGroup{x: concat(docNest{x: concat(left, docBreak{}, all), by: 2}, docBreak{}, right)}
}

// mode is how breaks of a strict kind are rendered.
type mode uint8

const (
	flat         mode = iota // as their text
	broken                   // as lines
	flatNoBreak              // within docFits, disabled
	brokenNoFlat             // within docFits, enabled
)

// piece is a document still to be laid out, in a linked stack.
type piece struct {
	indent int
	mode   mode
	d      doc
	next   *piece
}

// unlimited is a width that everything fits.
const unlimited = -1

// layout is a document being written.
type layout struct {
	b       strings.Builder
	width   int
	k       int // the column
	escapes map[string]string
}

// render lays out a document within a width; escapes gives what begins a colour.
func render(d doc, width int, escapes map[string]string) string {
	l := &layout{width: width, escapes: escapes}
	for p := (&piece{mode: flat, d: d}); p != nil; {
		p = l.step(p)
	}
	return l.b.String()
}

func (l *layout) line(indent int) {
	l.b.WriteByte('\n')
	l.b.WriteString(strings.Repeat(" ", indent))
	l.k = indent
}

// step lays out the piece on top and gives those that are left.
func (l *layout) step(p *piece) *piece {
	next := p.next
	switch d := p.d.(type) {
	case docText:
		l.b.WriteString(d.s)
		l.k += len(d.s)
	case docShown:
		l.b.WriteString(d.s)
		l.k += graphemeCount(d.s)
	case docLine:
		l.line(p.indent)
	case docCons:
		return &piece{p.indent, p.mode, d.a, &piece{p.indent, p.mode, d.b, next}}
	case docColor:
		l.b.WriteString(l.escapes[d.color])
		return &piece{p.indent, p.mode, d.x, next}
	case docForce:
		return &piece{p.indent, p.mode, d.x, next}
	case docFits:
		return &piece{p.indent, p.mode, d.x, next}
	case docBreak:
		if l.breaks(d, p) {
			l.line(p.indent)
		} else {
			l.b.WriteString(d.s)
			l.k += len(d.s)
		}
	case docNest:
		in := p.indent
		if !d.when || p.mode == broken {
			in = nested(p.indent, l.k, d.by)
		}
		return &piece{in, p.mode, d.x, next}
	case docGroup:
		m := flat
		switch {
		case d.inherit && p.mode == broken:
			m = broken
		case l.width != unlimited && !fits(l.width, l.k, &piece{p.indent, flat, d.x, nil}, false):
			m = broken
		}
		return &piece{p.indent, m, d.x, next}
	}
	return next
}

// breaks decides whether a break is a line.
func (l *layout) breaks(d docBreak, p *piece) bool {
	if !d.flex {
		return p.mode == broken
	}
	return l.width != unlimited && p.mode != flat && !fits(l.width, l.k+len(d.s), p.next, true)
}

func nested(indent, k int, by indent) int {
	switch by {
	case toCursor:
		return k
	case toReset:
		return 0
	}
	return indent + int(by)
}

// fits reports whether what is on the stack fits up to the first break that
// is a line; seen tells whether a break was met before, without which nothing
// is too long.
func fits(w, k int, p *piece, seen bool) bool {
	var tails []tail
	for {
		if k > w && seen {
			return false
		}
		if p == nil {
			if len(tails) == 0 {
				return true
			}
			t := tails[len(tails)-1]
			tails = tails[:len(tails)-1]
			p, seen = t.rest, t.seen
			continue
		}
		if p.isLine() {
			return true
		}
		next := p.next
		push := func(m mode, d doc) { next = &piece{p.indent, m, d, next} }
		switch d := p.d.(type) {
		case docFits:
			switch {
			case p.mode == flatNoBreak || !d.enabled:
				push(flatNoBreak, d.x)
			default:
				push(brokenNoFlat, d.x)
			}
		case docForce:
			if p.mode != brokenNoFlat {
				return false
			}
			push(brokenNoFlat, d.x)
		case docBreak:
			k += len(d.s)
			seen = true
		case docLine:
			k, seen = p.indent, false
		case docText:
			k += len(d.s)
		case docShown:
			k += graphemeCount(d.s)
		case docColor:
			push(p.mode, d.x)
		case docNest:
			in := p.indent
			if !d.when {
				in = nested(p.indent, k, d.by)
			}
			next = &piece{in, p.mode, d.x, next}
		case docCons:
			next = &piece{p.indent, p.mode, d.a, &piece{p.indent, p.mode, d.b, next}}
		case docGroup:
			m := p.mode
			if m == broken {
				m = flat
			}
			tails = append(tails, tail{next, seen})
			next = &piece{p.indent, m, d.x, nil}
		}
		p = next
	}
}

// isLine reports whether a piece is a break that is a line.
func (p *piece) isLine() bool {
	switch p.d.(type) {
	case docBreak, docLine:
		return p.mode == broken || p.mode == brokenNoFlat
	}
	return false
}

// tail is what follows a group, for fits.
type tail struct {
	rest *piece
	seen bool
}

// docValue is a document as a value: what to_doc and its like give to an
// implementation of Inspect.
type docValue struct {
	d  doc
	of string // the struct whose document it is, if one
}

var docClass = lang.DefineClass("conc.Doc", lang.ObjectClass)

// Class gives the class of such a value.
func (*docValue) Class() *lang.Class { return docClass }

// Hash is the same for all documents, which nobody keeps in maps.
func (*docValue) Hash() uint32 { return 1 }

// PrintTo prints the document laid out.
func (v *docValue) PrintTo(p *lang.Printer) {
	p.WriteString("#Inspect.Algebra<" + render(v.d, unlimited, nil) + ">")
}
