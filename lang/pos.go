package lang

import "fmt"

// Source is a text that was read: a file, an input of the prompt, a library.
// Library sources are those of the binary itself: their frames are left out
// of traces, and their calls cost a fraction of a reduction.
type Source struct {
	Name    string // a file's path, or "REPL"
	Text    string
	Library bool
}

// Pos is a place in a source. Line and Col count from 1, Col in runes. The
// zero Pos is no place.
type Pos struct {
	Src  *Source
	Line int32
	Col  int32
}

// IsValid reports whether p is a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String gives file:line:column.
func (p Pos) String() string {
	if p.Src == nil {
		return fmt.Sprintf("%d:%d", p.Line, p.Col)
	}
	return fmt.Sprintf("%s:%d:%d", p.Src.Name, p.Line, p.Col)
}
