package elixir

import (
	"strings"
	"unicode/utf8"
)

// lineWidth is how long the lines of formatted code get, as in Elixir's formatter.
const lineWidth = 98

// doc is a text whose line breaks are still to be chosen, in the manner of
// Wadler's pretty printer: of a group either all breaks are newlines, or none.
type doc struct {
	kind docKind
	text string // of a text; of a break, what it is if it is no newline
	subs []*doc
	in   int  // of a nest: by how much its newlines are indented
	hard bool // it contains a newline that must be
}

type docKind uint8

const (
	docText docKind = iota
	docConcat
	docGroup
	docNest
	docBreak // a newline if its group is broken
	docLine  // always a newline
	docFlex  // a newline if its group is broken and what follows does not fit
	docEdge  // a group whose last part may break although the rest does not
)

func text(s string) *doc { return &doc{kind: docText, text: s} }

func brk(flat string) *doc { return &doc{kind: docBreak, text: flat} }

func flex(flat string) *doc { return &doc{kind: docFlex, text: flat} }

func hardLine() *doc { return &doc{kind: docLine, hard: true} }

// compose makes a document of others.
func compose(kind docKind, subs ...*doc) *doc {
	d := &doc{kind: kind, subs: subs}
	for _, s := range subs {
		d.hard = d.hard || s.hard
	}
	return d
}

func concat(subs ...*doc) *doc { return compose(docConcat, subs...) }

func group(subs ...*doc) *doc { return compose(docGroup, subs...) }

func nest(by int, subs ...*doc) *doc {
	d := compose(docNest, subs...)
	d.in = by
	return d
}

// edge makes head, last and tail, of which last may break alone.
func edge(head, last, tail *doc) *doc { return compose(docEdge, head, last, tail) }

// orInside adds to an edge what is taken in its place if inside fits on a
// line of its own.
func (d *doc) orInside(inside, instead *doc) *doc {
	d.subs = append(d.subs, inside, instead)
	return d
}

// join puts a comma and a break between documents.
func join(docs []*doc) *doc { return joinBy(docs, brk(" ")) }

// fill puts as many documents on a line as fit.
func fill(docs []*doc) *doc { return joinBy(docs, flex(" ")) }

func joinBy(docs []*doc, by *doc) *doc {
	d := concat()
	for i, x := range docs {
		if i > 0 {
			d = concat(d, text(","), by)
		}
		d = concat(d, x)
	}
	return d
}

// item is a document to be laid out with its indentation.
type layoutItem struct {
	d    *doc
	in   int
	flat bool
}

// render lays a document out.
func (d *doc) render() string {
	var b strings.Builder
	col := 0
	work := []layoutItem{{d, 0, false}}
	for len(work) > 0 {
		it := work[len(work)-1]
		work = work[:len(work)-1]
		switch x := it.d; x.kind {
		case docText:
			b.WriteString(x.text)
			if i := strings.LastIndexByte(x.text, '\n'); i >= 0 {
				col = utf8.RuneCountInString(x.text[i+1:])
			} else {
				col += utf8.RuneCountInString(x.text)
			}
		case docLine, docBreak, docFlex:
			if x.kind != docLine && it.flat || x.kind == docFlex && fits(nil, concat(x, work[len(work)-1].d, text(",")), lineWidth-col) {
				b.WriteString(x.text)
				col += len(x.text)
				continue
			}
			b.WriteByte('\n')
			b.WriteString(strings.Repeat(" ", it.in))
			col = it.in
		case docEdge:
			work = x.pushEdge(work, it, col)
		default:
			in, flat := it.in+x.in, it.flat
			if x.kind == docGroup && !flat {
				flat = !x.hard && fits(work, x, lineWidth-col)
			}
			for i := len(x.subs) - 1; i >= 0; i-- {
				work = append(work, layoutItem{x.subs[i], in, flat})
			}
		}
	}
	return trimLines(b.String())
}

// pushEdge lays out an edge: flat, with its last part broken, or all broken.
func (d *doc) pushEdge(work []layoutItem, it layoutItem, col int) []layoutItem {
	head, last, tail := d.subs[0], d.subs[1], d.subs[2]
	if len(d.subs) > 3 && !it.flat && !d.hard && !fits(work, d.whole(), lineWidth-col) && fits(nil, d.subs[3], lineWidth-it.in-2) {
		return append(work, layoutItem{d.subs[4], it.in, false})
	}
	flatHead := it.flat || !head.hard && fits(nil, concat(head, firstLine(last)), lineWidth-col)
	flatLast := it.flat || flatHead && !d.hard && fits(work, d.whole(), lineWidth-col)
	return append(work, layoutItem{tail, it.in, flatHead}, layoutItem{last, it.in, flatLast}, layoutItem{head, it.in, flatHead})
}

// whole gives an edge as one document.
func (d *doc) whole() *doc { return concat(d.subs[:3]...) }

// firstLine gives a document up to its first break.
func firstLine(d *doc) *doc {
	switch d.kind {
	case docText:
		return d
	case docBreak, docLine, docFlex:
		return nil
	}
	out := concat()
	for _, s := range d.subs {
		f := firstLine(s)
		if f == nil {
			return out
		}
		out = concat(out, f)
		if hasBreak(s) {
			return out
		}
	}
	return out
}

func hasBreak(d *doc) bool {
	if d.kind == docBreak || d.kind == docLine || d.kind == docFlex {
		return true
	}
	for _, s := range d.subs {
		if hasBreak(s) {
			return true
		}
	}
	return false
}

// fits reports whether a document, written flat, and what follows up to the
// next newline has room.
func fits(rest []layoutItem, d *doc, room int) bool {
	work := []layoutItem{{d, 0, true}}
	for room >= 0 {
		if len(work) == 0 {
			if len(rest) == 0 {
				return true
			}
			work, rest = append(work, rest[len(rest)-1]), rest[:len(rest)-1]
		}
		it := work[len(work)-1]
		work = work[:len(work)-1]
		switch x := it.d; x.kind {
		case docText:
			if i := strings.IndexByte(x.text, '\n'); i >= 0 {
				return room >= i
			}
			room -= utf8.RuneCountInString(x.text)
		case docLine:
			return true
		case docBreak, docFlex:
			if !it.flat {
				return true
			}
			room -= len(x.text)
		default:
			subs := x.subs
			if x.kind == docEdge {
				subs = subs[:3]
			}
			for i := len(subs) - 1; i >= 0; i-- {
				work = append(work, layoutItem{subs[i], 0, it.flat})
			}
		}
	}
	return false
}

// trimLines takes the blanks at the end of empty lines off.
func trimLines(s string) string {
	if !strings.Contains(s, " \n") {
		return s
	}
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.Trim(l, " ") == "" {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}
